"""A run as numbers for Prefect's own page: departments, rules and counts, never anything about a person."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.nightly import NightlyReport
from flows.replay import ReplayReport
from reports.delivery.ledger import SENT
from reports.delivery.mailing import Mailed
from warehouse.connection import connect
from warehouse.home import Home

Table = list[dict[str, Any]]
OUTSIDE = "部门目录以外"


def nightly_tables(report: NightlyReport) -> dict[str, Table]:
    """By artifact key: the night in one row, and what each department delivered."""
    night = {
        "核对日": report.as_of.isoformat(),
        "新行": report.intake.new_rows,
        "拒收文件": report.intake.refused,
        "拒收行": report.intake.rejected_rows,
        "已发布": report.published,
    }
    files, rows, rejected = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for one in report.intake.deliveries:
        department = one.department or OUTSIDE
        files[department, one.status] += 1
        rows[department] += one.rows_loaded
        rejected[department] += one.rows_rejected
    departments = [
        {
            "部门": department,
            "接收": files[department, "accepted"],
            "拒收": files[department, "refused"],
            "行": rows[department],
            "拒收行": rejected[department],
        }
        for department in sorted(rows)
    ]
    return {"bangfu-nightly": [night], "bangfu-deliveries": departments}


def findings_table(home: Home) -> dict[str, Table]:
    """Open findings by rule, as published."""
    with connect(home.full_database, read_only=True) as connection:
        rows = connection.execute("select rule, kind, count(*) from mart.finding group by all order by all").fetchall()
    return {"bangfu-findings": [{"规则": rule, "性质": kind, "条数": count} for rule, kind, count in rows]}


def monthly_table(paths: Sequence[Path], mailed: Sequence[Mailed]) -> Table:
    """How many workbooks were written, mailed, and not got through."""
    sent = sum(one.entry.state == SENT for one in mailed)
    return [{"工作簿": len(paths), "已寄出": sent, "没有送达": len(mailed) - sent}]


def replay_table(report: ReplayReport) -> Table:
    """Findings of the day by rule."""
    return [{"规则": rule, "性质": kind, "条数": count} for rule, _, kind, count in report.found]

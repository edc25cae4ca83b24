"""`bangfu status`: what was delivered, refused, run and found. Counts and file names, no persons."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb

from reports.delivery.bounces import new_bounces
from reports.delivery.ledger import LABELS, SENT, Ledger, standing
from reports.late import expected_deliveries
from reports.protected_list import read_protected
from reports.session import count_unmatched
from warehouse.home import Home

STATUS_FOLDER = Path(__file__).parent / "status"
SECTIONS = {
    "deliveries": ("收到的数据", ("部门", "数据表", "最近收到", "文件", "行数")),
    "refused": ("未能接收", ("部门", "文件", "工作表", "原因和处理办法")),
    "runs": ("最近的运行", ("编号", "核对日", "开始", "完成", "新行")),
    "answers": ("交回的答复(最近十夜)", ("核对日", "文件", "不能读取", "登记", "退回", "以前登记过", "没有填写")),
    "findings": ("核对结果", ("性质", "规则", "情形", "状态", "条数")),
}
EXPECTED = ("一周内应交和逾期的数据", ("部门", "数据表", "最近一期", "应于", "情况"))
MAIL_MONTHS = 2
MAIL = ("邮件送达(最近两个月,每个收件人的最后一次)", ("月份", "收件人", "结果", "时间", "原因"))
PROTECTED = ("受保护人员名单", ("名单条数", "没有对上任何人"))
EMPTY_MARK = "—"


def status(connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    """The state of a home as text, from its published warehouse, its list of protected people and its mail."""
    parts = []
    for name, (title, headings) in SECTIONS.items():
        parts += _section(title, headings, connection.execute(_read(name)).fetchall())
        if name == "deliveries":
            parts += _section(*EXPECTED, _expected(connection, home))
    parts += _section(*PROTECTED, _protected(connection, home))
    parts += _section(*MAIL, _mail(home))
    return "\n".join(parts)


def _section(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    if not rows:
        return [f"【{title}】 无", ""]
    return [f"【{title}】", " | ".join(headings), *(" | ".join(map(_shown, row)) for row in rows), ""]


def _read(name: str) -> str:
    return (STATUS_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _expected(connection: duckdb.DuckDBPyConnection, home: Home) -> list[tuple[object, ...]]:
    """Late ones first."""
    wanted = expected_deliveries(connection, home.root, date.today())
    shown = sorted(wanted, key=lambda one: not one.is_late)
    return [
        (one.department, one.title, one.last or "从未收到", one.due_on, "逾期" if one.is_late else "应交")
        for one in shown
    ]


def _protected(connection: duckdb.DuckDBPyConnection, home: Home) -> list[tuple[int, int]]:
    """How many entries, and how many that protect nobody: a mistyped number must not go unseen."""
    protected = read_protected(home.root)
    return [(len(protected), count_unmatched(connection, protected))] if protected else []


def _mail(home: Home) -> list[tuple[str, ...]]:
    """What was not delivered first, then what was; by month and recipient."""
    ledger = Ledger(home)
    last = standing([*ledger.entries, *new_bounces(ledger, home)])
    months = sorted({entry.month for entry in last})[-MAIL_MONTHS:]
    shown = sorted((entry for entry in last if entry.month in months), key=lambda entry: entry.state == SENT)
    return [(one.month, one.recipient, LABELS[one.state], one.at.replace("T", " "), one.why) for one in shown]


def _shown(cell: object) -> str:
    if cell is None or cell == "":
        return EMPTY_MARK
    return cell.isoformat(sep=" ", timespec="minutes") if isinstance(cell, datetime) else str(cell)

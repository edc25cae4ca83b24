"""例外清单: what one department must look at, and nothing it has no need to see."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from reports.names import common_names, label
from reports.session import ROOM, Request, turn_to_department, turn_to_rule
from reports.workbook import Binder


@dataclass(frozen=True)
class RuleSheet:
    """One sheet to write: a rule may have one of each kind."""

    rule: str
    kind: str
    title: str
    tab: str
    clause: str
    asks: str


def write_exceptions(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path, *, department: str) -> Path:
    """Write one department's workbook: gaps in support, then what is to be verified, identity, data quality."""
    turn_to_department(connection, request, department)
    department_label = label(connection, "department", department)
    names = {**common_names(connection, request), "department_label": department_label}
    binder = Binder(connection, request, department, "exceptions", names)
    for sheet in _rule_sheets(connection):
        turn_to_rule(connection, sheet.rule, sheet.kind)
        kind_label = label(connection, "kind", sheet.kind)
        asks = sheet.asks.rstrip("。") + "。" if sheet.asks else ""
        more = {"rule": sheet.rule, "rule_title": sheet.title, "tab": sheet.tab, "clause": sheet.clause, "asks": asks}
        binder.add("10_findings", {**more, "kind_label": kind_label})
    binder.add("80_identity", {"kind_label": "身份"})
    binder.add("90_quality", {"kind_label": "数据"})
    return binder.write(folder / f"例外清单_{department}_{request.month:%Y-%m}.xlsx")


def _rule_sheets(connection: duckdb.DuckDBPyConnection) -> list[RuleSheet]:
    statement = (ROOM / "rule_sheets.sql").read_text(encoding="utf-8")
    return [RuleSheet(*row) for row in connection.execute(statement).fetchall()]

"""例外清单: what one department or one town must look at, and nothing it has no need to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from reports.disclosure import TOWN
from reports.names import common_names, label
from reports.session import ROOM, Request, turn_to_department, turn_to_rule, turn_to_town
from reports.tabs import free_file_name
from reports.workbook import Binder

FOLLOWERS = ("civil_affairs", TOWN)  # who visit the people that left assistance (三不变)
TOWN_FOLDER = "区镇"


@dataclass(frozen=True)
class RuleSheet:
    """One sheet to write: a rule may have one of each kind."""

    rule: str
    kind: str
    title: str
    tab: str
    clause: str
    asks: str
    on_trial: bool


def write_exceptions(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path, *, department: str) -> Path:
    """Write one department's workbook: gaps in support, then what is to be verified, identity, data quality."""
    turn_to_department(connection, request, department)
    binder = _bind(connection, request, department, reader=label(connection, "department", department))
    return binder.write(folder / f"例外清单_{department}_{request.month:%Y-%m}.xlsx")


def write_town_exceptions(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path) -> list[Path]:
    """Write `区镇/区镇清单_<town>_<month>.xlsx` for every town on the month's roster or with something to look at."""
    taken: set[str] = set()
    written = []
    for (town,) in connection.execute((ROOM / "towns.sql").read_text(encoding="utf-8")).fetchall():
        turn_to_town(connection, request, town)
        binder = _bind(connection, request, TOWN, reader=town)
        binder.addressee = town
        (folder / TOWN_FOLDER).mkdir(exist_ok=True)
        name = free_file_name(town, taken)
        written.append(binder.write(folder / TOWN_FOLDER / f"区镇清单_{name}_{request.month:%Y-%m}.xlsx"))
    return written


def _bind(connection: duckdb.DuckDBPyConnection, request: Request, recipient: str, *, reader: str) -> Binder:
    names = {**common_names(connection, request), "department_label": reader}
    binder = Binder(connection, request, recipient, "exceptions", names)
    for sheet in _rule_sheets(connection):
        turn_to_rule(connection, sheet.rule, sheet.kind)
        binder.add("10_findings", _words_of(sheet, label(connection, "kind", sheet.kind)))
    if recipient in FOLLOWERS:
        binder.add("70_visits", {"kind_label": "跟踪"})
    binder.add("80_identity", {"kind_label": "身份"})
    binder.add("90_quality", {"kind_label": "数据"})
    return binder


def _words_of(sheet: RuleSheet, kind_label: str) -> Mapping[str, str]:
    asks = sheet.asks.rstrip("。") + "。" if sheet.asks else ""
    return {
        "rule": sheet.rule,
        "rule_title": sheet.title,
        "tab": sheet.tab,
        "clause": sheet.clause,
        "asks": asks,
        "trial": "(试运行,更要多看一眼)" if sheet.on_trial else "",
        "kind_label": kind_label,
    }


def _rule_sheets(connection: duckdb.DuckDBPyConnection) -> list[RuleSheet]:
    statement = (ROOM / "rule_sheets.sql").read_text(encoding="utf-8")
    return [RuleSheet(*row) for row in connection.execute(statement).fetchall()]

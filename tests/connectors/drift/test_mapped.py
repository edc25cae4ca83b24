"""Five departments, every kind of drift that is read as before: row for row what the undrifted export gives."""

from decimal import Decimal

import pytest

from tests.connectors.drift import exports
from tests.connectors.drift.exports import EXPORTS, Export, Rows
from tests.connectors.drift.months import Drift, dates, delivered, first_month, staged
from tests.connectors.small_home import CONTRACTS, SmallHome


@pytest.fixture(scope="module")
def homes(tmp_path_factory) -> dict[str, SmallHome]:
    """One home per department for what is mapped: every delivery is the one before the next."""
    return {name: first_month(tmp_path_factory.mktemp(name), export) for name, export in EXPORTS.items()}


def _synonym(export: Export, rows: Rows) -> Rows:
    """The last of the headings that the contract knows."""
    known = [name for name, column in CONTRACTS[export.table].columns.items() if len(column.headings) > 1]
    for name in known:
        rows = exports.headed(rows, export.at(name), CONTRACTS[export.table].columns[name].headings[-1])
    return rows


def _two_lines(export: Export, rows: Rows) -> Rows:
    half = len(rows[0]) // 2
    return [["基本情况", *[None] * (half - 1), "业务情况", *[None] * (len(rows[0]) - half - 1)], *rows]


def _repeated(_: Export, rows: Rows) -> Rows:
    return [*rows[:15], rows[0], *rows[15:30], rows[0], *rows[30:]]


def _decorated(_: Export, rows: Rows) -> Rows:
    return [[f" *{' '.join(heading)}（必填）" for heading in rows[0]], *rows[1:]]


def _twice(export: Export, rows: Rows) -> Rows:
    place = export.at(export.required)
    return exports.added(rows, rows[0][place], lambda number: rows[number + 1][place])


MAPPED: dict[str, Drift] = {
    "columns in another order": lambda _, rows: [row[::-1] for row in rows],
    "a new column": lambda _, rows: exports.added(rows, "民族", lambda number: f"民族{number}"),
    "every known synonym": _synonym,
    "more title rows": lambda _, rows: exports.titled(rows, "某市", "2024年6月", "填报单位：某局", "第一版"),
    "a heading of two lines": _two_lines,
    "the heading repeated on every page": _repeated,
    "headings with stars, blanks and remarks": _decorated,
    "a column twice with the same content": _twice,
    "utf-8 with a mark": lambda _, rows: exports.as_csv(rows, "utf-8-sig"),
    "utf-16": lambda _, rows: exports.as_csv(rows, "utf-16"),
    "gb18030": lambda _, rows: exports.as_csv(rows, "gb18030"),
    "tabs": lambda _, rows: exports.separated(rows, "\t"),
    "semicolons": lambda _, rows: exports.separated(rows, ";"),
    "bars": lambda _, rows: exports.separated(rows, "|"),
    "an xlsx": lambda _, rows: exports.as_xlsx(rows),
    "an old xls": lambda _, rows: exports.as_xls(rows),
    "a dbf": lambda _, rows: exports.as_dbf(rows),
    "dates with strokes": dates(lambda text: f"{exports.day_of(text):%Y/%m/%d}"),
    "dates without marks": dates(lambda text: f"{exports.day_of(text):%Y%m%d}"),
    "dates with their time": dates(lambda text: f"{text} 00:00:00"),
    "dates in hanzi": dates(exports.in_hanzi),
    "dates as a spreadsheet's days": dates(exports.serial_of),
}


@pytest.mark.parametrize("kind", MAPPED)
@pytest.mark.parametrize("department", EXPORTS)
def test_mapped(homes, undrifted, department, kind):
    export, home = EXPORTS[department], homes[department]
    status, reason = delivered(home, export, MAPPED[kind](export, exports.rows_of(export, month=6)))
    assert (status, staged(home, export)) == ("accepted", undrifted[department]), reason
    assert ("新出现而没有用到的列:民族" in reason) is (kind == "a new column")


def _in_wan(text: str) -> str:
    return format(Decimal(text) / 10_000, "f")


UNITS: dict[str, Drift] = {
    heading: lambda export, rows, heading=heading: exports.headed(
        rows, export.at(export.money), heading.format(export.heading(export.money))
    )
    for heading in ("{}(万元)", "{}【单位：万元】", "{}/万元", "{}万元")
}
UNITS["a title"] = lambda _, rows: exports.titled(rows, "单位：万元")


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize("department", [name for name, export in EXPORTS.items() if export.money])
def test_amounts_in_another_unit_are_exact(homes, undrifted, department, kind):
    """A title's unit counts for all columns of money, a heading's for its own."""
    export, home = EXPORTS[department], homes[department]
    columns = CONTRACTS[export.table].columns.values()
    money = [one.name for one in columns if one.type == "yuan"] if kind == "a title" else [export.money]
    rows = exports.rows_of(export, month=6)
    for name in money:
        rows = exports.changed(rows, export.at(name), _in_wan)
    status, reason = delivered(home, export, UNITS[kind](export, rows))
    assert (status, staged(home, export)) == ("accepted", undrifted[department]), reason


@pytest.mark.parametrize("department", EXPORTS)
def test_another_sheet_name(tmp_path, undrifted, department):
    """Of a workbook's only sheet the name says nothing: it still is the same list, so that a lost column is missed."""
    export = EXPORTS[department]
    home = first_month(tmp_path, export, exports.as_xlsx(exports.rows_of(export, month=5), "名册"), "xlsx")
    rows = exports.rows_of(export, month=6)
    assert delivered(home, export, exports.as_xlsx(rows, "导出结果"), "xlsx")[0] == "accepted"
    assert staged(home, export) == undrifted[department]
    narrower = exports.dropped(exports.rows_of(export, month=7), export.at(export.optional))
    status, reason = delivered(home, export, exports.as_xlsx(narrower, "结果2"), "xlsx")
    assert (status, export.heading(export.optional) in reason) == ("refused", True)

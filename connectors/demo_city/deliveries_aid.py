"""The files of Civil Affairs: workbooks by town, web exports, payment lists, the crematorium's register."""

from collections.abc import Iterator

from connectors.demo_city.batch import Batch, Source, by_month, by_town, halves, label, turn
from connectors.demo_city.city import City
from connectors.demo_city.layout import Style

ROSTER_TOWN = 18
NOTES = ("填表说明", "一、本表由各区镇民政办填报，每月5日前报送。", "二、金额单位为元。")
CLERK = ("备注", "录入人")

# (kind, one sheet a town, style) by month of the year; the towns' own workbooks differ most.
ROSTER_PRINTS: tuple[tuple[str, bool, Style], ...] = (
    ("xlsx", True, Style(date="dots", month="chinese", title=True, numbered=True, extras=CLERK)),
    ("xlsx_notes", False, Style(date="cell", money="cell", title=True, total="person_amount", signature=True)),
    ("html", False, Style(date="compact", month="compact", money="two_places")),
    ("xlsx", False, Style(date="slashes", birth="year_month", two_rows=True, numbered=True, shuffled=True)),
    ("csv_gb18030", False, Style(date="chinese", month="dots", money="thousands", extras=("备注",))),
    ("tsv_gb18030", False, Style(date="compact", month="compact", shuffled=True)),
    ("xlsx", True, Style(date="iso", money="cell", total="person_amount", numbered=True)),
    ("xlsx", False, Style(date="serial", money="cell", title=True, repeat_every=60)),
    ("xlsx", False, Style(date="loose", birth="year_month_chinese", title=True, signature=True, extras=CLERK)),
    ("xlsx", True, Style(date="cell", birth="chinese", two_rows=True, title=True, signature=True)),
    ("csv_utf8_bom", False, Style(date="with_time", money="yen", shuffled=True)),
    ("xlsx", False, Style(date="iso", money="cell", title=True, numbered=True, total="person_amount",
                          signature=True, extras=CLERK)),
)


def civil_affairs(city: City, rows: Source) -> Iterator[Batch]:
    """Rosters and payments by month, exits and cremations by half-year."""
    yield from _rosters(city, rows)
    yield from _exits(rows)
    yield from _payments(city, rows)
    yield from _deaths(rows)


def _rosters(city: City, rows: Source) -> Iterator[Batch]:
    for month, found in by_month(rows("assistance_roster")):
        kind, towns, style = ROSTER_PRINTS[turn(city, month) % len(ROSTER_PRINTS)]
        ending = {"html": "xls", "tsv_gb18030": "xls"}.get(kind, "csv" if kind.startswith("csv") else "xlsx")
        parts = by_town(found, ROSTER_TOWN) if towns else [("救助对象" if kind.startswith("xlsx") else None, found)]
        yield Batch("assistance_roster", f"救助对象/{label(month)} 救助对象花名册.{ending}", kind.split("_notes")[0],
                    parts, style, notes=NOTES if kind.endswith("_notes") else ())


def _exits(rows: Source) -> Iterator[Batch]:
    early, late = halves(rows("assistance_exits"))
    yield Batch("assistance_exits", "退出救助/退出救助对象名册（上半期）.xlsx", "xlsx", [("退出名册", early)],
                Style(date="dots", month="chinese", title=True, numbered=True, signature=True))
    yield Batch("assistance_exits", "退出救助/退出救助对象名册（下半期）.xlsx", "xlsx", [("Sheet1", late)],
                Style(date="cell", money="cell", shuffled=True, extras=("备注",)))


def _payments(city: City, rows: Source) -> Iterator[Batch]:
    for month, found in by_month(rows("benefit_payments")):
        place = turn(city, month)
        style = Style(
            month=("compact", "iso", "chinese")[place % 3],
            money=("plain", "two_places", "thousands", "yuan")[place % 4],
            units={"amount": "fen"} if place == 4 else {},
            total="amount", signature=place % 2 == 0, title=place % 3 == 0, numbered=place % 2 == 1,
        )
        kind = "csv_utf8_bom" if place == 7 else "csv_gb18030"
        yield Batch("benefit_payments", f"资金发放/救助金发放明细{label(month)}.csv", kind, [(None, found)], style)


def _deaths(rows: Source) -> Iterator[Batch]:
    early, late = halves(rows("deaths"))
    yield Batch("deaths", "殡葬火化登记（1）.xlsx", "xlsx", [("火化登记", early)],
                Style(date="cell", title=True, numbered=True, signature=True))
    yield Batch("deaths", "殡葬火化登记（2）.xlsx", "xlsx", [("火化登记", late)],
                Style(date="chinese", repeat_every=40, extras=("备注",)))

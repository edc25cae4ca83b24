"""One export of every department, forty rows long, and the ways in which the next one may look different."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import xlwt

from connectors.dates import EXCEL_DAY_ZERO
from tests.connectors.readers_made import dbf_bytes
from tests.connectors.small_home import CONTRACTS, cell, csv_bytes, position, xlsx_bytes

Rows = list[list[str | None]]
ROWS = 40


@dataclass(frozen=True)
class Export:
    """A table and the columns to try drift on. word: a code as printed, new_word: another way to say it."""

    table: str
    required: str
    optional: str
    day: str
    coded: str
    word: str
    new_word: str
    money: str | None

    @property
    def department(self) -> str:
        return CONTRACTS[self.table].department

    def heading(self, column: str) -> str:
        return CONTRACTS[self.table].columns[column].headings[0]

    def at(self, column: str) -> int:
        return position(self.table, column)


_ALL = (
    Export(
        "assistance_roster", "start_date", "care_need", "start_date", "category", "低保", "低保人群", "person_amount"
    ),
    Export(
        "employment",
        "contract_start",
        "contract_end",
        "contract_start",
        "post_type",
        "单位就业",
        "单位就业者",
        "monthly_wage",
    ),
    Export(
        "disability_certificates", "disability_no", "guardian_name", "issued_on", "category", "视力", "视力类", None
    ),
    Export("medical_settlements", "settled_on", "aid_paid", "settled_on", "visit_type", "门诊", "门诊就医", "total"),
    Export(
        "dangerous_houses", "setting", "treatment", "completed_on", "danger_grade", "C级", "C级危房", "subsidy_paid"
    ),
)
EXPORTS = {one.department: one for one in _ALL}


def rows_of(export: Export, *, month: int) -> Rows:
    """The export of one month of 2024: months, days, amounts and codes differ from row to row."""
    columns = CONTRACTS[export.table].columns.values()
    heading: list[str | None] = [column.headings[0] for column in columns]
    return [heading, *([_cell(column, serial, month) for column in columns] for serial in range(ROWS))]


def _cell(column, serial, month):
    if column.type == "code":
        firsts = {code: printed for printed, code in reversed(list(column.codes.items()))}
        return sorted(firsts.values())[serial % len(firsts)]
    by_type = {
        "date": date(2020 + serial % 4, 1 + (serial + month) % 12, 1 + serial % 28).isoformat(),
        "month": f"2024-{month:02d}",
        "yuan": f"{100 * month + serial}.5",
    }
    return by_type.get(column.type) or cell(column, serial)


def changed(rows: Rows, place: int, change: Callable[[str], str | None]) -> Rows:
    """Another text in every cell of one column."""
    return [rows[0], *([*row[:place], change(row[place]), *row[place + 1 :]] for row in rows[1:])]


def headed(rows: Rows, place: int, heading: str) -> Rows:
    return [[*rows[0][:place], heading, *rows[0][place + 1 :]], *rows[1:]]


def dropped(rows: Rows, place: int) -> Rows:
    return [[*row[:place], *row[place + 1 :]] for row in rows]


def added(rows: Rows, heading: str, texts: Callable[[int], str | None]) -> Rows:
    return [[*rows[0], heading], *([*row, texts(number)] for number, row in enumerate(rows[1:]))]


def titled(rows: Rows, *titles: str) -> Rows:
    return [*([title, *[None] * (len(rows[0]) - 1)] for title in titles), *rows]


def separated(rows: Rows, delimiter: str) -> bytes:
    return "".join(delimiter.join(text or "" for text in row) + "\r\n" for row in rows).encode()


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def serial_of(text: str) -> str:
    return str((day_of(text) - EXCEL_DAY_ZERO).days)


def in_hanzi(text: str) -> str:
    day, digits = day_of(text), "〇一二三四五六七八九"
    year = "".join(digits[int(digit)] for digit in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(number: int) -> str:
    tens, units = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[units] if units else "")


def as_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            sheet.write(down, across, text or "")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_dbf(rows: Rows) -> bytes:
    """Field names are cut at ten bytes, as the format demands."""
    fields = [(_cut(heading), "C", 60) for heading in rows[0]]
    return dbf_bytes(fields, [[text or "" for text in row] for row in rows[1:]])


def _cut(heading: str) -> str:
    return heading.encode("gb18030")[:10].decode("gb18030", "ignore")


def as_xlsx(rows: Rows, sheet: str = "名册") -> bytes:
    return xlsx_bytes({sheet: rows})


def as_csv(rows: Sequence[Sequence[str | None]], encoding: str = "utf-8") -> bytes:
    return csv_bytes(rows, encoding)

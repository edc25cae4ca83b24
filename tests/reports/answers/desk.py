"""A liaison's desk: the small city's books as handed out, edited with openpyxl, returned, and what became of them."""

import shutil
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from connectors.readers.workbook_rows import read
from flows.answers import day_reader
from reports.answers.intake import recognised, take_answers
from reports.answers.issued import keep_issued
from reports.answers.sheets import ReturnedFile, ReturnedSheet
from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, MAY, SECRET, publish
from warehouse.connection import connect

TODAY, READ_AT = date(2026, 7, 31), datetime(2026, 7, 31, 22)
HEADING_ROW, FIRST_ROW = 4, 5
TOKEN = "校验码(请勿改动)"
REFUSALS = "拒绝就业介绍"  # f02 of 李四, f05 of the name that looks like a formula
# What a night of the whole system knows beside the published tables.
KNOWN = """
insert into mart.follow_up
select person_id, null, 'dibao', date '2026-06-05', date '2028-06-05', null, null, null
from mart.person where person_id = 'P7';
alter table policy.rule add column if not exists kind_of map(varchar, varchar);
create table if not exists identity.number (id_no varchar, resolved varchar, quality varchar);
update run.context set as_of = '2026-07-31';
insert into findings.known
select finding_id, rule, condition, person_id, state, evidence_hash, true, as_of, as_of, 'v1', null
from findings.finding;
"""


def made(folder: Path) -> Path:
    """The small city's warehouse with two months handed out, in May and in June."""
    database = publish(small_city(), folder / "full.duckdb")
    with connect(database) as connection:
        connection.execute(KNOWN)
    for number, month in enumerate((MAY, JUNE)):
        issued: list[Any] = []
        write_month(database, folder / "outbox", month, secret=SECRET, issued_on=ISSUED, remember=issued.extend)
        with connect(database) as connection:
            keep_issued(connection, issued, datetime(2026, 6 + number, 3))
    return folder


def sheets_of(path: Path) -> tuple[ReturnedSheet, ...]:
    """The sheets as the night's reader gives them."""
    return tuple(
        ReturnedSheet(number, found.name, [(row, cells) for row, (cells, _) in enumerate(found.rows, 1)])
        for number, found in enumerate(read(path), 1)
    )


@dataclass
class Desk:
    """One test's own copy of the warehouse."""

    folder: Path
    template: Path
    connection: duckdb.DuckDBPyConnection = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        shutil.copyfile(self.template / "full.duckdb", self.folder / "work.duckdb")
        self.connection = connect(self.folder / "work.duckdb")

    def book(self, department: str = "civil_affairs", month: str = "2026-06") -> Workbook:
        return load_workbook(self.template / "outbox" / month / f"例外清单_{department}_{month}.xlsx")

    def give_back(self, *books: Workbook, day: date = TODAY) -> list[tuple[str, str | None]]:
        """Return books in one night; gives (outcome, reason) of every row that was answered."""
        self.connection.execute("update run.context set as_of = ?", [day])
        files = [recognised(self._file(book)) for book in books]
        before = self.connection.execute("select coalesce(max(file_id), 0) from answers.file").fetchall()[0][0]
        now = datetime.combine(day, READ_AT.time())
        take_answers(self.connection, files, secret=SECRET, read_at=now, read_day=day_reader(day))
        return self.connection.execute(
            "select outcome, reason from answers.returned_row where file_id > ? and outcome <> 'unanswered' "
            "order by file_id, sheet_no, source_row",
            [before],
        ).fetchall()

    def _file(self, book: Workbook) -> ReturnedFile:
        self.sent += 1
        path = self.folder / f"交回{self.sent}.xlsx"
        book.save(path)
        return ReturnedFile(path.name, f"sha-{self.sent}", sheets_of(path))

    def states(self) -> dict[str, str]:
        """The findings that are no longer as they were handed out."""
        rows = self.connection.execute(
            "select finding_id, state from findings.known where state <> '待核实' and finding_id <> 'f07'"
        ).fetchall()
        return dict(rows)

    def ask(self, statement: str) -> list[tuple]:
        return self.connection.execute(statement).fetchall()


def place(sheet: Worksheet, heading: str, heading_row: int = HEADING_ROW) -> int:
    return next(cell.column for cell in sheet[heading_row] if cell.value == heading)


def fill(sheet: Worksheet, row: int = FIRST_ROW, **typed: Any) -> None:
    """Type into the answer cells of a row: state, result, notified, replied, by, remark, same, contact, visited."""
    words = {"state": "状态", "result": "核实结果", "notified": "通知日期", "replied": "答复日期", "by": "核实人"}
    words |= {"remark": "备注", "same": "是否同一人", "contact": "对口联系人", "visited": "走访日期"}
    for key, value in typed.items():
        sheet.cell(row, place(sheet, words[key])).value = value


def row_of(sheet: Worksheet, name: str) -> int:
    column = place(sheet, "姓名")
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, column).value == name)


def values_of(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def write_values(sheet: Worksheet, row: int, values: list[Any]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def answered(desk: Desk, state: str = "不属实", name: str = "李四", **typed: Any) -> Workbook:
    """The civil affairs book with one accusation answered."""
    book = desk.book()
    fill(book[REFUSALS], row_of(book[REFUSALS], name), state=state, **typed)
    return book

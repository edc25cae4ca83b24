"""A home in a scratch folder, and small exports written from the contracts."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from connectors.contract import Column, load_contracts
from connectors.intake import IntakeReport, take_in
from warehouse.connection import connect, prepare_schema
from warehouse.home import Home
from warehouse.resident_number import check_character

CONTRACTS = load_contracts()
PRINTED = {"date": "2024-05-06", "month": "2024-05", "int": "3", "number": "80.5", "yuan": "1234.50"}
Rows = Sequence[Sequence[str | None]]


def number(serial: int) -> str:
    """A valid number; serial 0 … 999."""
    seventeen = f"32058319850101{serial:03d}"
    return seventeen + check_character(seventeen)


def cell(column: Column, serial: int) -> str:
    """A readable cell. Texts differ from row to row."""
    if column.type == "id_no":
        return number(serial)
    if column.type == "disability_no":
        return number(serial) + "42"
    if column.type == "code":
        return next(iter(column.codes))
    return PRINTED.get(column.type) or f"{column.name}{serial}"


def table(table_name: str, rows: int = 2, /, *, first: int = 0, **changed: str | None) -> list[list[str | None]]:
    """A heading and rows of one table, every column filled; `changed` sets a column in every row."""
    contract = CONTRACTS[table_name]
    heading: list[str | None] = [column.headings[0] for column in contract.columns.values()]
    body = [
        [changed.get(column.name, cell(column, serial)) for column in contract.columns.values()]
        for serial in range(first, first + rows)
    ]
    return [heading, *body]


def position(name: str, column: str) -> int:
    return list(CONTRACTS[name].columns).index(column)


def with_cell(rows: Rows, name: str, row: int, column: str, text: str | None) -> list[list[str | None]]:
    """The same rows with one cell printed otherwise (row 1 is the first below the heading)."""
    changed = [list(each) for each in rows]
    changed[row][position(name, column)] = text
    return changed


def without(rows: Rows, name: str, *columns: str) -> list[list[str | None]]:
    """The same rows without some columns."""
    gone = {position(name, column) for column in columns}
    return [[text for place, text in enumerate(row) if place not in gone] for row in rows]


def csv_bytes(rows: Rows, encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class SmallHome:
    """One home; every call of `night` is a run of its own."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.home.prepare()
        self.connection = connect(spill=self.home.spill)
        prepare_schema(self.connection)
        self.runs = 0

    def put(self, name: str, content: Rows | bytes, department: str = "civil_affairs") -> Path:
        path = self.home.inbox / department / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
        return path

    def put_table(self, table_name: str, content: Rows | bytes, name: str | None = None) -> Path:
        return self.put(name or f"{table_name}.csv", content, CONTRACTS[table_name].department)

    def night(self) -> IntakeReport:
        self.runs += 1
        received = datetime(2026, 11, 20, 2, 30) + timedelta(days=self.runs)
        report = take_in(self.connection, self.home, self.home.inbox, self.runs, received)
        self.check_conservation()
        return report

    def rows(self, statement: str) -> list[tuple]:
        return self.connection.execute(statement).fetchall()

    def in_force(self, table_name: str, columns: str = "name") -> list[tuple]:
        source = f"staging.{table_name} where superseded_by is null"
        return self.rows(f"select {columns} from {source} group by all order by all")

    def check_conservation(self) -> None:
        wrong = "select delivery_id from raw.delivery where rows_in <> rows_loaded + rows_rejected + rows_skipped"
        assert self.rows(wrong) == []
        twice = "select 1 from raw.rejected_row group by delivery_id, source_row having count(*) > 1"
        assert self.rows(twice) == []

"""From a sheet file to the values its recipient may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from reports.disclosure import load_disclosure
from reports.headings import Heading, heading_of
from reports.session import Request
from reports.sheet_file import SheetFile
from reports.tokens import row_token

MARK = "__mark"
MONEY_ROW = "money__row"
TOKEN_ROWS = {"token_finding": "finding", "token_review": "review"}
# Excel ends at 1 048 576 rows; far below that nobody works through a list, and writing takes minutes.
MOST_ROWS = 60_000


@dataclass(frozen=True)
class Table:
    """One block of a sheet: headings, rows of equal length, and which cells are marked."""

    title: str
    note: str
    headings: list[Heading]
    rows: list[tuple[Any, ...]]
    empty: str
    chart: str | None = None
    is_text: bool = False
    found: int = 0
    marked: dict[int, set[int]] = field(default_factory=dict)
    money_rows: frozenset[int] = frozenset()

    @property
    def is_cut(self) -> bool:
        """Whether more was found than is listed."""
        return self.found > len(self.rows)


def read_table(
    connection: duckdb.DuckDBPyConnection,
    file: SheetFile,
    *,
    recipient: str,
    request: Request,
    names: Mapping[str, str],
) -> Table:
    """Run the file's SELECT and keep the columns this recipient may see; ids become tokens.

    A column `x__mark` says whether cell x is marked, `money__row` whether a row's figures are yuan; neither is shown.
    Raises BangfuError for a column without a heading or a decision about who may see it.
    """
    result = connection.execute(file.statement)
    columns = [column[0] for column in result.description or []]
    records = result.fetchall()
    shown = [column for column in columns if not column.endswith((MARK, MONEY_ROW))]
    allowed = [column for column in shown if load_disclosure().may_see(recipient, column)]
    place = {column: columns.index(column) for column in columns}
    kept = records[:MOST_ROWS]
    rows = [tuple(record[place[column]] for column in allowed) for record in kept]
    return Table(
        title=file.title.format_map(names),
        note=file.note.format_map(names),
        headings=[heading_of(column) for column in allowed],
        rows=_with_tokens(rows, allowed, request),
        empty=file.empty,
        chart=file.chart,
        is_text=file.is_text,
        found=len(records),
        marked=_marked_cells(kept, allowed, place),
        money_rows=_money_rows(kept, place),
    )


def _marked_cells(records: list[tuple[Any, ...]], allowed: list[str], place: dict[str, int]) -> dict[int, set[int]]:
    marks = [(position, place[column + MARK]) for position, column in enumerate(allowed) if column + MARK in place]
    found = {row: {position for position, mark in marks if record[mark]} for row, record in enumerate(records) if marks}
    return {row: cells for row, cells in found.items() if cells}


def _money_rows(records: list[tuple[Any, ...]], place: dict[str, int]) -> frozenset[int]:
    if MONEY_ROW not in place:
        return frozenset()
    return frozenset(row for row, record in enumerate(records) if record[place[MONEY_ROW]])


def _with_tokens(rows: list[tuple[Any, ...]], columns: list[str], request: Request) -> list[tuple[Any, ...]]:
    for position, column in enumerate(columns):
        if column in TOKEN_ROWS:
            kind = TOKEN_ROWS[column]
            rows = [
                (
                    *row[:position],
                    row_token(request.secret, row=kind, key=str(row[position]), month=request.month),
                    *row[position + 1 :],
                )
                for row in rows
            ]
    return rows

"""From a sheet file to the values its recipient may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from reports.disclosure import load_disclosure
from reports.headings import Heading, heading_of
from reports.issuing import issue
from reports.session import Request
from reports.sheet_file import SheetFile

MARK = "__mark"
MONEY_ROW = "money__row"
TARGET_ROW = "__row"
# Excel ends at 1 048 576 rows; far below that nobody works through a list, and writing takes minutes.
MOST_ROWS = 60_000


@dataclass(frozen=True)
class Table:
    """One block of a sheet: headings, rows of equal length, which cells are marked.

    `targets`: row → the row, counted from 1, that its link leads to; other links lead to the top of their sheet.
    """

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
    targets: dict[int, int] = field(default_factory=dict)

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

    A column `x__mark` says whether cell x is marked, `money__row` whether a row's figures are yuan, `x__row` which row
    of its sheet the link x leads to; none of them is shown.
    Raises BangfuError for a column without a heading or a decision about who may see it.
    """
    result = connection.execute(file.statement)
    columns = [column[0] for column in result.description or []]
    records = result.fetchall()
    shown = [column for column in columns if not column.endswith((MARK, TARGET_ROW))]
    allowed = [column for column in shown if load_disclosure().may_see(recipient, column)]
    place = {column: columns.index(column) for column in columns}
    kept = records[:MOST_ROWS]
    rows = [tuple(record[place[column]] for column in allowed) for record in kept]
    return Table(
        title=file.title.format_map(names),
        note=file.note.format_map(names),
        headings=[heading_of(column) for column in allowed],
        rows=issue(rows, allowed, request),
        empty=file.empty,
        chart=file.chart,
        is_text=file.is_text,
        found=len(records),
        marked=_marked_cells(kept, allowed, place),
        money_rows=_money_rows(kept, place),
        targets=_targets(kept, allowed, place),
    )


def _marked_cells(records: list[tuple[Any, ...]], allowed: list[str], place: dict[str, int]) -> dict[int, set[int]]:
    marks = [(position, place[column + MARK]) for position, column in enumerate(allowed) if column + MARK in place]
    found = {row: {position for position, mark in marks if record[mark]} for row, record in enumerate(records) if marks}
    return {row: cells for row, cells in found.items() if cells}


def _money_rows(records: list[tuple[Any, ...]], place: dict[str, int]) -> frozenset[int]:
    if MONEY_ROW not in place:
        return frozenset()
    return frozenset(row for row, record in enumerate(records) if record[place[MONEY_ROW]])


def _targets(records: list[tuple[Any, ...]], allowed: list[str], place: dict[str, int]) -> dict[int, int]:
    columns = [place[column + TARGET_ROW] for column in allowed if column + TARGET_ROW in place]
    return {row: record[column] for column in columns for row, record in enumerate(records) if record[column]}

"""From the text of a returned worksheet to the rows somebody may have answered, wherever its columns have gone.

Columns are known by their headings alone: titles may be gone, columns moved, rows sorted, a second block with its own
headings pasted below. Nothing here decides anything.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from reports.headings import load_headings
from reports.tokens import PRINTED

TOKEN = "token"
TOKEN_HEADING = "校验码"
ANSWER_COLUMNS = (
    "answer_state",
    "answer_result",
    "answer_notified_on",
    "answer_replied_on",
    "answer_by",
    "answer_remark",
    "answer_same",
    "answer_contact",
    "answer_visited_on",
)
UNANSWERED_STATE = "待核实"
PREPARED_BY = "prepared_by"
PREPARER_WORDS = ("制表人", "填报人", "填表人", "制表", "经办人")
_A_TOKEN = re.compile(r"[0-9a-f]{32}")
_PREPARER = re.compile(rf"(?:{'|'.join(PREPARER_WORDS)})[:：]\s*([^\s:：,，;；、日月年]{{2,20}})")


@dataclass(frozen=True)
class ReturnedSheet:
    """A worksheet as read: (physical row from 1, cells as text, '' where empty). `number` counts from 1."""

    number: int
    name: str | None
    rows: Sequence[tuple[int, Sequence[str]]] = field(repr=False)


@dataclass(frozen=True)
class ReturnedFile:
    """One returned workbook; `source_file` is the path below inbox/answers."""

    source_file: str
    sha256: str
    sheets: tuple[ReturnedSheet, ...]


@dataclass(frozen=True)
class ReturnedRow:
    """A row with a token or an answer in it: `cells` by column name, '' where the sheet has no such column."""

    sheet_no: int
    sheet: str | None
    source_row: int
    token: str
    cells: Mapping[str, str] = field(repr=False)
    twice: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether anybody typed anything; the state that was printed is not typed."""
        typed = [self.cells[column].strip() for column in ANSWER_COLUMNS if column != "answer_state"]
        return any(typed) or self.cells["answer_state"].strip() not in ("", UNANSWERED_STATE)


def rows_of(file: ReturnedFile) -> list[ReturnedRow]:
    """Every row of the workbook that could carry an answer; sheets without the hidden column give none."""
    of_file = next((name for sheet in file.sheets for name in _preparers(sheet)), "")
    return [row for sheet in file.sheets for row in _rows(sheet, next(_preparers(sheet), of_file))]


def has_answer_sheet(file: ReturnedFile) -> bool:
    """Whether any sheet still has the headings of a list that was handed out."""
    return any(_headings(cells) for sheet in file.sheets for _, cells in sheet.rows)


def _rows(sheet: ReturnedSheet, preparer: str) -> Iterator[ReturnedRow]:
    headings: dict[str, list[int]] = {}
    for source_row, cells in sheet.rows:
        if found := _headings(cells):
            headings = found
            continue
        if not headings:
            continue
        row = _row(sheet, source_row, cells, headings, preparer)
        if row.token or row.is_answered:
            yield row


def _row(
    sheet: ReturnedSheet, source_row: int, cells: Sequence[str], headings: Mapping[str, list[int]], preparer: str
) -> ReturnedRow:
    def cell(column: str) -> str:
        places = headings.get(column, [])
        return cells[places[0]] if places and places[0] < len(cells) else ""

    read = {column: cell(column) for column in (*ANSWER_COLUMNS, *PRINTED)}
    read[PREPARED_BY] = cell(PREPARED_BY).strip() or preparer
    token = "".join(unicodedata.normalize("NFKC", cell(TOKEN)).split()).lower()
    twice = tuple(sorted(column for column, places in headings.items() if len(places) > 1))
    return ReturnedRow(sheet.number, sheet.name, source_row, token, read, twice)


def _headings(cells: Sequence[str]) -> dict[str, list[int]]:
    """Column → places, where this row is a row of headings: one for the token and one for an answer at least."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(cells):
        folded = _fold(text)
        column = TOKEN if folded.startswith(TOKEN_HEADING) else _columns_by_words().get(folded)
        if column:
            places.setdefault(column, []).append(place)
    return places if TOKEN in places and places.keys() & set(ANSWER_COLUMNS) else {}


@cache
def _columns_by_words() -> dict[str, str]:
    known = load_headings()
    words = {_fold(known[column].zh): column for column in (*ANSWER_COLUMNS, *PRINTED) if column in known}
    return words | {word: PREPARED_BY for word in PREPARER_WORDS}


def _preparers(sheet: ReturnedSheet) -> Iterator[str]:
    """Who a note above or below the table says has filled it in."""
    for _, cells in sheet.rows:
        if not any(_A_TOKEN.fullmatch(text.strip()) for text in cells):
            yield from (found[1] for text in cells if (found := _PREPARER.search(text)))


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())

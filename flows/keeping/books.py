"""Our own workbooks read back: how many people stand in one, and whether a certain person does."""

from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import olefile
from msoffcrypto.format.ooxml import OOXMLFile
from python_calamine import CalamineError, CalamineWorkbook

from reports.headings import heading_of

# Headings under which a person's name stands -> those of the number that goes with it.
PEOPLE = {
    heading_of("name").zh: {heading_of("shown_number").zh, heading_of("masked_number").zh},
    heading_of("other_name").zh: {heading_of("other_number").zh},
}
FULL, FIRST, LAST = 15, 6, 4  # a number of so many digits is shown masked with these at its ends
Row = list[Any]


def people_in(book: Path, passwords: Collection[str]) -> int:
    """How many different people (name and number as printed) stand in a workbook under the headings of a person."""
    found: set[tuple[Any, ...]] = set()
    for rows in _sheets(book, passwords).values():
        found.update(_people(rows))
    return len(found)


def pages_naming(
    book: Path, passwords: Collection[str], *, words: Collection[str], name: str, number: str
) -> list[str]:
    """The tabs on which a person stands: a cell is one of the words (ids, tokens, numbers), or name and masked number.

    Raises ValueError for a book that none of the passwords opens, and for a file that is none.
    """
    pair = {name, masked(number)} if name and number else None
    return [
        tab
        for tab, rows in _sheets(book, passwords).items()
        if any(not cells.isdisjoint(words) or (pair and pair <= cells) for cells in map(set, rows))
    ]


def masked(number: str) -> str:
    """A number as the workbooks print it where it is not the recipient's own."""
    if len(number) >= FULL:
        return number[:FIRST] + "*" * (len(number) - FIRST - LAST) + number[-LAST:]
    return f"{number[:1]}****{number[-1:]}"


def _people(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """The people listed below headings; a blank row ends the list."""
    columns: list[list[int]] = []
    for row in rows:
        headed = [_columns(row, name) for name in PEOPLE if name in row]
        if headed or not any(row):
            columns = headed
        else:
            yield from (tuple(row[place] for place in places) for places in columns if row[places[0]])


def _columns(row: Row, name: str) -> list[int]:
    """Where a name stands, and the number that goes with it."""
    return [row.index(name), *(place for place, cell in enumerate(row) if cell in PEOPLE[name])]


def _sheets(book: Path, passwords: Collection[str]) -> dict[str, list[Row]]:
    """The rows of every tab; names, numbers and ids are text in our books."""
    try:
        workbook = CalamineWorkbook.from_filelike(_readable(book, passwords))
    except CalamineError:  # its message may quote a cell
        raise ValueError("this is no workbook") from None
    return {tab: workbook.get_sheet_by_name(tab).to_python() for tab in workbook.sheet_names}


def _readable(book: Path, passwords: Collection[str]) -> BytesIO:
    """The workbook's content, unlocked in memory."""
    content = BytesIO(book.read_bytes())
    if not olefile.isOleFile(content):
        content.seek(0)
        return content
    for password in passwords:
        readable = BytesIO()
        content.seek(0)
        try:
            office = OOXMLFile(content)
            office.load_key(password=password, verify_password=True)
            office.decrypt(readable)
        except Exception:  # noqa: BLE001 - a wrong password fails in many ways; the next one may fit
            continue
        readable.seek(0)
        return readable
    raise ValueError("no password opens this workbook")

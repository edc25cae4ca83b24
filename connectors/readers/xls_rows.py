"""The old .xls through calamine, with its error cells found in the records themselves; runs in the child only."""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from connectors.readers.cells import ERROR
from connectors.readers.workbook_rows import Overlay, worksheets
from connectors.readers.worksheet import Found

FORMULA, EOF, SHEET, BOOLEAN_OR_ERROR, BEGIN = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809


def read(path: Path) -> Iterator[Found]:
    """Every worksheet, hidden ones too."""
    stream = _stream(path)
    starts = [struct.unpack_from("<I", body)[0] for number, body in _records(stream, 0) if number == SHEET]

    def overlay(position: int, _: str) -> Overlay:
        return errors(stream, starts[position]) if position < len(starts) else {}

    return worksheets(path, overlay)


def errors(stream: bytes, start: int) -> Overlay:
    """Cells (row and column from 0) of the sheet at `start` that hold an error, typed in or computed."""
    found: Overlay = {}
    for number, body in _records(stream, start):
        if _is_error(number, body):
            row, column = struct.unpack_from("<HH", body)
            found[row, column] = ERROR
    return found


def _is_error(number: int, body: bytes) -> bool:
    if number == BOOLEAN_OR_ERROR:
        return len(body) >= 8 and body[7] == 1
    return number == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream, up to its end; charts inside a sheet are substreams of their own."""
    depth = 0
    while position + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, position)
        depth += (number == BEGIN) - (number == EOF)
        if depth <= 0 and number == EOF:
            return
        if depth == 1 and number in (FORMULA, BOOLEAN_OR_ERROR, SHEET):
            yield number, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _stream(path: Path) -> bytes:
    with olefile.OleFileIO(str(path)) as compound:
        name = "Workbook" if compound.exists("Workbook") else "Book"
        content: bytes = compound.openstream(name).read()
    return content

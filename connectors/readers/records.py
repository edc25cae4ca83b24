"""One record of a delimited text at a time: strict about quotes, so that one bad record costs one line."""

import re
from typing import NamedTuple

from connectors.readers.encoding import MARK
from connectors.readers.sheet import STRAY_QUOTE, UNCLOSED_QUOTE

# No cell of a spreadsheet holds more than 32 767 characters; a quote open for longer was never closed.
LONGEST_QUOTED = 40_000
LINE_END = re.compile(r"\r\n|\n|\r")
LINE = re.compile(r"[^\r\n]*+")


class Record(NamedTuple):
    """Cells as printed, the position after the line's end, and what is wrong (None: nothing)."""

    cells: list[str]
    end: int
    problem: str | None


class Grammar:
    """How records look with one delimiter. A quote is doubled inside quotes, and may stand nowhere else.

    Excel's way to protect numbers, ="123", is text as it stands.
    """

    def __init__(self, delimiter: str) -> None:
        other = re.escape(delimiter)
        self.delimiter = delimiter
        self.opening = re.compile(r'[ \ufeff]*+"')
        self.quoted = re.compile(r'[ \ufeff]*+"([^"]*+(?:""[^"]*+)*+)"[ ]*+')
        self.plain = re.compile(rf"[^{other}\r\n]*+")
        self.protected = re.compile(r'="[^"]*+"\Z')

    def record(self, text: str, start: int, *, final: bool) -> Record | None:
        """The record that begins at `start`; None when more text is needed to tell (never if `final`)."""
        cells: list[str] = []
        position = start
        while True:
            if self.opening.match(text, position):
                cell = self.quoted.match(text, position, position + LONGEST_QUOTED)
                if cell is None or (not final and cell.end() == len(text)):
                    more = not final and len(text) - position < LONGEST_QUOTED
                    return None if more else self._bad_line(text, start, UNCLOSED_QUOTE, final=final)
                cells.append(cell[1].replace('""', '"'))
            else:
                cell = self.plain.match(text, position)
                assert cell is not None  # the pattern matches the empty string
                if '"' in cell[0] and not self.protected.match(cell[0]):
                    return self._bad_line(text, start, STRAY_QUOTE, final=final)
                cells.append(cell[0])
            position = cell.end()
            if text.startswith(self.delimiter, position):
                position += 1
                continue
            if position < len(text) and text[position] not in "\r\n":
                return self._bad_line(text, start, UNCLOSED_QUOTE, final=final)
            end = line_end(text, position, final=final)
            return None if end is None else Record(cells, end, None)

    def first_line(self, text: str, start: int, problem: str, *, final: bool) -> Record | None:
        """The physical line at `start` as one record that cannot be read."""
        return self._bad_line(text, start, problem, final=final)

    def _bad_line(self, text: str, start: int, problem: str, *, final: bool) -> Record | None:
        line = LINE.match(text, start)
        assert line is not None  # the pattern matches the empty string
        end = line_end(text, line.end(), final=final)
        return None if end is None else Record(line[0].split(self.delimiter), end, problem)

    def clean_lines(self, fields: int, empty: int) -> re.Pattern[str]:
        """Matches the longest run of whole lines of exactly `fields` cells, then `empty` empty ones.

        Such lines need no second look: no doubled or odd quotes, no line break in a cell, no bad bytes.
        """
        other = re.escape(self.delimiter)
        field = rf'(?:"[^"\r\n{MARK}]*+"|="[^"{other}\r\n{MARK}]*+"|[^"{other}\r\n{MARK}]*+)'
        if not self.delimiter.isascii():
            field = rf'[^"{other}\r\n{MARK}]*+'
        line = field + rf"(?:{other}{field}){{{fields - 1}}}" + other * empty
        return re.compile(rf"(?:(?![\r\n]|\Z){line}(?:\r\n|\n|\r(?=[^\n])))*+")


def line_end(text: str, position: int, *, final: bool) -> int | None:
    """The position after the line break at `position`, or after the text's end if nothing can follow."""
    ending = LINE_END.match(text, position)
    if ending is None:
        return position if final else None
    if ending[0] == "\r" and ending.end() == len(text) and not final:
        return None
    return ending.end()

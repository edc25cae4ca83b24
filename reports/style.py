"""Colours, fonts and widths: everything a sheet looks like, in one place."""

import math
import unicodedata
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

FONT = "微软雅黑"
DARK, PALE, LINE = "1F4E5F", "E8F1F4", "B7C9D0"
ANSWER, MARKED, GOOD, BAD, UNKNOWN, LATE = "FFF9DB", "FCE1D4", "DDF0DF", "F8CFC8", "E6E6E6", "F6B8AE"
# Measured on the renderings: one line of 10-point text, and what a cell needs above and below.
LINE_HEIGHT, CELL_MARGIN, HIGHEST_ROW = 15.0, 5.0, 405.0
NARROWEST, CELL_PADDING = 6, 3

NUMBER_FORMATS = {
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "time": "yyyy-mm-dd hh:mm",
    "position": "0",
    "count": "#,##0",
    "money": "#,##0.00",
    "figure": "#,##0",
    "rate": "0.0%",
    "identifier": "@",
    "text": "@",
    "label": "@",
    "answer_text": "@",
    "answer_date": "yyyy-mm-dd",
    "answer_choice": "@",
    "token": "@",
}
RIGHT = frozenset({"count", "money", "figure", "rate"})
CENTRE = frozenset({"label", "position", "date", "month", "time", "balance", "answer_choice", "answer_date"})
FILLS = {"平": GOOD, "不平": BAD, "未交付": UNKNOWN, "更正": UNKNOWN}


def text_width(text: str) -> int:
    """Width in Latin letters: Chinese and other wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def lines_needed(text: str, width: float) -> int:
    """How many lines a wrapped cell of that width needs for the text."""
    room = max(1.0, width - 2)
    return sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))


def row_height(lines: int) -> float:
    """Points for that many lines; Excel allows no row above 409."""
    return min(HIGHEST_ROW, lines * LINE_HEIGHT + CELL_MARGIN)


def column_width(heading: str, shown: Iterable[str], most: int) -> float:
    """Wide enough for the longest line shown or half the heading (which may wrap), never beyond `most`."""
    longest = max((text_width(line) for text in shown for line in text.split("\n")), default=0)
    heading_needs = text_width(heading) if text_width(heading) <= 8 else math.ceil(text_width(heading) / 2) + 1
    return float(max(NARROWEST, min(most, longest + CELL_PADDING), min(heading_needs + CELL_PADDING, 16)))


class StyleBook:
    """The finished styles of one workbook, made once each: styling cell by cell takes most of the writing time."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.create_sheet("styles")
        self._made: dict[tuple, StyleArray] = {}
        workbook.remove(self._sheet)

    def cell(self, kind: str, *, fill: str | None = None, quoted: bool = False, money: bool = False) -> StyleArray:
        """A body cell of a column of that kind."""
        key = ("cell", kind, fill, quoted, money)
        if key not in self._made:
            side = "right" if kind in RIGHT else "center" if kind in CENTRE else "left"
            answer = kind.startswith("answer_")
            colour = fill or (ANSWER if answer else None)
            cell = WriteOnlyCell(self._sheet)
            cell.font = Font(
                name=FONT,
                size=10,
                color="0563C1" if kind == "link" else "222222",
                underline="single" if kind == "link" else None,
            )
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, indent=int(side != "center"))
            cell.border = _box()
            cell.number_format = NUMBER_FORMATS["money" if money else kind] if kind in NUMBER_FORMATS else "General"
            cell.protection = Protection(locked=not answer)
            cell.quotePrefix = quoted
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
            self._made[key] = cell._style  # type: ignore[attr-defined]
        return self._made[key]

    def frame(self, part: str, *, money: bool = False) -> StyleArray:
        """Title, note, total or heading cells."""
        key = ("frame", part, money)
        if key not in self._made:
            cell = WriteOnlyCell(self._sheet)
            bold = part != "note"
            size = {"title": 16, "block": 12}.get(part, 10)
            cell.font = Font(
                name=FONT,
                size=size,
                bold=bold,
                color="FFFFFF" if part == "heading" else "555555" if part == "note" else DARK,
            )
            cell.alignment = Alignment(
                horizontal="center" if part == "heading" else "right" if part == "sum" else "left",
                vertical="center",
                wrap_text=part in ("note", "heading", "empty"),
            )
            if part == "sum":
                cell.number_format = "#,##0.00" if money else "#,##0"
            if part in ("heading", "total", "sum", "empty"):
                cell.border = _box()
            if part in ("heading", "total", "sum"):
                cell.fill = PatternFill("solid", fgColor=DARK if part == "heading" else PALE)
            self._made[key] = cell._style  # type: ignore[attr-defined]
        return self._made[key]


def _box() -> Border:
    side = Side(style="thin", color=LINE)
    return Border(left=side, right=side, top=side, bottom=side)

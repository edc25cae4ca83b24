"""One value into one cell, as its column says. Text is always text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reports.headings import Heading
from reports.safe_text import looks_like_formula, safe_text
from reports.style import FILLS, MARKED, StyleBook

FIRST_EXCEL_YEAR = 1900


def shown_value(value: Any) -> Any:
    """The value as a cell holds it: text made safe, lists joined, dates Excel cannot hold written out."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, date):
        return value if value.year >= FIRST_EXCEL_YEAR else value.isoformat()
    if isinstance(value, list):
        value = "、".join(str(part) for part in value)
    return safe_text(str(value)) or None


def shown_text(value: Any) -> str:
    """What takes up room in the cell, for widths and heights."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def body_cell(
    sheet: Worksheet,
    styles: StyleBook,
    heading: Heading,
    value: Any,
    *,
    marked: bool = False,
    money: bool = False,
    target_row: int = 1,
) -> Cell:
    """A finished cell; `value` must come from `shown_value`. A link leads to that row of the sheet it names."""
    cell = WriteOnlyCell(sheet)
    is_text = isinstance(value, str)
    fill = MARKED if marked else FILLS.get(value) if is_text and heading.kind == "balance" else None
    money = money and heading.kind == "figure"
    _dress(cell, styles.cell(heading.kind, fill=fill, quoted=is_text and looks_like_formula(value), money=money))
    if is_text:
        _set_text(cell, value)
        if heading.kind == "link":
            cell.hyperlink = Hyperlink(ref="", location=f"'{value}'!A{target_row}")
    elif value is not None:
        cell.value = value
    return cell


def frame_cell(sheet: Worksheet, styles: StyleBook, part: str, value: Any = None, *, money: bool = False) -> Cell:
    """A cell of the frame: title, note, total, heading."""
    cell = WriteOnlyCell(sheet)
    _dress(cell, styles.frame(part, money=money))
    if isinstance(value, str):
        _set_text(cell, safe_text(value))
    elif value is not None:
        cell.value = value
    return cell


def _dress(cell: Any, style: StyleArray) -> None:
    # Sharing one finished style is what makes 50 000 rows a matter of seconds.
    cell._style = style


def _set_text(cell: Any, text: str) -> None:
    # Set past openpyxl's guessing: a leading "=" would become a formula.
    cell._value = text
    cell.data_type = "s"

"""xlsx, xlsm, xlsb and ods through calamine, as text row by row; runs in the child only.

calamine gives cells with an error, and formulas without a kept result, as empty: an overlay says where.
"""

from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from connectors.readers.cells import text_of
from connectors.readers.package_cells import overlay_of
from connectors.readers.worksheet import Cells, Found

Overlay = dict[tuple[int, int], str]


def read(path: Path) -> Iterator[Found]:
    """Every worksheet, hidden ones too; chart sheets hold no rows and are left out."""
    return worksheets(path, lambda position, name: overlay_of(path, name))


def worksheets(path: Path, overlay: Callable[[int, str], Overlay]) -> Iterator[Found]:
    with path.open("rb") as file:
        # From the open file, not the path: by path calamine believes the ending.
        workbook = CalamineWorkbook.from_filelike(file)
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                found = workbook.get_sheet_by_index(position)
                visible = sheet.visible == SheetVisibleEnum.Visible
                yield _found(found, visible, overlay(position, sheet.name))


def _found(sheet: CalamineSheet, visible: bool, overlay: Overlay) -> Found:
    left = sheet.start[1] if sheet.start else 0
    width = left + sheet.width if sheet.start else 0
    columns = max([width, *(column + 1 for _, column in overlay)])
    rows = _texts(sheet, left)
    if not overlay:
        return Found(sheet.name, visible, columns, rows)
    return Found(sheet.name, visible, columns, _overlaid(rows, overlay, columns))


def _texts(sheet: CalamineSheet, left: int) -> Iterator[Cells]:
    before = [""] * left
    for row in sheet.iter_rows():
        yield before + [cell if cell.__class__ is str else text_of(cell) for cell in row], None


def _overlaid(rows: Iterator[Cells], overlay: Overlay, columns: int) -> Iterator[Cells]:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in overlay.items():
        by_row.setdefault(row, {})[column] = text
    last = max(by_row)
    for number, (cells, problem) in enumerate(chain(rows, repeat(([], None)))):
        if not cells and number > last:
            return
        wide = cells + [""] * (columns - len(cells))
        for column, text in by_row.get(number, {}).items():
            wide[column] = wide[column] or text
        yield wide, problem

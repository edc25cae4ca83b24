"""Looking at a written sheet as a reader of the file would."""

from dataclasses import dataclass
from functools import cached_property

from openpyxl.worksheet.worksheet import Worksheet

TOTAL_ROW, HEADING_ROW, FIRST_ROW = 3, 4, 5
NOTHING = "本月无异常"


@dataclass(frozen=True)
class Reopened:
    """A sheet's main block."""

    sheet: Worksheet

    @cached_property
    def headings(self) -> list[str]:
        return [cell.value for cell in self.sheet[HEADING_ROW] if cell.value is not None]

    @cached_property
    def rows(self) -> list[dict]:
        """Rows down to the filter's end; none where the sheet says that nothing was found."""
        last = int(self.sheet.auto_filter.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if self.sheet.cell(FIRST_ROW, 1).value == NOTHING:
            return []
        width = len(self.headings)
        return [
            dict(zip(self.headings, (cell.value for cell in row[:width]), strict=True))
            for row in self.sheet.iter_rows(min_row=FIRST_ROW, max_row=last)
        ]

    def cell(self, heading: str, row: int = 0):
        return self.sheet.cell(FIRST_ROW + row, self.headings.index(heading) + 1)

    def total(self, heading: str):
        return self.sheet.cell(TOTAL_ROW, self.headings.index(heading) + 1).value


def block_of(sheet: Worksheet, title: str) -> list[tuple]:
    """The rows of a block below the main one, down to the next empty row; its title, note and headings left out."""
    cells = list(sheet.iter_rows(values_only=True))
    start = next(place for place, row in enumerate(cells) if row[0] == title)
    rows = []
    for row in cells[start + 3 :]:
        if row[0] is None:
            break
        rows.append(row)
    return rows


def all_text(workbook) -> str:
    """Every text of every cell, hidden ones too."""
    return "\n".join(
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    )

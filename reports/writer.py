"""The one writer: every sheet of every workbook looks and behaves the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.cells import body_cell, frame_cell, shown_text, shown_value
from reports.charts import chart_of, height_in_rows
from reports.headings import Heading
from reports.locking import lock
from reports.page_setup import HEADING_ROW, set_up_page
from reports.protection import guard_answers
from reports.style import StyleBook, column_width, lines_needed, row_height, text_width
from reports.table import Table

ROWS_MEASURED = 3000
TOTAL_LABEL_COLUMNS = 3
# Charts stand right of the main block, two beside each other.
CHARTS_BESIDE, CHART_COLUMNS, CHART_ROWS = 2, 8, 13
CHART_COLUMN_WIDTH = 9.0


@dataclass(frozen=True)
class Sheet:
    """A tab with its blocks; the first is the main one (filter, frozen headings, totals)."""

    tab: str
    blocks: list[Table]


def write_workbook(
    path: Path, sheets: Iterable[Sheet], *, title: str, issued: datetime, password: str | None = None
) -> None:
    """Write one workbook, encrypted where there is a password. Its properties name the system, never a person."""
    workbook = Workbook(write_only=True)
    styles = StyleBook(workbook)
    for sheet in sheets:
        _SheetWriter(workbook, styles, sheet).write()
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = "bangfu"
    properties.title = title
    properties.created = properties.modified = issued
    if password is None:
        workbook.save(path)
        return
    content = BytesIO()
    workbook.save(content)
    lock(content, path, password)


class _SheetWriter:
    """Streams one sheet; what stands above the rows in the file must be settled before the first row."""

    def __init__(self, workbook: Workbook, styles: StyleBook, sheet: Sheet) -> None:
        self.sheet = sheet
        self.styles = styles
        self.page: Worksheet = workbook.create_sheet(sheet.tab)
        self.row = 0
        self.values = [[tuple(map(shown_value, row)) for row in block.rows] for block in sheet.blocks]
        self.widths = self._widths()

    def write(self) -> None:
        main = self.sheet.blocks[0]
        self._set_up_page(main)
        self._write_main(main)
        charts = 0
        for block, values in zip(self.sheet.blocks[1:], self.values[1:], strict=True):
            heading_row = self._write_block(block, values)
            if block.chart and values:
                self._place_chart(block, heading_row, charts)
                charts += 1

    def _widths(self) -> list[float]:
        widths: list[float] = []
        for block, values in zip(self.sheet.blocks, self.values, strict=True):
            for position, heading in enumerate(block.headings):
                shown = (shown_text(row[position]) for row in values[:ROWS_MEASURED])
                width = column_width(heading.zh, shown, heading.width)
                widths[position : position + 1] = [max([width, *widths[position : position + 1]])]
        main = self.sheet.blocks[0]
        if _label_columns(main) == 1:
            widths[0] = max(widths[0], text_width(_total_label(main)) + 2)
        return widths

    def _set_up_page(self, main: Table) -> None:
        page = self.page
        for position, width in enumerate(self.widths, start=1):
            page.column_dimensions[get_column_letter(position)].width = width
        for position, heading in enumerate(main.headings, start=1):
            page.column_dimensions[get_column_letter(position)].hidden = heading.kind == "token"
        if any(block.chart for block in self.sheet.blocks):
            for position in range(len(self.widths) + 1, len(self.widths) + 2 + CHARTS_BESIDE * CHART_COLUMNS):
                page.column_dimensions[get_column_letter(position)].width = CHART_COLUMN_WIDTH
        shown = (width for width, heading in zip(self.widths, main.headings, strict=False) if heading.kind != "token")
        set_up_page(page, main, blocks=len(self.sheet.blocks), width=sum(shown))
        guard_answers(page, main.headings, first_row=HEADING_ROW + 1, rows=len(main.rows))

    def _write_main(self, main: Table) -> None:
        visible = sum(heading.kind != "token" for heading in main.headings)
        self._banner("title", main.title, visible, height=30.0)
        note = main.note + (f" 共找到 {main.found} 条,本表只列前 {len(main.rows)} 条。" if main.is_cut else "")
        self._banner("note", note, visible)
        self._append([] if main.is_text else self._totals(main), height=6.0 if main.is_text else 22.0)
        if not main.is_text:
            self._merge(_label_columns(main))
        self._headings(main)
        self._body(main, self.values[0])

    def _write_block(self, block: Table, values: list[tuple[Any, ...]]) -> int:
        self._append([], height=10.0)
        self._banner("block", block.title, len(block.headings), height=24.0)
        self._banner("note", block.note, len(self.widths))
        self._headings(block)
        heading_row = self.row
        self._body(block, values)
        return heading_row

    def _banner(self, part: str, text: str, columns: int, *, height: float | None = None) -> None:
        width = sum(self.widths[:columns])
        self._append(
            [frame_cell(self.page, self.styles, part, text)],
            height=height or row_height(lines_needed(text, width * 0.95)),
        )
        self._merge(columns)

    def _merge(self, columns: int) -> None:
        """The last row's first cells become one."""
        if columns > 1:
            self.page.merged_cells.add(f"A{self.row}:{get_column_letter(columns)}{self.row}")

    def _totals(self, table: Table) -> list[Any]:
        cells = []
        for position, heading in enumerate(table.headings):
            if position == 0:
                cells.append(frame_cell(self.page, self.styles, "total", _total_label(table)))
            elif heading.total:
                known = [row[position] for row in table.rows if row[position] is not None]
                is_money = heading.kind == "money"
                total = sum(known, Decimal(0) if is_money else 0)
                cells.append(frame_cell(self.page, self.styles, "sum", total, money=is_money))
            elif heading.kind == "balance":
                uneven = sum(row[position] == "不平" for row in table.rows)
                cells.append(frame_cell(self.page, self.styles, "total", f"不平 {uneven}"))
            else:
                cells.append(frame_cell(self.page, self.styles, "total"))
        return cells

    def _headings(self, table: Table) -> None:
        cells = [frame_cell(self.page, self.styles, "heading", heading.zh) for heading in table.headings]
        lines = max(
            lines_needed(heading.zh, width) for heading, width in zip(table.headings, self.widths, strict=False)
        )
        self._append(cells, height=row_height(lines))

    def _body(self, table: Table, values: list[tuple[Any, ...]]) -> None:
        if not values:
            cells = [frame_cell(self.page, self.styles, "empty") for _ in table.headings]
            cells[0] = frame_cell(self.page, self.styles, "empty", table.empty)
            self._append(cells, height=24.0)
            self._merge(len(cells))
            return
        for number, row in enumerate(values):
            marked = table.marked.get(number, ())
            money = number in table.money_rows
            target = HEADING_ROW + table.targets[number] if number in table.targets else 1
            cells = [
                body_cell(
                    self.page, self.styles, heading, value, marked=position in marked, money=money, target_row=target
                )
                for position, (heading, value) in enumerate(zip(table.headings, row, strict=True))
            ]
            self._append(cells, height=row_height(self._lines(row, table.headings)))

    def _lines(self, row: tuple[Any, ...], headings: list[Heading]) -> int:
        """What the tallest visible cell needs: the hidden token would make every row four lines high."""
        shown = zip(row, self.widths, headings, strict=False)
        texts = (
            (value, width) for value, width, heading in shown if isinstance(value, str) and heading.kind != "token"
        )
        return max((lines_needed(value, width) for value, width in texts), default=1)

    def _append(self, cells: list[Any], *, height: float) -> None:
        self.row += 1
        self.page.row_dimensions[self.row].height = height
        self.page.append(cells)

    def _place_chart(self, block: Table, heading_row: int, number: int) -> None:
        chart = chart_of(block, self.page, heading_row=heading_row)
        column = len(self.widths) + 1 + (number % CHARTS_BESIDE) * CHART_COLUMNS
        row = HEADING_ROW - 1 + (number // CHARTS_BESIDE) * CHART_ROWS
        # No chart stands below another of more rows than the usual.
        height = height_in_rows(block, CHART_ROWS)
        # Tied to cells at both ends: programs disagree on how wide a column is.
        chart.anchor = TwoCellAnchor(  # type: ignore[assignment]
            _from=AnchorMarker(col=column, row=row),
            to=AnchorMarker(col=column + CHART_COLUMNS - 1, row=row + height - 1),
        )
        self.page.add_chart(chart)


def _total_label(table: Table) -> str:
    return f"合计 {len(table.rows)} 条"


def _label_columns(table: Table) -> int:
    """How many leading cells of the totals row are free for its words."""
    free = 0
    for heading in table.headings[:TOTAL_LABEL_COLUMNS]:
        if heading.total or heading.kind == "balance":
            break
        free += 1
    return max(1, free)

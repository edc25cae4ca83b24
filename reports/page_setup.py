"""How a sheet stands on the screen and on A4 paper."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.table import Table

HEADING_ROW = 4
A4_PAPER = 9
# About what one A4 page holds at a size that can still be read, in widths of a Latin letter.
WIDEST_PAGE = 190.0


def set_up_page(page: Worksheet, main: Table, *, blocks: int, width: float) -> None:
    """Frozen headings and filter over the main block; landscape, headings on every page.

    A sheet too wide for one page takes two beside each other; the first column is on both.
    """
    page.freeze_panes = f"A{HEADING_ROW + 1}"
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 100
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4_PAPER
    on_one_page = main.is_text and blocks == 1
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1 + (width > WIDEST_PAGE), int(on_one_page)
    if width > WIDEST_PAGE:
        page.print_title_cols = "A:A"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.75, 0.3
    page.print_options.horizontalCentered = True
    page.print_title_rows = "1:1" if blocks > 1 else f"{HEADING_ROW}:{HEADING_ROW}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页,共 &N 页"))
    if not main.is_text:
        last = get_column_letter(len(main.headings))
        page.auto_filter.ref = f"A{HEADING_ROW}:{last}{HEADING_ROW + max(1, len(main.rows))}"

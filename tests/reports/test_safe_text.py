"""Whatever a name contains, a cell shows it and does nothing."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from reports.cells import body_cell, shown_value
from reports.headings import heading_of
from reports.safe_text import CUT_MARK, LONGEST_CELL, looks_like_formula, safe_text
from reports.style import StyleBook


def reopened(texts: list[str]) -> list:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("表")
    styles = StyleBook(workbook)
    for text in texts:
        cell = body_cell(sheet, styles, heading_of("name"), shown_value(text), marked=False, money=False)
        sheet.append([cell, "end"])
    stream = BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return [row[0] for row in load_workbook(stream)["表"].iter_rows()]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_as_text_or_nothing(texts):
    for text, cell in zip(texts, reopened(texts), strict=True):
        assert cell.data_type in ("s", "n", "inlineStr")
        assert (cell.value or "").replace("_x005F_", "_") == safe_text(text).replace("_x005F_", "_")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_starts_of_formulas_are_marked_as_text(text):
    (cell,) = reopened([text])
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert looks_like_formula(cell.value)


def test_control_characters_go_and_four_byte_characters_stay():
    assert safe_text("张\x00\x07三\u202e𠮷😀\ud800") == "张三𠮷😀"


def test_what_excel_would_unescape_is_kept_as_written():
    assert safe_text("_x0041_") == "_x005F_x0041_"


def test_over_long_text_is_cut_and_says_so():
    cut = safe_text("长" * 40_000)
    assert len(cut) == LONGEST_CELL
    assert cut.endswith(CUT_MARK)
    assert safe_text("长" * LONGEST_CELL) == "长" * LONGEST_CELL

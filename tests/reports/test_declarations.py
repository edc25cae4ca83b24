"""What is declared once must cover what the sheets use, and say nothing it should not."""

import re

import pytest

from reports.disclosure import RECIPIENTS, load_disclosure
from reports.headings import heading_of, load_headings
from reports.sheet_file import WORKBOOKS, sheets_of
from reports.style import column_width, lines_needed, text_width
from reports.tabs import file_name, tab_name
from reports.tokens import row_token
from tests.reports.published import JUNE, MAY, SECRET
from warehouse.errors import BangfuError

FORBIDDEN = {"diagnosis", "diagnosis_code", "phone", "address", "employer", "person_id", "finding_id", "id_no"}


def test_every_heading_has_a_reader_and_every_reader_a_heading():
    assert set(load_headings()) == set(load_disclosure().columns)
    assert all(readers and readers <= set(RECIPIENTS) for readers in load_disclosure().columns.values())


def test_nothing_can_be_shown_that_no_recipient_needs():
    assert not FORBIDDEN & set(load_disclosure().columns)
    assert load_disclosure().facts["medical_settlements"] == ()


def test_an_undeclared_column_is_refused_not_shown():
    with pytest.raises(BangfuError, match="没有规定谁可以看"):
        load_disclosure().may_see("office", "diagnosis")
    with pytest.raises(BangfuError, match="没有表头"):
        heading_of("diagnosis")


def test_sheet_files_keep_words_out_of_column_names():
    for file in WORKBOOKS.rglob("*.sql"):
        assert not re.search(r"\bas\s+\"?[\u4e00-\u9fff]", file.read_text(encoding="utf-8"))
    for workbook in WORKBOOKS.iterdir():
        for blocks in sheets_of(workbook.name).values():
            assert blocks[0].tab
            assert all(block.title and block.note for block in blocks)


def test_tokens_differ_by_finding_month_kind_and_home():
    keys = [("finding", "f1", JUNE), ("finding", "f2", JUNE), ("finding", "f1", MAY), ("review", "f1", JUNE)]
    tokens = {row_token(SECRET, row=row, key=key, month=month) for row, key, month in keys}
    tokens |= {row_token(b"another home's secret", row="finding", key="f1", month=JUNE)}
    assert len(tokens) == 5
    assert all(re.fullmatch("[0-9a-f]{32}", token) for token in tokens)


def test_tab_names_are_valid_short_and_distinct():
    taken: set[str] = set()
    names = [tab_name("退出/后:仍[发]放*?" + "很" * 40, taken) for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.parametrize("wanted", ["../../etc/passwd", "a/b\\c", "..", "", "玉山:镇"])
def test_file_names_cannot_leave_their_folder(wanted):
    name = file_name(wanted)
    assert name
    assert not re.search(r"[/\\:]", name)
    assert name not in (".", "..")


def test_chinese_text_counts_two():
    assert text_width("张三a") == 5
    assert column_width("姓名", ["张三", "欧阳娜娜"], 40) >= 10
    assert column_width("说明", ["长" * 100], 40) == 40
    assert lines_needed("长" * 40, 42) == 2
    assert lines_needed("一\n二\n三", 40) == 3

"""Our workbooks read back: who stands in them, locked or not."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from flows.keeping.books import masked, pages_naming, people_in
from reports.locking import lock

NUMBER, OTHER = "320583198501010012", "320583198501010098"
ROWS = [
    ("标题",),
    ("序号", "姓名", "身份证号码"),
    (1, "甲一", NUMBER),
    (2, "甲一", NUMBER),
    (3, "乙二", OTHER),
    (),
    ("姓名", "另一方姓名", "身份证号码(部分隐去)", "另一方证件号码", "校验码"),
    ("丙三", "丁四", masked(OTHER), "1****1", "token"),
    (),
    ("区镇", "户数"),
    ("玉山镇", 3),
]


@pytest.fixture
def book(tmp_path):
    workbook = Workbook()
    workbook.active.title = "缺口"
    for row in ROWS:
        workbook.active.append(row)
    workbook.create_sheet("空")
    workbook.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


@pytest.fixture
def locked(book, tmp_path):
    lock(BytesIO(book.read_bytes()), tmp_path / "locked.xlsx", "a good password")
    return tmp_path / "locked.xlsx"


def test_each_person_counts_once_in_an_open_book_and_in_a_locked_one(book, locked):
    assert people_in(book, []) == 4
    assert people_in(locked, ["another password", "a good password"]) == 4


@pytest.mark.parametrize(
    ("words", "name", "number", "found"),
    [
        ({NUMBER}, "", "", ["缺口"]),
        ({"token"}, "", "", ["缺口"]),
        (set(), "丙三", OTHER, ["缺口"]),
        (set(), "甲一", OTHER, []),
        ({"toke", NUMBER[:-1]}, "", NUMBER, []),
    ],
)
def test_a_person_is_found_by_word_or_by_name_with_masked_number(locked, words, name, number, found):
    assert pages_naming(locked, ["a good password"], words=words, name=name, number=number) == found


def test_a_book_that_does_not_open_is_told_not_passed_over(locked, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    for file in (locked, tmp_path / "broken.xlsx"):
        with pytest.raises(ValueError, match="password|workbook"):
            pages_naming(file, ["another password"], words={NUMBER}, name="", number="")

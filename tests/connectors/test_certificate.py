"""Category and grade of a disability certificate out of its number, where their cells say nothing."""

import pytest

from tests.connectors.small_home import SmallHome, number, table, with_cell, without

NAME = "disability_certificates"


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path)


def taken(home, rows):
    home.put_table(NAME, rows)
    home.night()
    return home.in_force(NAME, "name, category, grade")


def test_a_grade_that_is_not_said_is_the_one_in_the_number(home):
    rows = with_cell(table(NAME, 3), NAME, 1, "grade", "重度")
    rows = with_cell(with_cell(rows, NAME, 2, "grade", None), NAME, 2, "category", "肢体2,智力3")
    assert taken(home, rows) == [("name0", "visual", 2), ("name1", "physical", 2), ("name2", "visual", 1)]
    notes = home.rows("select source_row, column_name, reason from raw.cell_note order by all")
    assert [(row, heading) for row, heading, _ in notes] == [(2, "残疾等级"), (3, "残疾类别")]
    assert all(reason.endswith("按残疾人证号所载处理") for _, _, reason in notes)


def test_columns_that_do_not_come_are_read_out_of_the_number(home):
    rows = without(table(NAME, 1), NAME, "category", "grade")
    assert taken(home, rows) == [("name0", "physical", 2)]


@pytest.mark.parametrize("damaged", [number(0)[:15] + "00042", number(0), number(0) + "92", "办理中"])
def test_a_damaged_number_tells_nothing(home, damaged):
    rows = with_cell(with_cell(table(NAME, 1), NAME, 1, "grade", "重度"), NAME, 1, "disability_no", damaged)
    assert taken(home, rows) == [("name0", "visual", None)]
    assert home.rows("select reason from raw.cell_note") == [("代码表里没有这种写法,按未知处理",)]

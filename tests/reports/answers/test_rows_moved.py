"""Rows that were sorted, moved, cut or pasted: whole ones are bound as before, others to nobody."""

from datetime import date

import pytest

from tests.reports.answers.desk import (
    FIRST_ROW,
    HEADING_ROW,
    REFUSALS,
    TOKEN,
    answered,
    fill,
    place,
    row_of,
    values_of,
    write_values,
)

DAY = date(2026, 7, 6)
FORMULA_NAME = '=HYPERLINK("http://x","点我")'


def swap_rows(sheet, columns) -> None:
    """Change the two rows of a sheet with one another in these columns."""
    first, second = values_of(sheet, FIRST_ROW), values_of(sheet, FIRST_ROW + 1)
    for column in columns:
        first[column], second[column] = second[column], first[column]
    write_values(sheet, FIRST_ROW, first)
    write_values(sheet, FIRST_ROW + 1, second)


def sorted_whole(sheet):
    swap_rows(sheet, range(sheet.max_column))


def without_titles(sheet):
    sheet.delete_rows(1, 3)


def columns_moved(sheet):
    rows = [values_of(sheet, row)[::-1] for row in range(HEADING_ROW, FIRST_ROW + 2)]
    for row, values in enumerate(rows, HEADING_ROW):
        write_values(sheet, row, values)


def filtered(sheet):
    sheet.row_dimensions[FIRST_ROW].hidden = sheet.row_dimensions[FIRST_ROW + 1].hidden = True
    sheet.column_dimensions["C"].hidden = True


def columns_dropped_that_say_nothing(sheet):
    sheet.delete_cols(place(sheet, "村(社区)"))


def pasted_below_with_headings(sheet):
    for row in (HEADING_ROW, FIRST_ROW, FIRST_ROW + 1):
        write_values(sheet, row + 20, values_of(sheet, row))
    sheet.delete_rows(1, 10)


def renamed(sheet):
    sheet.title = "李主任看过"


def wrapped(sheet):
    column = place(sheet, "为何列出")
    for row in (FIRST_ROW, FIRST_ROW + 1):
        sheet.cell(row, column).value = sheet.cell(row, column).value.replace(",", ",\r\n ")


WHOLE = [
    sorted_whole, without_titles, columns_moved, filtered, columns_dropped_that_say_nothing, pasted_below_with_headings,
    renamed, wrapped,
]  # fmt: skip


@pytest.mark.parametrize("edit", WHOLE)
def test_edits_that_keep_rows_whole_change_nothing(desk, edit):
    book = answered(desk)
    edit(book[REFUSALS])
    assert desk.give_back(book) == [("applied", None)]
    assert desk.states() == {"f02": "不属实"}


def sorted_without_the_hidden_column(sheet):
    swap_rows(sheet, range(sheet.max_column - 1))


def name_column_deleted(sheet):
    sheet.delete_cols(place(sheet, "姓名"))


def cells_pasted_over(sheet):
    own = values_of(sheet, row_of(sheet, "李四"))
    write_values(sheet, row_of(sheet, FORMULA_NAME), own[: place(sheet, TOKEN) - 1])


def token_edited(sheet):
    cell = sheet.cell(row_of(sheet, "李四"), place(sheet, TOKEN))
    cell.value = cell.value[:-1] + ("0" if cell.value[-1] != "0" else "1")


def token_gone(sheet):
    sheet.cell(row_of(sheet, "李四"), place(sheet, TOKEN)).value = None


def token_of_the_other(sheet):
    column = place(sheet, TOKEN)
    sheet.cell(row_of(sheet, "李四"), column).value = sheet.cell(row_of(sheet, FORMULA_NAME), column).value


def state_column_doubled(sheet):
    for row in range(HEADING_ROW, FIRST_ROW + 2):
        sheet.cell(row, sheet.max_column if row > HEADING_ROW else sheet.max_column + 1).value = (
            "状态" if row == HEADING_ROW else "待核实"
        )


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (sorted_without_the_hidden_column, "对不上"),
        (name_column_deleted, "对不上"),
        (token_edited, "不是本系统签发"),
        (token_gone, "没有校验码"),
        (token_of_the_other, "对不上"),
        (state_column_doubled, "出现了两次"),
    ],
)
def test_a_row_that_is_no_longer_whole_binds_to_nobody(desk, edit, reason):
    book = answered(desk)
    edit(book[REFUSALS])
    told = desk.give_back(book)
    assert [outcome for outcome, _ in told] == ["returned"] and reason in told[0][1]
    assert desk.states() == {} and desk.ask("from answers.finding_answer") == []


def test_an_answer_pasted_over_anothers_row_counts_for_its_own_row_alone(desk):
    book = answered(desk)
    cells_pasted_over(book[REFUSALS])
    told = desk.give_back(book)
    assert sorted(outcome for outcome, _ in told) == ["applied", "returned"]
    assert desk.states() == {"f02": "不属实"}


def test_rows_pasted_from_another_sheet_keep_what_they_are_about(desk):
    book = desk.book()
    fill(book["危房治理与补助"], state="已通知", notified=DAY)
    write_values(book[REFUSALS], 30, values_of(book["危房治理与补助"], HEADING_ROW))
    write_values(book[REFUSALS], 31, values_of(book["危房治理与补助"], FIRST_ROW))
    book.remove(book["危房治理与补助"])
    assert desk.give_back(book) == [("applied", None)]
    assert desk.states() == {"f04": "已通知"}

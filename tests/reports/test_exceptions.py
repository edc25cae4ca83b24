"""例外清单: who sees what, what may be typed, and that nothing a name contains can run."""

import re

import pytest

from reports.disclosure import load_disclosure
from reports.headings import load_headings
from reports.tokens import row_token
from tests.reports.conftest import NUMBERS
from tests.reports.published import DEPARTMENTS, JUNE, SECRET
from tests.reports.reopened import FIRST_ROW, NOTHING, Reopened, all_text

ANSWERS = ["状态", "核实结果", "通知日期", "答复日期", "核实人", "备注"]
STATES = ["待核实", "已通知", "已答复", "属实", "不属实", "已过期"]


def book_of(workbooks, department: str):
    return workbooks[f"例外清单_{department}_2026-06.xlsx"]


@pytest.fixture(scope="module")
def civil(workbooks):
    return book_of(workbooks, "civil_affairs")


def test_there_is_one_book_per_department_and_town(workbooks):
    departments = {f"例外清单_{department}_2026-06.xlsx" for department in DEPARTMENTS}
    towns = {f"区镇清单_{town}_2026-06.xlsx" for town in ("玉山镇", "巴城镇")}
    assert set(workbooks) == {"月度核对总表_2026-06.xlsx"} | departments | towns


def test_support_comes_first_and_a_rule_of_two_kinds_has_two_sheets(civil):
    assert civil.sheetnames == [
        "说明", "危房治理与补助", "返困监测", "退出后仍发放(缺口)", "拒绝就业介绍", "退出后仍发放", "跟踪走访",
        "身份待核",
        "数据质量",
    ]  # fmt: skip
    assert "(缺口)" in civil["退出后仍发放(缺口)"]["A1"].value
    assert "(核实)" in civil["退出后仍发放"]["A1"].value


def test_planned_rules_have_no_sheet_and_departments_only_their_own(workbooks):
    assert book_of(workbooks, "hr_social_security").sheetnames == ["说明", "拒绝就业介绍", "身份待核", "数据质量"]
    assert book_of(workbooks, "disabled_persons_federation").sheetnames == ["说明", "身份待核", "数据质量"]


def test_an_empty_sheet_says_so(civil):
    # The only finding of this rule was settled as 不属实: settled stays settled.
    assert civil["退出后仍发放"].cell(FIRST_ROW, 1).value == NOTHING
    assert civil["退出后仍发放"]["A3"].value == "合计 0 条"


def test_the_locator_is_the_departments_own_file_and_row(workbooks):
    hr = Reopened(book_of(workbooks, "hr_social_security")["拒绝就业介绍"])
    places = {row["姓名"]: (row["来源文件"], row["来源行号"]) for row in hr.rows}
    assert places["李四(登记)"] == ("介绍登记.csv", 5)
    assert (None, None) in places.values()
    civil = Reopened(book_of(workbooks, "civil_affairs")["拒绝就业介绍"])
    assert [(row["来源文件"], row["工作表"], row["来源行号"]) for row in civil.rows if row["姓名"] == "李四"] == [
        ("花名册_202606.xlsx", "明细", 4)
    ]


def test_full_numbers_only_as_the_department_itself_delivered_them(workbooks):
    hr = Reopened(book_of(workbooks, "hr_social_security")["拒绝就业介绍"])
    assert {row["身份证号码"] for row in hr.rows} == {NUMBERS["P2"].lower(), "320583********005X"}
    assert hr.cell("身份证号码").data_type == "s"
    assert hr.cell("身份证号码").number_format == "@"


def test_a_department_sees_only_the_columns_it_is_allowed(workbooks):
    words = {heading.zh for column, heading in load_headings().items() if column in load_disclosure().columns}
    for department in DEPARTMENTS:
        allowed = {
            heading.zh
            for column, heading in load_headings().items()
            if load_disclosure().columns.get(column, frozenset()) & {department}
        }
        for sheet in book_of(workbooks, department).worksheets[1:]:
            assert set(Reopened(sheet).headings) <= allowed
        assert words - allowed
    health = book_of(workbooks, "health")["返困监测"]
    assert not {"涉及金额(元)", "家庭编号"} & set(Reopened(health).headings)


def test_a_fact_of_health_stays_in_health(workbooks):
    assert "就医自付" in all_text(book_of(workbooks, "health"))
    for name, book in workbooks.items():
        if "health" not in name:
            assert "就医自付" not in all_text(book)
    assert "结算_01.csv" not in all_text(book_of(workbooks, "civil_affairs"))
    assert "卫生健康委" in Reopened(book_of(workbooks, "civil_affairs")["返困监测"]).rows[0]["依据"]


def test_answers_are_open_and_everything_else_is_protected(civil):
    sheet = Reopened(civil["拒绝就业介绍"])
    assert sheet.sheet.protection.sheet
    assert not sheet.sheet.protection.autoFilter
    assert sheet.headings[-7:-1] == ANSWERS
    for heading in sheet.headings:
        assert sheet.cell(heading).protection.locked == (heading not in ANSWERS)


def test_drop_downs_refuse_what_is_not_on_the_list(civil):
    sheet = Reopened(civil["拒绝就业介绍"])
    lists = [check for check in sheet.sheet.data_validations.dataValidation if check.type == "list"]
    assert [check.formula1 for check in lists] == [f'"{",".join(STATES)}"']
    column = sheet.cell("状态").column_letter
    assert str(lists[0].sqref) == f"{column}5:{column}6"
    dates = [check for check in sheet.sheet.data_validations.dataValidation if check.type == "date"]
    assert len(dates) == 2
    assert all(check.showErrorMessage for check in [*lists, *dates])


def test_the_token_is_hidden_unguessable_and_bound_to_finding_and_month(civil):
    sheet = Reopened(civil["拒绝就业介绍"])
    cell = sheet.cell("校验码(请勿改动)")
    assert sheet.sheet.column_dimensions[cell.column_letter].hidden
    tokens = {row["校验码(请勿改动)"] for row in sheet.rows}
    assert tokens == {row_token(SECRET, row="finding", key=key, month=JUNE) for key in ("f02", "f05")}
    assert "f02" not in all_text(civil)


def test_due_date_is_ten_weekdays_after_issue(civil):
    row = Reopened(civil["拒绝就业介绍"]).rows[0]
    assert str(row["答复期限"])[:10] == "2026-07-17"
    assert "2026年7月17日 前答复" in civil["拒绝就业介绍"]["A2"].value


def test_a_name_that_looks_like_a_formula_stays_text(workbooks):
    for department in ("civil_affairs", "hr_social_security"):
        sheet = Reopened(book_of(workbooks, department)["拒绝就业介绍"])
        cells = [cell for row in sheet.sheet.iter_rows(min_row=5) for cell in row if str(cell.value).startswith("=")]
        assert cells
        assert all(cell.data_type == "s" and cell.quotePrefix and cell.hyperlink is None for cell in cells)
    for book in workbooks.values():
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_identity_questions_go_to_whoever_delivered_the_row_with_differences_marked(workbooks):
    sheet = Reopened(book_of(workbooks, "health")["身份待核"])
    (row,) = sheet.rows
    assert (row["来源文件"], row["来源行号"], row["身份证号码"]) == ("结算_01.csv", 20, "3205831980****")
    assert row["不同之处"] == "证件号码、性别"
    marked = {heading for heading in sheet.headings if sheet.cell(heading).fill.fgColor.rgb == "00FCE1D4"}
    assert marked == {"身份证号码", "另一方证件号码", "性别", "另一方性别"}
    assert sheet.headings.index("另一方姓名") == sheet.headings.index("姓名") + 1
    choice = sheet.sheet.data_validations.dataValidation[0]
    assert choice.formula1 == '"是,否,不确定"'
    assert Reopened(book_of(workbooks, "civil_affairs")["身份待核"]).rows == []


def test_most_frequent_causes_of_bad_data_come_first(civil):
    rows = Reopened(civil["数据质量"]).rows
    assert [row["同类条数"] for row in rows] == [3, 3, 3, 1]
    assert (rows[3]["列(表头)"], rows[3]["来源行号"]) == ("享受起始日期", 90)


def test_nothing_says_that_money_is_stopped(workbooks):
    for book in workbooks.values():
        assert not re.search("停发|停保|取消待遇|追回|扣发|应当退出", all_text(book))


def test_every_sheet_is_ready_to_read_and_print(workbooks):
    for book in workbooks.values():
        for sheet in book:
            assert sheet.freeze_panes == "A5"
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth == (2 if sheet.print_title_cols else 1)
            assert sheet.print_title_rows
            assert sheet.title == "说明" or sheet.auto_filter.ref
        assert book.properties.creator == "bangfu"

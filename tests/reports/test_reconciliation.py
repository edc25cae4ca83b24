"""月度核对总表: the sheets, the two sides of every check, masked numbers."""

import re
from collections import Counter

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import NUMBERS, small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish
from tests.reports.reopened import Reopened, all_text, block_of

NAME = "月度核对总表_2026-06.xlsx"


@pytest.fixture(scope="module")
def book(workbooks):
    return workbooks[NAME]


def checks(book, name: str) -> list[dict]:
    return [row for row in Reopened(book["勾稽"]).rows if row["核对"].startswith(name)]


def test_sheets_are_those_the_office_expects_support_before_what_is_verified(book):
    assert book.sheetnames == [
        "说明", "汇总", "工作量", "勾稽", "家庭变动", "人员变动", "金额差异", "缺口", "核实", "区镇", "规则目录",
        "数据交付",
    ]  # fmt: skip


def test_opening_plus_in_minus_out_is_closing_by_category_and_town(book):
    for name in ("家庭", "人员", "金额"):
        rows = checks(book, name)
        assert len(rows) >= 4
        for row in rows:
            assert row["期初"] + row["增加"] - row["减少"] == row["左边数"]
            assert row["左边数"] == row["右边数"]
            assert (row["差额"], row["核对结果"]) == (0, "平")


def test_every_kind_of_move_is_counted_in_its_cell(book):
    cells = {(row["救助类别"], row["区镇"]): row for row in checks(book, "家庭")}
    assert cells["低保边缘", "巴城镇"]["说明"] == "退出 1"
    assert cells["特困", "未登记"]["说明"] == "新增 1"
    assert cells["低保", "玉山镇"]["说明"] == "转出 1"
    assert cells["低保边缘", "玉山镇"]["说明"] == "转入 1"


def test_a_raise_moves_yuan_without_moving_families(book):
    row = next(row for row in checks(book, "金额") if (row["救助类别"], row["区镇"]) == ("低保", "玉山镇"))
    assert (row["期初"], row["增加"], row["减少"], row["右边数"]) == (6000, 50, 600, 5450)


def test_payments_that_were_never_delivered_are_unknown_not_zero(book):
    marks = {row["救助类别"]: row["核对结果"] for row in checks(book, "花名册与发放:金额")}
    assert marks == {"低保": "平", "低保边缘": "未交付", "特困": "未交付"}


def test_rows_of_a_delivery_are_counted_from_what_became_of_them(book):
    row = next(row for row in checks(book, "数据交付") if row["项目"] == "民政局 花名册_202606.xlsx 明细")
    assert (row["左边数"], row["右边数"], row["核对结果"]) == (32, 32, "平")
    assert row["说明"] == "收下 29、未收下 1、跳过 2"


def test_a_leaver_with_an_exit_record_balances(book):
    (row,) = checks(book, "离开花名册")
    assert (row["左边数"], row["右边数"], row["核对结果"]) == (1, 1, "平")


def test_gaps_and_verification_hold_every_finding_once(book):
    gaps, verify = Reopened(book["缺口"]), Reopened(book["核实"])
    assert Counter(row["规则"] for row in gaps.rows) == {
        "返困监测": 1, "家庭医生签约缺口": 1, "危房治理与补助": 1, "退出后仍发放": 1,
    }  # fmt: skip
    assert Counter(row["规则"] for row in verify.rows) == {"拒绝就业介绍": 2, "退出后仍发放": 1}
    assert {row["国家标准"] for row in verify.rows} == {"已达到", "未达到", None}


def test_totals_stand_above_and_equal_the_rows_below(book):
    for name in ("缺口", "核实", "区镇", "数据交付", "勾稽", "汇总"):
        sheet = Reopened(book[name])
        assert sheet.sheet["A3"].value == f"合计 {len(sheet.rows)} 条"
    verify = Reopened(book["核实"])
    assert verify.total("涉及金额(元)") == sum(row["涉及金额(元)"] or 0 for row in verify.rows) == 1200
    towns = Reopened(book["区镇"])
    assert towns.total("人数") == sum(row["人数"] for row in towns.rows) == 29
    assert towns.total("缺口待办") == 4


def test_no_full_number_is_in_the_office_book(book):
    text = all_text(book)
    assert not [number for number in NUMBERS.values() if number in text]
    assert not re.search(r"\d{17}[\dXx]", text)
    assert "320583********002X" in text


def test_a_settled_matter_is_no_open_one(book):
    figures = {(row["类别"], row["指标"]): row["本月"] for row in Reopened(book["汇总"]).rows}
    assert figures["核实", "待办事项"] == 2
    assert figures["核实", "核实为不属实"] == 1
    assert figures["缺口", "待办事项"] == 4


def test_summary_compares_with_the_month_before_and_leaves_unknown_blank(book):
    figures = {(row["类别"], row["指标"]): row for row in Reopened(book["汇总"]).rows}
    amount = figures["帮扶", "月保障金额"]
    assert (amount["本月"], amount["上月"], amount["增减"]) == (17450, 17400, 50)
    assert figures["缺口", "待办事项"]["上月"] is None


def test_summary_has_native_charts_with_axes(book):
    charts = book["汇总"]._charts
    assert [type(chart).__name__ for chart in charts] == ["LineChart", "PieChart", "BarChart", "BarChart"]
    assert not any(chart.x_axis.delete for chart in charts if hasattr(chart, "x_axis"))


def test_catalogue_names_unset_parameters_and_rules_that_do_not_run(book):
    rules = {row["规则代号"]: row for row in Reopened(book["规则目录"]).rows}
    assert rules["relapse"]["未设参数"] == "大额医疗支出"
    assert rules["training_gap"]["运行情况"] == "待建"


def test_deliveries_name_what_was_refused_and_what_never_came(book):
    rows = Reopened(book["数据交付"]).rows
    assert {row["情况"] for row in rows} == {"已收下", "整份退回", "从未收到"}
    assert {row["数据表"] for row in rows if row["情况"] == "从未收到"} >= {"危险房屋治理台账", "持证残疾人花名册"}


def test_links_of_the_first_page_lead_to_sheets(book):
    targets = [cell.hyperlink.location for row in book["说明"].iter_rows() for cell in row if cell.hyperlink]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_a_rule_is_on_trial_until_its_answers_say_otherwise(tmp_path):
    def measure(connection):
        connection.executemany(
            "insert into mart.rule_precision values (?, ?, ?, ?, ?, ?, ?, ?)",
            [("relapse", "all", "", 30, 27, 0.9, False, False), ("work_refusal", "all", "", 3, 1, 0.3333, True, True),
             ("relapse", "sex", "female", 3, 3, 1, True, True),
             ("dangerous_house", "all", "", 0, 0, None, True, False)],
        )  # fmt: skip

    path = publish(small_city(), tmp_path / "full.duckdb", measure)
    paths = write_month(path, tmp_path / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    book = load_workbook(next(path for path in paths if path.name == NAME))
    rules = {row["规则代号"]: row for row in Reopened(book["规则目录"]).rows}
    assert (rules["relapse"]["运行情况"], rules["relapse"]["属实比例"]) == ("运行中", 0.9)
    assert (rules["work_refusal"]["运行情况"], rules["work_refusal"]["有答复"]) == ("试运行", 3)
    assert rules["dangerous_house"]["有答复"] is None
    groups = [row[:6] for row in block_of(book["规则目录"], "答复中属实的比例")]
    assert groups == [
        ("返困监测", "全部", None, 30, 27, 0.9), ("返困监测", "性别", "女", 3, 3, 1),
        ("拒绝就业介绍", "全部", None, 3, 1, 0.3333),
    ]  # fmt: skip
    figures = {(row["类别"], row["指标"]): row["本月"] for row in Reopened(book["汇总"]).rows}
    assert (figures["规则", "运行中的规则"], figures["规则", "其中试运行"]) == (3, 2)
    workload = {row[0]: row[5] for row in block_of(book["工作量"], "各规则")}
    assert (workload["返困监测"], workload["拒绝就业介绍"]) == ("已达标", "试运行")
    civil = load_workbook(next(path for path in paths if "civil_affairs" in path.name))
    assert "试运行" in civil["拒绝就业介绍"]["A2"].value and "试运行" not in civil["返困监测"]["A2"].value

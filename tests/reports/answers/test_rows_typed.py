"""What liaisons type into one row: each is applied as meant, or handed back with the reason; never half."""

from datetime import date, datetime

import pytest

from tests.reports.answers.desk import REFUSALS, fill, row_of

DAY = date(2026, 7, 6)
TRUE = {"state": "属实", "notified": DAY, "replied": date(2026, 7, 8), "by": "王小明"}

TAKEN = {
    "notice as a date": ({"state": "已通知", "notified": DAY}, "已通知"),
    "notice with a time": ({"state": "已通知", "notified": datetime(2026, 7, 6, 9, 30)}, "已通知"),
    "notice with points": ({"state": "已通知", "notified": "2026.7.6"}, "已通知"),
    "notice with slashes": ({"state": "已通知", "notified": "2026/7/6"}, "已通知"),
    "notice in Chinese": ({"state": "已通知", "notified": "2026年7月6日"}, "已通知"),
    "notice as eight digits": ({"state": "已通知", "notified": "20260706"}, "已通知"),
    "notice as a spreadsheet's number": ({"state": "已通知", "notified": 46209}, "已通知"),
    "notice in full width": ({"state": " 已通知 ", "notified": "２０２６-０７-０６"}, "已通知"),
    "an answer": ({"state": "已答复", "notified": DAY, "replied": "2026-07-08"}, "已答复"),
    "true after an answer": (TRUE, "属实"),
    "true after ten working days": ({**TRUE, "notified": date(2026, 7, 17), "replied": None}, "属实"),
    "untrue, unsigned, for the person": ({"state": "不属实"}, "不属实"),
    "over": ({"state": "已过期", "by": "王小明"}, "已过期"),
}
HANDED_BACK = {
    "true a day too early": ({**TRUE, "notified": date(2026, 7, 20), "replied": None}, "只过了 9 个工作日"),
    "true without notice": ({**TRUE, "notified": None}, "通知日期"),
    "true without a name": ({**TRUE, "by": None}, "核实人"),
    "a number for a name": ({**TRUE, "by": "13812345678"}, "要写姓名"),
    "a word for a name": ({**TRUE, "by": "核实人"}, "要写姓名"),
    "notice tomorrow": ({"state": "已通知", "notified": date(2026, 8, 1)}, "今天之后"),
    "answer before notice": ({**TRUE, "replied": date(2026, 7, 3)}, "早于通知日期"),
    "notified without a day": ({"state": "已通知"}, "通知日期"),
    "answered without a day": ({"state": "已答复", "notified": DAY}, "答复日期"),
    "a day without a year": ({"state": "已通知", "notified": "7月6日"}, "日期"),
    "a month for a day": ({"state": "已通知", "notified": "2026年7月"}, "没有写到日"),
    "a day that is none": ({"state": "已通知", "notified": "2026-06-31"}, "日期"),
    "a state of their own": ({"state": "停发"}, "只能是"),
    "no state": ({"state": None, "result": "已核实"}, "没有选状态"),
    "state left alone": ({"state": "待核实", "notified": DAY}, "还是待核实"),
    "a formula": ({"state": "已通知", "notified": "=TODAY()"}, "日期"),
    "a text that never ends": ({"state": "不属实", "remark": "长" * 2001}, "超过"),
}


@pytest.mark.parametrize(("typed", "state"), TAKEN.values(), ids=TAKEN)
def test_a_complete_answer_is_taken_in(desk, typed, state):
    book = desk.book()
    fill(book[REFUSALS], row_of(book[REFUSALS], "李四"), **typed)
    assert desk.give_back(book) == [("applied", None)]
    assert desk.states() == {"f02": state}
    ((by, why),) = desk.ask("""select "by", why from findings.history where "by" <> '系统'""")
    assert by == typed.get("by", "(未署名)") and "第 5 行" in why and "sha-1" in why


@pytest.mark.parametrize(("typed", "reason"), HANDED_BACK.values(), ids=HANDED_BACK)
def test_an_incomplete_answer_is_handed_back_whole(desk, typed, reason):
    book = desk.book()
    fill(book[REFUSALS], row_of(book[REFUSALS], "李四"), **typed)
    ((outcome, why),) = desk.give_back(book)
    assert outcome == "returned" and reason in why
    assert desk.states() == {} and desk.ask("from answers.finding_answer") == []


def test_nobody_who_typed_is_quoted_in_a_reason(desk):
    book = desk.book()
    fill(book[REFUSALS], state="停发此人", notified="李四说的那天", by="320583198001010011")
    ((_, why),) = desk.give_back(book)
    assert "李四" not in why and "停发" not in why and "3205" not in why


def test_the_preparer_is_no_reviewer(desk):
    book = desk.book()
    fill(book[REFUSALS], **TRUE)
    book[REFUSALS].cell(30, 1).value = "制表人：王小明    2026年7月8日"
    assert "不能是制表人" in desk.give_back(book)[0][1]
    book[REFUSALS].cell(30, 1).value = "制表人：赵大"
    assert desk.give_back(book) == [("applied", None)]


def test_a_gap_is_closed_only_by_a_named_reviewer(desk):
    book = desk.book()
    fill(book["危房治理与补助"], state="不属实")
    assert "核实人" in desk.give_back(book)[0][1]
    fill(book["危房治理与补助"], state="不属实", by="王小明")
    assert desk.give_back(book) == [("applied", None)]


def test_a_remark_alone_is_kept_and_changes_nothing(desk):
    book = desk.book()
    fill(book[REFUSALS], remark="本人外出,下周再访")
    assert desk.give_back(book) == [("applied", None)]
    assert desk.states() == {}
    assert desk.ask("select state, remark from answers.finding_answer") == [("待核实", "本人外出,下周再访")]


def test_holidays_count_where_the_home_has_set_them(desk):
    desk.connection.execute(
        "insert into policy.holiday_arrangement values ('2026-01-01', '2026-07-20', '休息', '例'), "
        "('2026-01-01', '2026-07-25', '上班', '例'), ('2026-01-01', '2026-07-26', '上班', '例')"
    )
    book = desk.book()
    fill(book[REFUSALS], state="属实", notified=date(2026, 7, 20), by="王小明")
    # nine weekdays to the 31st, and the worked weekend; the day off is the day of notice itself
    assert desk.give_back(book) == [("applied", None)]

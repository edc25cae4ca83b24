"""Whole books as they come back: half filled, sent twice, in conflict, a month late. Each answer counts once."""

from collections import Counter
from datetime import date

import pytest
from openpyxl.workbook import Workbook

from flows.answers import day_reader
from reports.answers.said import read_row
from reports.answers.sheets import rows_of
from tests.reports.answers.desk import REFUSALS, answered, fill, row_of, values_of, write_values
from tests.reports.conftest import NUMBERS

DAY = date(2026, 7, 6)


def test_only_what_was_filled_in_counts(desk):
    book = desk.book()
    fill(book["返困监测"], state="已通知", notified=DAY)
    for name in book.sheetnames[1:]:
        if name not in ("返困监测", REFUSALS):
            book.remove(book[name])
    assert desk.give_back(book) == [("applied", None)]
    assert desk.states() == {"f01": "已通知"}


def test_a_book_nobody_filled_in_says_nothing(desk):
    assert desk.give_back(desk.book()) == []
    assert desk.states() == {}


def test_the_same_answer_in_another_file_is_the_same_answer(desk):
    assert desk.give_back(answered(desk)) == [("applied", None)]
    assert [outcome for outcome, _ in desk.give_back(answered(desk))] == ["repeated"]
    assert [outcome for outcome, _ in desk.give_back(answered(desk), answered(desk))] == ["repeated", "repeated"]
    assert len(desk.ask("from answers.finding_answer")) == 1


def test_a_row_that_stands_twice_counts_once(desk):
    book = answered(desk)
    sheet = book[REFUSALS]
    write_values(sheet, 30, values_of(sheet, row_of(sheet, "李四")))
    assert Counter(outcome for outcome, _ in desk.give_back(book)) == {"applied": 1, "repeated": 1}
    assert len(desk.ask("""from findings.history where "by" <> '系统'""")) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"state": "不属实"}, {"state": "属实", "notified": DAY, "replied": DAY, "by": "王小明"}),
        ({"state": "不属实", "by": "王小明"}, {"state": "不属实", "by": "赵小红"}),
        ({"state": "已通知", "notified": DAY}, {"state": "已通知", "notified": date(2026, 7, 7)}),
        ({"state": "已通知", "notified": DAY}, {"state": "已答复", "notified": date(2026, 7, 7), "replied": DAY}),
        ({"state": "不属实"}, {"state": "属实", "by": "王小明"}),
    ],
)  # fmt: skip
def test_of_two_copies_that_contradict_each_other_neither_counts(desk, first, second):
    told = desk.give_back(answered(desk, **first), answered(desk, **second))
    assert [outcome for outcome, _ in told] == ["returned", "returned"]
    assert all("互相矛盾" in reason and "交回" in reason for _, reason in told)
    assert desk.states() == {}


def test_two_copies_that_are_steps_of_one_handling_both_count(desk):
    later = answered(desk, state="属实", notified=DAY, replied=date(2026, 7, 9), by="王小明")
    told = desk.give_back(later, answered(desk, state="已通知", notified=DAY, by="赵小红"))
    assert told == [("applied", None), ("applied", None)]
    assert desk.states() == {"f02": "属实"}
    changes = desk.ask("""select state from findings.history where "by" <> '系统' order by rowid""")
    assert changes == [("已通知",), ("属实",)]


def test_a_later_word_against_an_earlier_one_is_handed_back_with_who_and_when(desk):
    desk.give_back(answered(desk, by="王小明"), day=date(2026, 7, 30))
    ((outcome, why),) = desk.give_back(answered(desk, state="属实", notified=DAY, replied=DAY, by="赵小红"))
    assert outcome == "returned" and "王小明" in why and "2026-07-30" in why
    assert desk.states() == {"f02": "不属实"}


def test_a_true_finding_may_be_corrected_for_the_person(desk):
    desk.give_back(answered(desk, state="属实", notified=DAY, replied=DAY, by="王小明"))
    assert desk.give_back(answered(desk, by="赵小红")) == [("applied", None)]
    assert desk.states() == {"f02": "不属实"}


def test_states_go_on_and_what_was_said_before_need_not_be_said_again(desk):
    desk.give_back(answered(desk, state="已通知", notified=DAY, by="赵小红"))
    assert desk.give_back(answered(desk, state="已答复", replied=date(2026, 7, 9))) == [("applied", None)]
    assert desk.give_back(answered(desk, state="属实", by="王小明")) == [("applied", None)]
    ((_, why),) = desk.give_back(answered(desk, state="已通知", notified=DAY, by="孙小兰"))
    assert "不能改为已通知" in why


def test_the_list_of_a_month_before_is_handed_back(desk):
    book = desk.book(month="2026-05")
    fill(book[REFUSALS], row_of(book[REFUSALS], "李四"), state="不属实")
    ((outcome, why),) = desk.give_back(book)
    assert outcome == "returned" and "2026年05月" in why and "2026年06月" in why
    assert desk.states() == {}


def test_answers_of_two_departments_meet_at_one_finding(desk):
    civil, labour = answered(desk), desk.book("hr_social_security")
    fill(labour[REFUSALS], row_of(labour[REFUSALS], "李四(登记)"), state="属实", notified=DAY, replied=DAY, by="王小明")
    told = desk.give_back(civil, labour)
    assert [outcome for outcome, _ in told] == ["returned", "returned"]


def test_a_file_that_is_none_of_ours_is_refused_with_a_receipt(desk):
    book = Workbook()
    book.active.append(["姓名", "状态"])
    book.active.append(["李四", "不属实"])
    assert desk.give_back(book) == []
    ((status, reason, reply),) = desk.ask("select status, reason, reply from answers.file")
    assert status == "refused" and "校验码" in reason and reply == "回执_交回1.xlsx"


def test_an_answer_to_what_the_data_has_ended_settles_it_or_is_not_needed(desk):
    desk.connection.execute("update findings.known set state = '已过期', is_present = false where finding_id = 'f02'")
    ((_, why),) = desk.give_back(answered(desk, state="已通知", notified=DAY))
    assert "已自动结束" in why
    assert desk.give_back(answered(desk)) == [("applied", None)]


def test_an_identity_answer_becomes_a_judgement_once(desk):
    book = desk.book("health")
    fill(book["身份待核"], same="是", by="王小明")
    assert desk.give_back(book) == [("applied", None)]
    assert [outcome for outcome, _ in desk.give_back(book)] == ["repeated"]
    ((left, right, verdict, by),) = desk.ask("select left_key, right_key, verdict, by_whom from identity.judgement")
    assert left.startswith("identity:") and right.startswith("identity:") and (verdict, by) == ("same", "王小明")
    fill(book["身份待核"], same="否")
    ((outcome, why),) = desk.give_back(book)
    assert outcome == "returned" and "王小明" in why


def test_a_doubt_stays_open_for_a_later_word(desk):
    book = desk.book("health")
    fill(book["身份待核"], same="不确定")
    desk.give_back(book)
    fill(book["身份待核"], same="否")
    assert desk.give_back(book) == [("applied", None)]
    verdicts = desk.ask("select verdict, left_key, right_key from identity.judgement order by judged_at")
    assert [verdict for verdict, *_ in verdicts] == ["unsure", "different"]
    # The right side is what leaves: the record that was asked about, not the person with the whole number.
    assert verdicts[1][1] == f"number:{NUMBERS['P1']}" and verdicts[1][2].startswith("identity:")


def test_two_identity_answers_in_conflict_count_for_nothing(desk):
    books = desk.book("health"), desk.book("health")
    fill(books[0]["身份待核"], same="是")
    fill(books[1]["身份待核"], same="否")
    assert [outcome for outcome, _ in desk.give_back(*books)] == ["returned", "returned"]
    assert desk.ask("from identity.judgement") == []


def test_visits_and_contacts_are_taken_in_each_once(desk):
    book = desk.book()
    fill(book["跟踪走访"], contact="孙小兰", visited="2026年7月6日")
    assert desk.give_back(book) == [("applied", None)]
    assert [outcome for outcome, _ in desk.give_back(book)] == ["repeated"]
    fill(book["跟踪走访"], contact="孙小兰", visited=date(2026, 7, 20))
    assert desk.give_back(book) == [("applied", None)]
    visits = desk.ask("select person_id, visited_on, contact from answers.visit order by visited_on")
    assert visits == [("P7", DAY, "孙小兰"), ("P7", date(2026, 7, 20), "孙小兰")]
    fill(book["跟踪走访"], contact="孙小兰", visited=date(2026, 8, 20))
    assert "今天之后" in desk.give_back(book)[0][1]


def test_nothing_that_is_printed_shows_what_was_typed(desk):
    book = answered(desk, remark="李四的私事")
    file = desk._file(book)
    read = [read_row(row, day_reader(DAY)) for row in rows_of(file)]
    assert "李四" not in repr((file, rows_of(file), read))

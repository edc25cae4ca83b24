"""The office takes an answer back: it stays written down, counts no more, and does not come in again by itself."""

from datetime import date, datetime

import pytest

from reports.answers.withdrawing import given_answers, withdraw
from tests.reports.answers.desk import REFUSALS, TODAY, answered, fill, row_of
from warehouse.errors import BangfuError

DAY = date(2026, 7, 6)
TRUE = {"state": "属实", "notified": DAY, "replied": DAY, "by": "王小明"}


def take_back(desk, name: str = "1-5-6", today: date = TODAY):
    return withdraw(desk.connection, name, by="孙主任", why="填错了人", today=today, now=datetime(2026, 7, 31, 23))


def last(desk) -> str:
    return given_answers(desk.connection)[0].answer_id


def test_what_stood_before_stands_again_and_the_history_says_who_and_why(desk):
    desk.give_back(answered(desk, state="已通知", notified=DAY, by="赵小红"))
    desk.give_back(answered(desk, **{**TRUE, "by": "王小明"}))
    assert desk.states() == {"f02": "属实"}
    take_back(desk, last(desk))
    assert desk.states() == {"f02": "已通知"}
    assert desk.ask("select settled_on from findings.known where finding_id = 'f02'") == [(None,)]
    ((by, why),) = desk.ask("""select "by", why from findings.history order by rowid desc limit 1""")
    assert by == "孙主任" and "属实" in why and "填错了人" in why
    assert len(desk.ask("from answers.finding_answer")) == 2
    assert desk.ask("select by_whom, notified_on, replied_on from answers.finding_standing") == [("赵小红", DAY, None)]
    take_back(desk, next(one.answer_id for one in given_answers(desk.connection) if one.withdrawn_on is None))
    assert desk.states() == {}


def test_an_answer_that_another_rests_on_is_taken_back_after_it(desk):
    desk.give_back(answered(desk, state="已通知", notified=DAY))
    first = last(desk)
    desk.give_back(answered(desk, **TRUE))
    with pytest.raises(BangfuError, match="后来还登记过"):
        take_back(desk, first)
    assert desk.states() == {"f02": "属实"}


@pytest.mark.parametrize("name", ["9-9-9", "abcdef", "0123456789", ""])
def test_a_name_that_fits_no_answer_is_told(desk, name):
    desk.give_back(answered(desk))
    with pytest.raises(BangfuError, match="没有这个编号"):
        take_back(desk, name)


def test_the_beginning_of_the_rows_token_names_it_too_and_twice_is_told(desk):
    desk.give_back(answered(desk))
    token = given_answers(desk.connection)[0].tokens[0]
    take_back(desk, token[:10].upper())
    with pytest.raises(BangfuError, match="已于 2026-07-31 撤回"):
        take_back(desk, token[:10])


def test_a_copy_of_the_old_file_does_not_bring_it_back_but_another_word_counts(desk):
    desk.give_back(answered(desk))
    take_back(desk, last(desk))
    ((outcome, why),) = desk.give_back(answered(desk))
    assert outcome == "returned" and "撤回" in why
    assert desk.states() == {}
    assert desk.give_back(answered(desk, **TRUE)) == [("applied", None)]
    assert desk.states() == {"f02": "属实"}


def test_a_list_printed_with_the_old_answer_does_not_bring_it_back(desk):
    """The next list shows state, day and reviewer, not the text: untouched, that row is handed back."""
    desk.give_back(answered(desk, state="已通知", notified=DAY, by="赵小红", result="电话告知"))
    take_back(desk, last(desk))
    ((outcome, _),) = desk.give_back(answered(desk, state="已通知", notified=DAY, by="赵小红"))
    assert outcome == "returned"
    assert desk.give_back(answered(desk, state="已通知", notified=date(2026, 7, 7), by="赵小红")) == [("applied", None)]


def test_the_same_answer_on_a_list_handed_out_later_counts(desk):
    desk.give_back(answered(desk))
    take_back(desk, last(desk))
    desk.connection.execute("update answers.issued set issued_at = '2026-08-03' where month = '2026-06-01'")
    assert desk.give_back(answered(desk)) == [("applied", None)]


def test_where_the_data_has_ended_the_finding_since_nothing_is_opened(desk):
    desk.give_back(answered(desk, state="已通知", notified=DAY))
    desk.connection.execute("update findings.known set state = '已过期', is_present = false where finding_id = 'f02'")
    take_back(desk, last(desk))
    assert desk.states() == {"f02": "已过期"}


def test_an_identity_judgement_ends_and_the_question_can_be_answered_again(desk):
    book = desk.book("health")
    fill(book["身份待核"], same="是", by="王小明")
    desk.give_back(book)
    take_back(desk, last(desk))
    verdicts = desk.ask("select left_key, right_key, verdict from identity.judgement order by judged_at")
    assert [verdict for *_, verdict in verdicts] == ["same", "unsure"]
    assert verdicts[0][:2] == verdicts[1][:2]
    assert desk.ask("from answers.review_standing") == []
    assert desk.give_back(book)[0][0] == "returned"
    fill(book["身份待核"], same="否")
    assert desk.give_back(book) == [("applied", None)]


def test_of_two_words_about_a_pair_the_earlier_one_stands_again(desk):
    book = desk.book("health")
    fill(book["身份待核"], same="不确定")
    desk.give_back(book)
    fill(book["身份待核"], same="是", by="王小明")
    desk.give_back(book)
    take_back(desk, last(desk))
    assert desk.ask("select verdict from answers.review_standing") == [("unsure",)]


def test_a_visit_that_was_taken_back_is_none(desk):
    book = desk.book()
    fill(book["跟踪走访"], contact="孙小兰", visited=DAY)
    desk.give_back(book)
    take_back(desk, last(desk))
    assert desk.ask("from answers.visit_in_force") == []
    assert desk.give_back(book)[0][0] == "returned"
    fill(book["跟踪走访"], contact="孙小兰", visited=date(2026, 7, 20))
    assert desk.give_back(book) == [("applied", None)]
    assert desk.ask("select visited_on from answers.visit_in_force") == [(date(2026, 7, 20),)]


def test_what_is_listed_names_nobody(desk):
    book = answered(desk, **TRUE, remark="李四的私事")
    fill(book[REFUSALS], row_of(book[REFUSALS], "李四"), result="李四说明")
    desk.give_back(book)
    (one,) = given_answers(desk.connection)
    assert one.said == "属实"
    assert "李四" not in repr(one) and "王小明" not in repr(one)

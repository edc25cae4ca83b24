"""How an identity question stands (mart.identity_review): nobody sure yet, nobody asked, or an answer taken back."""

from datetime import datetime

import pytest

from reports.answers.withdrawing import given_answers, withdraw
from tests.reports.answers.desk import TODAY, fill
from warehouse.models import MODELS_FOLDER

STATEMENT = (MODELS_FOLDER / "mart" / "identity_review.sql").read_text(encoding="utf-8")


def states(desk) -> list[tuple]:
    return desk.ask(f"select review_id, state from ({STATEMENT}) order by all")


@pytest.fixture
def held(desk):
    """Beside the question of the two people, one about a record alone that an accusation waits for."""
    desk.connection.execute(
        "insert into findings.held_back values ('work_refusal', 'P1', null, '号码缺损', 'six_months', null, 'adverse', "
        "'abcdefabcdefabcd', null)"
    )
    return desk


def answer(desk, said: str) -> None:
    book = desk.book("health")
    fill(book["身份待核"], same=said)
    desk.give_back(book)


def test_an_answer_of_not_sure_is_shown_as_such_and_only_there(held):
    assert states(held) == [("Habcdefabcdef", "待核实"), ("R1", "待核实")]
    answer(held, "不确定")
    assert states(held) == [("Habcdefabcdef", "待核实"), ("R1", "不确定")]


def test_one_about_a_record_alone_is_shown_too(held):
    held.connection.execute(
        "insert into answers.review_answer values ('Habcdefabcdef', 'identity:1', 'identity:1', 'unsure', '王小明', "
        "null, '2026-06-01', '2026-07-31', '2026-07-31', 9, 1, 5)"
    )
    assert ("Habcdefabcdef", "不确定") in states(held)


def test_one_whose_answer_was_taken_back_is_as_if_never_answered(held):
    answer(held, "是")
    one = given_answers(held.connection)[0]
    withdraw(held.connection, one.answer_id, by="孙主任", why="填错了行", today=TODAY, now=datetime(2026, 7, 31, 23))
    # As linking tells it: its last word on the pair is that nobody is sure.
    held.connection.execute("update identity.review set state = '不确定'")
    assert ("R1", "待核实") in states(held)


def test_one_answered_yes_about_its_record_is_not_asked_again_but_about_another_record_it_is(held):
    ((row_id, identity_id),) = held.ask("select min(row_id), arg_min(identity_id, row_id) from identity.row_identity")
    held.connection.execute("update findings.held_back set record = ?", [row_id])
    answered = (
        "insert into answers.review_answer values ('Habcdefabcdef', ?, 'identity:1', 'same', '王小明', null, "
        "'2026-06-01', '2026-07-31', '2026-07-31', 9, 1, 5)"
    )
    held.connection.execute(answered, ["identity:0"])
    assert ("Habcdefabcdef", "待核实") in states(held)
    held.connection.execute("delete from answers.review_answer")
    held.connection.execute(answered, [f"identity:{identity_id}"])
    assert ("Habcdefabcdef", "已答复") in states(held)

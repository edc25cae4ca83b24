"""What a person has settled stays settled while its facts are the same; what comes back says what changed."""

import pytest

from tests.checks.finding_rows import CERTAIN, new_warehouse, row, run


@pytest.fixture
def warehouse():
    return new_warehouse()


def settle(connection, state, day="2024-03-01"):
    """As an answer does: the history is told, and what is known says since when it is closed."""
    told = "select finding_id, ?::timestamp, ?, '某人', '答复' from findings.known"
    connection.execute(f"insert into findings.history {told}", [day, state])
    connection.execute("update findings.known set state = ?, settled_on = ?", [state, day])


def last_why(connection):
    return connection.execute("select arg_max(why, rowid), arg_max(state, rowid) from findings.history").fetchall()[0]


@pytest.mark.parametrize(
    ("state", "kind", "comes_back"),
    [
        ("不属实", "adverse", True),
        ("不属实", "supportive", True),
        ("属实", "supportive", True),
        ("已过期", "supportive", True),
        ("属实", "adverse", False),
        ("已过期", "adverse", False),
    ],
)
def test_what_is_settled_stays_away_for_twelve_months(warehouse, state, kind, comes_back):
    run(warehouse, row(), kind=kind)
    settle(warehouse, state)
    assert run(warehouse, row(), kind=kind, as_of="2025-02-28")[1] == 0
    assert run(warehouse, row(), kind=kind, as_of="2025-03-01")[1] == int(comes_back)
    if comes_back:
        why, now = last_why(warehouse)
        assert now == "待核实" and "2024-03-01 曾登记" + state in why and "12 个月" in why and "事实未变" in why
        assert run(warehouse, row(), kind=kind, as_of="2025-03-02")[1] == 0


def test_one_that_comes_back_says_which_facts_are_new_and_which_are_gone(warehouse):
    run(warehouse, row(facts=[(CERTAIN, "2024-01-01", "某事"), (CERTAIN, "2024-01-05", "旧事")]))
    settle(warehouse, "不属实")
    more = [(CERTAIN, "2024-01-01", "某事"), *((CERTAIN, f"2024-02-0{day}", "新事") for day in range(1, 6))]
    run(warehouse, row(facts=more), as_of="2024-03-05")
    why, state = last_why(warehouse)
    assert state == "待核实" and "2024-03-01 曾登记不属实" in why
    assert "新增 5 条（2024-02-01 新事、2024-02-02 新事、2024-02-03 新事等）" in why
    assert "不再有 1 条（2024-01-05 旧事）" in why and "某事" not in why


def test_one_settled_while_it_was_gone_stays_settled_when_it_is_back(warehouse):
    run(warehouse, row())
    run(warehouse, as_of="2024-03-01")
    settle(warehouse, "不属实", "2024-03-02")
    assert run(warehouse, row(), as_of="2024-03-03")[1] == 0
    assert warehouse.execute("select state from findings.finding").fetchall() == [("不属实",)]


def test_an_answer_on_older_facts_does_not_settle_the_newer_ones(warehouse):
    run(warehouse, row())
    settle(warehouse, "不属实")
    warehouse.execute("update findings.known set evidence_hash = 'the facts of an earlier list'")
    assert run(warehouse, row(), as_of="2024-03-02")[1] == 1
    assert last_why(warehouse) == ("2024-03-01 曾登记不属实，此后事实有变化：见新的证据", "待核实")

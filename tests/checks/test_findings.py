"""Findings: only with facts that read back, adverse only on certain links, and with a life that is remembered."""

import datetime

import pytest

from checks import findings
from tests.checks.finding_rows import CERTAIN, PROBABLE, UNREADABLE, deliver, new_warehouse, row, run
from warehouse.errors import BangfuError


@pytest.fixture
def warehouse():
    return new_warehouse()


def states(connection):
    rows = connection.execute('select state, why, changed_at, "by" from findings.history').fetchall()
    return [(state, why, changed.date().isoformat()) for state, why, changed, _ in rows]


def test_a_finding_carries_clause_kind_and_every_fact(warehouse):
    evaluation, _ = run(warehouse, row())
    assert (evaluation.published, evaluation.held_back) == (1, 0)
    found = warehouse.execute("select rule, clause, kind, identity, state, amount, as_of from findings.finding")
    assert found.fetchall() == [("test", "三(五)3", "adverse", "certain", "待核实", 100, datetime.date(2024, 2, 29))]
    facts = warehouse.execute("select position, row_id, event_date, what from findings.evidence").fetchall()
    assert facts == [(1, CERTAIN, datetime.date(2024, 1, 1), "某事")]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (row(certain="false"), "身份或数据尚不确定"),
        (row(certain="null"), "身份或数据尚不确定"),
        (row(facts=[(PROBABLE, "2024-01-01", "某事")]), "证据行的身份关联不确定"),
        (row(facts=[(CERTAIN, "2024-01-01", "某事"), (PROBABLE, "2024-01-02", "某事")]), "证据行的身份关联不确定"),
        (row(facts=[(UNREADABLE, "2024-01-01", "某事")]), "证据行无法读回"),
        (row(facts=[]), "证据行无法读回"),
    ],
)
def test_an_adverse_row_in_doubt_is_held_back_and_counted(warehouse, told, reason):
    warehouse.execute("insert into identity.possible_same values ('P1', 'P2')")
    evaluation, _ = run(warehouse, told)
    assert (evaluation.published, evaluation.held_back) == (0, 1)
    ((person, other, why),) = warehouse.execute(
        "select person_id, other_person_id, reason from findings.held_back"
    ).fetchall()
    assert (person, other) == ("P1", "P2") and why.startswith(reason)


def test_the_row_to_look_at_is_the_first_doubtful_one_or_the_first_as_the_rule_tells_them(warehouse):
    warehouse.execute("insert into identity.row_identity values (1000000003, 1)")
    later = 1_000_000_003
    facts = [(later, "2024-01-01", "某事"), (CERTAIN, "2024-01-02", "某事")]
    run(warehouse, row(certain="false", facts=facts))
    assert warehouse.execute("select record from findings.held_back").fetchall() == [(later,)]
    run(warehouse, row(facts=[*facts, (PROBABLE, "2024-01-03", "某事")]))
    assert warehouse.execute("select record from findings.held_back").fetchall() == [(PROBABLE,)]


def test_a_supportive_row_on_a_probable_link_is_published_and_marked(warehouse):
    evaluation, _ = run(warehouse, row(certain="false", facts=[(PROBABLE, "2024-01-01", "某事")]), kind="supportive")
    assert evaluation.published == 1
    assert warehouse.execute("select identity from findings.finding").fetchall() == [("probable",)]


def test_a_supportive_row_still_needs_facts_that_read_back(warehouse):
    assert run(warehouse, row(facts=[(UNREADABLE, "2024-01-01", "某事")]), kind="supportive")[0].published == 0


def test_a_refused_delivery_is_no_place_to_read_from(warehouse):
    warehouse.execute("update raw.delivery set status = 'refused'")
    assert run(warehouse, row())[0].held_back == 1


def test_a_single_condition_can_be_of_the_other_kind(warehouse):
    run(warehouse, row("gap", certain="false"), row("met"), kind_of={"gap": "supportive"})
    assert warehouse.execute("select condition, kind from findings.finding order by 1").fetchall() == [
        ("gap", "supportive"),
        ("met", "adverse"),
    ]


def test_the_same_result_twice_is_one_finding(warehouse):
    evaluation, _ = run(warehouse, row(), row())
    assert (evaluation.published, evaluation.held_back) == (1, 1)


def test_running_twice_adds_nothing_and_keeps_the_id(warehouse):
    assert run(warehouse, row())[1] == 1
    before = warehouse.execute("select finding_id, evidence_hash from findings.finding").fetchall()
    assert run(warehouse, row(), as_of="2024-03-01")[1] == 0
    assert warehouse.execute("select finding_id, evidence_hash from findings.finding").fetchall() == before
    assert states(warehouse) == [("待核实", "首次发现", "2024-02-29")]


def test_the_ids_rest_on_facts_not_on_files(warehouse):
    run(warehouse, row())
    before = warehouse.execute("select finding_id, evidence_hash from findings.finding").fetchall()
    deliver(warehouse, 5)
    warehouse.execute("insert into identity.row_identity values (5000000007, 1)")
    assert run(warehouse, row(facts=[(5_000_000_007, "2024-01-01", "某事")]))[1] == 0
    assert warehouse.execute("select finding_id, evidence_hash from findings.finding").fetchall() == before


def test_a_finding_that_goes_expires_and_when_back_says_what_changed(warehouse):
    run(warehouse, row())
    run(warehouse, as_of="2024-03-01")
    run(warehouse, row(facts=[(CERTAIN, "2024-01-01", "另一事")]), as_of="2024-03-02")
    run(warehouse, as_of="2024-03-03")
    assert [entry[0] for entry in states(warehouse)] == ["待核实", "已过期", "待核实", "已过期"]
    assert [entry[2] for entry in states(warehouse)] == ["2024-02-29", "2024-03-01", "2024-03-02", "2024-03-03"]
    whys = [why for (why,) in warehouse.execute("select why from findings.history").fetchall()]
    assert "不再符合条件" in whys[1] and "事实与上次不同" in whys[2]


DOUBTFUL, OTHER_FACTS = row(certain="false"), row(facts=[(CERTAIN, "2024-01-01", "另一事")])


@pytest.mark.parametrize("state", ["待核实", "已通知", "已答复"])
def test_a_finding_that_is_only_held_back_keeps_its_state(warehouse, state):
    run(warehouse, row())
    told = "insert into findings.history select finding_id, '2024-03-01', ?, '某人', '答复' from findings.known"
    warehouse.execute(told, [state])
    warehouse.execute("update findings.known set state = ?", [state])
    assert run(warehouse, DOUBTFUL, as_of="2024-03-02")[1] == 1
    assert states(warehouse)[-1] == (state, "身份或数据不再确定，转身份核对；状态保留", "2024-03-02")
    assert run(warehouse, DOUBTFUL, as_of="2024-03-03")[1] == 0
    assert run(warehouse, row(), as_of="2024-03-04")[1] == 1
    assert states(warehouse)[-1][0] == state
    assert warehouse.execute("select state from findings.finding").fetchall() == [(state,)]
    assert run(warehouse, row(), as_of="2024-03-05")[1] == 0
    # Nothing was opened anew: what was answered before still counts.
    opened = """select count(*) from findings.history where "by" = '系统' and state = '待核实'"""
    assert warehouse.execute(opened).fetchall() == [(1,)]


def test_one_held_back_that_then_goes_expires_and_one_back_on_other_facts_says_so(warehouse):
    run(warehouse, row())
    run(warehouse, DOUBTFUL, as_of="2024-03-01")
    run(warehouse, OTHER_FACTS, as_of="2024-03-02")
    state, why, _ = states(warehouse)[-1]
    assert state == "待核实" and "事实与上次不同" in why
    run(warehouse, DOUBTFUL, as_of="2024-03-03")
    assert run(warehouse, as_of="2024-03-04")[1] == 1
    assert states(warehouse)[-1][:2] == ("已过期", "按现有数据不再符合条件")
    assert run(warehouse, as_of="2024-03-05")[1] == 0


def test_new_facts_under_a_standing_finding_are_recorded_once(warehouse):
    run(warehouse, row())
    more = row(facts=[(CERTAIN, "2024-01-01", "某事"), (CERTAIN, "2024-02-02", "又一事")])
    assert run(warehouse, more)[1] == 1
    assert run(warehouse, more)[1] == 0


def test_a_second_fact_in_the_same_words_is_told_as_new_and_then_as_gone(warehouse):
    once, twice = row(), row(facts=[(CERTAIN, "2024-01-01", "某事"), (CERTAIN, "2024-01-01", "某事")])
    for rows in (once, twice, once):
        run(warehouse, rows)
    (_, (_, added, _), (_, gone, _)) = states(warehouse)
    assert "新增 1 条（2024-01-01 某事）" in added and "不再有 1 条（2024-01-01 某事）" in gone


def test_settled_as_untrue_stays_settled_until_the_facts_change(warehouse):
    run(warehouse, row())
    warehouse.execute(
        "insert into findings.history select finding_id, '2024-03-01', '不属实', '某部门', '核实' from findings.known"
    )
    warehouse.execute("update findings.known set state = '不属实', settled_on = '2024-03-01'")
    assert run(warehouse, row(), as_of="2024-03-02")[1] == 0
    assert warehouse.execute("select state from findings.finding").fetchall() == [("不属实",)]
    assert run(warehouse, as_of="2024-03-03")[1] == 0
    assert run(warehouse, row(), as_of="2024-03-04")[1] == 0
    run(warehouse, row(facts=[(CERTAIN, "2024-01-01", "另一事")]), as_of="2024-03-05")
    assert warehouse.execute("select state from findings.finding").fetchall() == [("待核实",)]


def test_no_state_says_that_money_is_stopped(warehouse):
    run(warehouse, row())
    run(warehouse, as_of="2024-03-01")
    allowed = {"待核实", "已通知", "已答复", "属实", "不属实", "已过期"}
    assert {state for (state,) in warehouse.execute("select state from findings.history").fetchall()} <= allowed


def test_a_rule_with_other_columns_or_broken_sql_is_a_named_defect(warehouse):
    run(warehouse, row())
    for sql in ("select 1 as condition", "select nothing from nowhere", "select cast('Zhang' as integer) as x"):
        with pytest.raises(BangfuError) as defect:
            findings.publish(warehouse, rule="test", rule_sql=sql)
        assert "test/rule.sql" in defect.value.where and "Zhang" not in str(defect.value)

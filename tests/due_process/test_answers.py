"""Properties 7 and 8: notice and answer first, and settled stays settled."""

from datetime import date

import pytest

from checks import findings
from reports.answers.decide import Clock, Standing, objection
from reports.answers.said import Said
from reports.answers.working_days import Calendar

MONDAY = date(2026, 6, 1)
TEN_WORKING_DAYS_LATER = date(2026, 6, 15)
OPEN = Standing(state="待核实", kind="adverse")


def clock(day: date) -> Clock:
    return Clock(day=day, latest=day, calendar=Calendar({}), waiting_days=10)


def true(**cells) -> Said:
    given = {"state": "属实", "notified_on": MONDAY, "by": "王核实", "prepared_by": "李制表"}
    return Said(**(given | cells))


def test_7_notice_and_answer_first():
    """属实 with notice, the waiting over, and a named reviewer who did not prepare the list."""
    assert objection(true(), OPEN, clock(TEN_WORKING_DAYS_LATER)) is None
    assert objection(true(replied_on=date(2026, 6, 3)), OPEN, clock(date(2026, 6, 4))) is None


@pytest.mark.parametrize(
    ("cells", "day", "reason"),
    [
        ({"notified_on": None}, TEN_WORKING_DAYS_LATER, "通知日期"),
        ({}, date(2026, 6, 12), "工作日"),
        ({"by": None}, TEN_WORKING_DAYS_LATER, "核实人"),
        ({"by": "李制表"}, TEN_WORKING_DAYS_LATER, "制表人"),
    ],
    ids=["no notice", "a day too early", "nobody named", "the preparer"],
)
def test_7_an_incomplete_answer_is_handed_back_with_the_reason(cells, day, reason):
    assert reason in objection(true(**cells), OPEN, clock(day))


def test_7_nothing_in_the_city_is_true_before_it_was_answered(city):
    assert city.query("select count(*) from mart.finding where state in ('属实', '不属实')") == [(0,)]


@pytest.fixture
def settled(look):
    """A finding of the city answered 不属实 on the day of its run."""
    with look.changed():
        ((finding, day),) = look.ask(
            "select finding_id, as_of from findings.finding where rule = 'work_refusal' limit 1"
        )
        look.ask("insert into findings.history values (?, ?, '不属实', '王核实', '查无此事')", finding, day)
        look.ask("update findings.known set state = '不属实', settled_on = ? where finding_id = ?", day, finding)
        yield finding


def told(look, finding: str) -> list[tuple]:
    findings.record_history(look.connection)
    ((state,),) = look.ask("select state from findings.finding where finding_id = ?", finding)
    return [(state, why) for (why,) in look.ask("select why from findings.history where finding_id = ?", finding)]


def test_8_settled_stays_settled(look, settled):
    """The same facts, the next night and eleven months later: 不属实 still."""
    for months in (0, 11):
        look.ask("update run.context set as_of = as_of + to_months(?)", months)
        assert told(look, settled)[-1] == ("不属实", "查无此事")


def test_8_after_twelve_months_it_is_asked_again_and_says_so(look, settled):
    look.ask("update run.context set as_of = as_of + to_months(12)")
    state, why = told(look, settled)[-1]
    assert state == "待核实" and "12 个月" in why and "事实未变" in why


def test_8_other_facts_bring_it_back_and_it_says_what_changed(look, settled):
    look.ask("update findings.finding set evidence_hash = 'other' where finding_id = ?", settled)
    ((fact,),) = look.ask("select what from findings.evidence where finding_id = ? and position = 1", settled)
    look.ask("update findings.evidence set what = '另一事实' where finding_id = ? and position = 1", settled)
    state, why = told(look, settled)[-1]
    assert state == "待核实"
    assert "另一事实" in why and fact in why


def test_8_a_pair_judged_by_a_person_stays_as_judged(look):
    """Somebody says that the two are different, though the machine was certain: they stay apart."""
    with look.changed():
        rows = look.ask("""
            select person_id, list(distinct identity_id order by identity_id) as written
            from identity.link
            group by person_id
            having count(distinct identity_id) = 2
            order by person_id
            limit 1
        """)
        ((_, (one, other)),) = rows
        look.ask(
            "insert into identity.judgement values (?, ?, 'different', '王核实', timestamp '2026-06-30')",
            f"identity:{one}", f"identity:{other}",
        )  # fmt: skip
        for _ in range(2):
            look.judge()
            people = look.ask("select distinct person_id from identity.link where identity_id in (?, ?)", one, other)
            assert len(people) == 2

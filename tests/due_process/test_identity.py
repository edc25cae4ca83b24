"""Properties 5 and 6: adverse needs certain identity, and doubt favours the person."""

from random import Random

import pytest

from connectors.demo_city.number_damage import KINDS
from warehouse import resident_number

# What spreadsheets and clerks do to a number that cannot be undone from the number alone (facts.md B.1, B.4).
DAMAGES = [
    "excel_truncated",
    "scientific",
    "rounded_double",
    "masked",
    "one_slip",
    "adjacent_swap",
    "dropped_digit",
    "inserted_digit",
    "old_form",
    "missing",
    "placeholder",
]
OTHER_NAME = "欧阳问"
UNDER_ACCUSATION = """
select evidence.finding_id, evidence.row_id, delivery.source_table, written.id_no
from findings.finding as finding
join findings.evidence as evidence on evidence.finding_id = finding.finding_id
join raw.delivery as delivery on delivery.delivery_id = evidence.row_id // 1000000000
join identity.row_identity as mapped on mapped.row_id = evidence.row_id
join identity.identity as written on written.identity_id = mapped.identity_id
where finding.kind = 'adverse'
order by evidence.finding_id, evidence.position
"""
STILL_UNDER_ACCUSATION = """
select finding.rule, finding.condition, evidence.row_id
from findings.finding as finding
join findings.evidence as evidence on evidence.finding_id = finding.finding_id
where finding.kind = 'adverse' and evidence.row_id in (select unnest(?))
"""
UNDER_DEATH = """
select finding.person_id, delivery.source_table, evidence.row_id
from findings.finding as finding
join findings.evidence as evidence on evidence.finding_id = finding.finding_id
join raw.delivery as delivery on delivery.delivery_id = evidence.row_id // 1000000000
where finding.rule = 'deceased_on_roster'
    and delivery.source_table in ('deaths', 'death_certificates', 'pensions', 'disability_certificates')
order by finding.person_id, delivery.source_table, evidence.row_id
"""


def damaged(number: str, start: int, chance: Random) -> str | None:
    """The number as some damage leaves it, beginning with the kind asked for; never one that still looks sound."""
    for offset in range(len(DAMAGES)):
        text = KINDS[DAMAGES[(start + offset) % len(DAMAGES)]](number, chance)
        if text is not None and not resident_number.is_valid(text):
            return text
    return None


def last_fact_of_each(rows: list[tuple]) -> list[tuple]:
    return list({finding_id: row for row in rows for finding_id in [row[0]]}.values())


@pytest.mark.parametrize("turn", range(2))
def test_5_adverse_needs_certain_identity(look, turn):
    """One fact of each accusation arrives with a damaged number; no accusation rests on it any more. Each turn gives
    every accusation another kind of damage."""
    chance = Random(turn)
    with look.changed():
        facts = last_fact_of_each(look.ask(UNDER_ACCUSATION))
        assert len(facts) > 30
        touched = []
        for place, (_, row_id, table, number) in enumerate(facts):
            text = damaged(number, place + turn * 5, chance)
            if text is not None:
                look.write_over(table, row_id, "id_no", text)
                touched.append(row_id)
        look.judge()
        assert len(touched) > 30
        assert look.ask(STILL_UNDER_ACCUSATION, touched) == []


def test_5_a_sound_number_under_another_name_accuses_nobody(look):
    with look.changed():
        facts = last_fact_of_each(look.ask(UNDER_ACCUSATION))
        touched = [row_id for _, row_id, _, _ in facts]
        for _, row_id, table, _ in facts:
            look.write_over(table, row_id, "name", OTHER_NAME)
        look.judge()
        assert look.ask(STILL_UNDER_ACCUSATION, touched) == []


def test_6_doubt_favours_the_person(city):
    """Nobody at or over the lower retirement age is accused of refusing work; up to the higher one help is offered."""
    accused = city.query("""
        select count(*) from mart.finding as finding
        join core.working_age as age on age.person_id = finding.person_id
        where finding.rule = 'work_refusal' and finding.as_of >= age.until_lower
    """)
    offered = city.query("""
        select count(*) from mart.finding as finding
        join core.working_age as age on age.person_id = finding.person_id
        where finding.rule in ('public_post_candidates', 'training_gap')
            and finding.as_of >= age.until_lower and finding.as_of < age.until_higher
    """)
    assert accused == [(0,)]
    assert offered[0][0] > 0


def test_6_an_unknown_reason_is_said_to_be_unknown(city, look):
    told = city.query("select summary from mart.finding where rule = 'work_refusal'")
    assert told and all("岗位是否相适应未知" in summary for (summary,) in told)
    with look.changed():
        look.ask("update staging.job_referrals set refusal_reason = null")
        look.judge()
        told = look.ask("select summary from findings.finding where rule = 'work_refusal'")
    assert told and all("次原因不明" in summary for (summary,) in told)


def test_6_one_source_alone_proves_no_death(look):
    """Each accusation over the dead loses one of its sources in turn; with one left it goes to identity review."""
    with look.changed():
        rows = look.ask(UNDER_DEATH)
        dead = {finding for finding, *_ in rows}
        assert len(dead) >= 5
        for finding in dead:
            sources = [(table, row_id) for told, table, row_id in rows if told == finding]
            for table, row_id in sources[1:]:
                look.ask(f"delete from staging.{table} where row_id = ?", row_id)
        assert not {rule for rule, _, _ in look.judge()} & {"deceased_on_roster"}
        assert look.ask("select count(*) > 0 from findings.held_back where rule = 'deceased_on_roster'") == [(True,)]

"""Properties 3 and 4: absence is unknown, and nothing is averaged."""

import pytest

# Registers of employment and of courses tell no month of delivery: where several files come, a missing one looks like
# people who did nothing. All a rule may see is the rest.
UNSEEN_PARTS = ("employment", "training")
FILES = """
select source_table, list(delivery_id order by delivery_id) as deliveries
from raw.delivery
where source_table is not null and status in ('accepted', 'superseded')
group by source_table, source_file
order by source_table, min(delivery_id)
"""
RECORDED = """
select distinct link.person_id
from identity.row_identity as mapped
join identity.link as link on link.identity_id = mapped.identity_id
where mapped.row_id // 1000000000 in (select unnest(?))
"""
# Every month of a `working` finding, told from the rows under it: on the roster and paid for work in that same month.
MONTHS_OF_WORK = """
with fact as (
    select finding.finding_id, finding.amount, evidence.row_id, evidence.event_date, evidence.what
    from findings.finding as finding
    join findings.evidence as evidence on evidence.finding_id = finding.finding_id
    where finding.rule = 'working_on_dibao'
),
paid as (
    select fact.finding_id, listed.event_date as month, contribution.base, null as wage
    from fact
    join linked.contributions as contribution on contribution.row_id = fact.row_id
    left join fact as listed
        on listed.finding_id = fact.finding_id and listed.what = '低保在册' and listed.event_date = contribution.month
    union all
    select fact.finding_id, listed.event_date, null, employment.monthly_wage
    from fact
    join linked.employment as employment on employment.row_id = fact.row_id
    left join fact as listed
        on listed.finding_id = fact.finding_id and listed.what = '低保在册'
        and listed.event_date >= date_trunc('month', employment.contract_start)
        and listed.event_date <= coalesce(employment.contract_end, listed.event_date)
),
monthly as (
    select finding_id, month, coalesce(sum(wage), sum(base)) as income
    from paid
    group by finding_id, month
)
select fact.finding_id, any_value(fact.amount),
    (select sum(income) from monthly where monthly.finding_id = fact.finding_id),
    bool_and(fact.event_date in (select month from monthly where monthly.finding_id = fact.finding_id)),
    (select count(*) from monthly where monthly.finding_id = fact.finding_id and month is null)
from fact
where fact.what = '低保在册'
group by fact.finding_id
"""


def files_taken_away(city) -> list[tuple[str, list[int]]]:
    """The last file of each table, in order of arrival, and the first of two that come by the month."""
    files: dict[str, list[list[int]]] = {}
    for table, deliveries in city.query(FILES):
        files.setdefault(table, []).append(deliveries)
    first = [(table, files[table][0]) for table in ("assistance_roster", "contributions")]
    return [(table, units[-1]) for table, units in files.items()] + first


def test_3_absence_is_unknown(city, look):
    """Taking any one file away never adds an accusation."""
    whole = look.accused()
    assert {rule for rule, _, _ in whole} >= {"work_refusal", "paid_after_exit", "deceased_on_roster"}
    units = files_taken_away(city)
    assert len({table for table, _ in units}) == 18

    more = {(table, *deliveries): look.without(deliveries) - whole for table, deliveries in units}

    seen = {unit: found for unit, found in more.items() if found and unit[0] not in UNSEEN_PARTS}
    assert seen == {}
    for (_, *deliveries), found in more.items():
        recorded = {person for (person,) in city.query(RECORDED, deliveries)}
        assert {person for _, _, person in found} <= recorded, "only whoever has a record there can be concerned"


def test_4_no_averaging(city):
    """Each month of work is a month on the roster, and the amount is the sum of these months' own figures."""
    rows = city.query(MONTHS_OF_WORK)
    assert rows
    for _, amount, summed, every_month_worked, elsewhere in rows:
        assert every_month_worked and not elsewhere
        assert amount == summed


@pytest.mark.parametrize("rule", ["working_on_dibao", "work_refusal", "paid_after_exit", "property_on_dibao"])
def test_4_no_averaging_is_written_in_a_rule(rule, clause_sql):
    assert " avg(" not in clause_sql(rule) and " mean(" not in clause_sql(rule)

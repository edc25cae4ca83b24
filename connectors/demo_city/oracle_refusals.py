"""Which findings work_refusal owes: our own reading of 三(五)3 over the true facts."""

from collections.abc import Iterator
from datetime import date

from connectors.demo_city.facts import Referral, RosterRow
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.oracle_labour import able, paid_months, pensioned, working_age, works
from connectors.demo_city.oracle_view import Due, View

RULE = "work_refusal"
GOOD_REASONS = ("住院", "患病治疗", "照料失能家庭成员", "岗位与残疾状况不符", "培训中")
ENDS_A_WAIT = ("accepted", "hired")


def due_refusals(view: View) -> Iterator[Due]:
    """six_months and three_refusals for everybody of the population."""
    for row in view.helped():
        if row.category != "dibao" or row.person not in view.referrals:
            continue
        if _concerned(view, row) and not _may_nurse(view, row):
            yield from _judge(view, row, sorted(view.referrals[row.person], key=lambda entry: entry.referral_date))


def _judge(view: View, row: RosterRow, referrals: list[Referral]) -> Iterator[Due]:
    since = _spell_start(view, row.person)
    counted = [
        entry.referral_date for entry in referrals
        if entry.outcome == "refused" and since <= entry.referral_date <= view.as_of
        and not any(reason in (entry.refusal_reason or "") for reason in GOOD_REASONS)
    ]
    if not counted:
        return
    acts = _acts(view, row.person, referrals)
    national = _three_in_a_row(counted, referrals)
    wait_from = _waiting_since(counted, acts)
    if wait_from is not None and add_months(wait_from, 6) <= view.as_of:
        met = add_months(wait_from, 6)
        yield Due(RULE, "six_months", row.person, row.family_no, met, row.person_amount, national)
    # A finding ends when the person acts: after the third refusal as after the six months.
    if len(counted) >= 3 and not any(day >= counted[2] for day in acts):
        yield Due(RULE, "three_refusals", row.person, row.family_no, counted[2], row.person_amount, national)


def _waiting_since(counted: list[date], acts: list[date]) -> date | None:
    """The first counted refusal after the last act; None where the person acted since."""
    later = [day for day in counted if not acts or day > acts[-1]]
    return later[0] if later else None


def _acts(view: View, person: int, referrals: list[Referral]) -> list[date]:
    days = [entry.registered_on for entry in view.job_seeking[person]]
    days += [entry.start_date for entry in view.training[person]]
    days += [entry.referral_date for entry in referrals if entry.outcome in ENDS_A_WAIT]
    days += [job.contract_start for job in view.employment[person]]
    days += [first_day(month) for month in paid_months(view, person)]
    return sorted(day for day in days if day <= view.as_of)


def _three_in_a_row(counted: list[date], referrals: list[Referral]) -> bool:
    taken = [entry.referral_date for entry in referrals if entry.outcome in ENDS_A_WAIT]
    return any(
        not any(first < day < third for day in taken)
        for first, third in zip(counted, counted[2:], strict=False)
    )


def _spell_start(view: View, person: int) -> date:
    """Start of the dibao spell that reaches the last roster; an exit on the way ends the earlier one."""
    left = {month_of(entry.exit_date) for entry in view.exits[person]}
    month = view.last
    while view.on_roster(person, month - 1, "dibao") and month - 1 not in left:
        month -= 1
    return min(row.start_date for row in view.rows[person][month] if row.category == "dibao")


def _concerned(view: View, row: RosterRow) -> bool:
    begins, ends = working_age(view, row.person, support=False)
    return (begins <= view.as_of < ends and able(view, row) and not pensioned(view, row.person)
            and not works(view, row.person))


def _may_nurse(view: View, row: RosterRow) -> bool:
    """Somebody in the household needs care, so one working-age member may be at home for it.

    The demo never has two who refused in such a household; which of them nurses is not judged here.
    """
    return any(other.person != row.person and view.needs_care(other)
               for other in view.families[row.family_no, row.month])

"""Which findings work_refusal owes: our own reading of 三(五)3 over the true facts.

The figures of the law stand here once more, on purpose: an oracle that read our parameters would agree
with a wrong parameter.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from connectors.demo_city.facts import Referral, RosterRow
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.oracle_view import Due, View

RULE = "work_refusal"
GOOD_REASONS = ("住院", "患病治疗", "照料失能家庭成员", "岗位与残疾状况不符", "培训中")
ENDS_A_WAIT = ("accepted", "hired")


def due_refusals(view: View) -> Iterator[Due]:
    """six_months and three_refusals for everybody of the population."""
    referrals: dict[int, list[Referral]] = defaultdict(list)
    for referral in view.city.referrals:
        referrals[referral.person].append(referral)
    for row in view.helped():
        if row.category != "dibao" or row.person not in referrals:
            continue
        if _concerned(view, row) and not _may_nurse(view, row):
            yield from _judge(view, row, sorted(referrals[row.person], key=lambda entry: entry.referral_date))


def _judge(view: View, row: RosterRow, referrals: list[Referral]) -> Iterator[Due]:
    since = _spell_start(view, row.person)
    counted = [
        entry.referral_date for entry in referrals
        if entry.outcome == "refused" and since <= entry.referral_date <= view.city.as_of
        and not any(reason in (entry.refusal_reason or "") for reason in GOOD_REASONS)
    ]
    if not counted:
        return
    acts = _acts(view, row.person, referrals)
    national = _three_in_a_row(counted, referrals)
    wait_from = _waiting_since(counted, acts)
    if wait_from is not None and add_months(wait_from, 6) <= view.city.as_of:
        met = add_months(wait_from, 6)
        yield Due(RULE, "six_months", row.person, row.family_no, met, row.person_amount, national)
    if len(counted) >= 3:
        yield Due(RULE, "three_refusals", row.person, row.family_no, counted[2], row.person_amount, national)


def _waiting_since(counted: list[date], acts: list[date]) -> date | None:
    """The first counted refusal after the last act; None where the person acted since."""
    later = [day for day in counted if not acts or day > acts[-1]]
    return later[0] if later else None


def _acts(view: View, person: int, referrals: list[Referral]) -> list[date]:
    city = view.city
    days = [entry.registered_on for entry in city.job_seeking if entry.person == person]
    days += [entry.start_date for entry in city.training if entry.person == person]
    days += [entry.referral_date for entry in referrals if entry.outcome in ENDS_A_WAIT]
    days += [job.contract_start for job in view.employment[person]]
    days += [first_day(month) for month in view.worked_months(person)]
    return sorted(day for day in days if day <= city.as_of)


def _three_in_a_row(counted: list[date], referrals: list[Referral]) -> bool:
    taken = [entry.referral_date for entry in referrals if entry.outcome in ENDS_A_WAIT]
    return any(
        not any(first < day < third for day in taken)
        for first, third in zip(counted, counted[2:], strict=False)
    )


def _spell_start(view: View, person: int) -> date:
    """Start of the dibao spell that reaches the last roster; an exit on the way ends the earlier one."""
    left = {month_of(entry.exit_date) for entry in view.exits[person]}
    month = view.city.last_month
    while view.on_roster(person, month - 1, "dibao") and month - 1 not in left:
        month -= 1
    return min(row.start_date for row in view.rows[person][month] if row.category == "dibao")


def _concerned(view: View, row: RosterRow) -> bool:
    person = view.city.people[row.person]
    as_of = view.city.as_of
    if as_of < add_months(person.birth, 16 * 12) or as_of >= _retires_on(person.sex, person.birth):
        return False
    pensioned = any(
        entry.person == row.person and entry.last_month == view.city.last_month and entry.ended_month is None
        for entry in view.city.pensions
    )
    return _able(view, row) and not pensioned and not view.works(row.person)


def _able(view: View, row: RosterRow) -> bool:
    if row.labour is not None:
        return row.labour in ("full", "partial")
    severe = any(entry.grade <= 2 and entry.status == "valid" for entry in view.certificates[row.person])
    return not severe and all(entry.level != "severe" for entry in view.assessments[row.person])


def _retires_on(sex: str, birth: date) -> date:
    """Statutory retirement after the 2025 reform; a woman's class is unknown here, so the lower age."""
    age, step, most = (60, 4, 36) if sex == "male" else (50, 2, 60)
    original = add_months(birth, age * 12)
    passed = month_of(original) - month_of(date(2025, 1, 1))
    delay = 0 if passed < 0 else min(most, passed // step + 1)
    return add_months(original, delay)


def _may_nurse(view: View, row: RosterRow) -> bool:
    """Somebody in the household needs care, so one working-age member may be at home for it.

    The demo never has two who refused in such a household; which of them nurses is not judged here.
    """
    as_of = view.city.as_of + timedelta(days=1)
    others = [entry for entry in view.families[row.family_no, row.month] if entry.person != row.person]
    return any(
        other.care_need in ("half", "full")
        or any(found.level in ("moderate", "severe") and found.assessed_on < as_of
               for found in view.assessments[other.person])
        for other in others
    )

"""What medical aid and its extension, charity_referral, care_insurance and family_doctor_gap owe: 三(一)1–4."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from connectors.demo_city.example_parameters import AID_TIERS, DIBAO_STANDARD, in_force
from connectors.demo_city.facts import Exit, RosterRow, Settlement
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.oracle_view import ASSESSED_NEED, Due, View

# Tumours, chemo- and radiotherapy, transplants, dialysis: beginnings of codes, without dots.
TREATED = (*(f"C{number:02d}" for number in range(98)), "Z510", "Z511", "Z94", "T86", "N185", "Z49", "Z992")
PREMIUM_PAID = ("dibao", "destitute")
WINDOW_MONTHS = 24


def due_aid(view: View) -> Iterator[Due]:
    """三(一)1: per helped person and month what aid owes on the month's costs, less what it paid."""
    for person in view.rows:
        months: dict[int, list[Settlement]] = defaultdict(list)
        for entry in view.settlements[person]:
            if entry.settled_on <= view.as_of and view.on_roster(person, month_of(entry.settled_on)):
                months[month_of(entry.settled_on)].append(entry)
        used: dict[int, int] = defaultdict(int)  # 合规自费 of the year so far
        for month in sorted(months):
            entries, year = months[month], month // 12
            eligible = sum(entry.eligible_selfpay for entry in entries)
            before, used[year] = used[year], used[year] + eligible
            share = (_tiered(used[year]) - _tiered(before) + 50) // 100
            remains = sum(entry.copay - entry.aid_paid for entry in entries) + share
            if remains > 0:
                family_no = view.rows[person][month][0].family_no
                yield Due("medical_aid", "aid_remains", person, family_no, first_day(month), remains)


def _tiered(amount: int) -> int:
    """What the tiers pay on so much, in hundredths of a fen."""
    above = [*(tier for tier, _ in AID_TIERS[1:]), amount]
    return sum(per_cent * max(0, min(amount, below) - tier)
               for (tier, per_cent), below in zip(AID_TIERS, above, strict=True))


def due_extensions(view: View) -> Iterator[Due]:
    """三(一)1: left through higher income, not back, in one of the treatments before the exit or since, and still."""
    for left in view.latest_exits():
        away = left.person not in view.dead and not view.back_after(left.person, left.exit_date)
        if not away or not _left_by_income(left) or add_months(left.exit_date, WINDOW_MONTHS) < view.as_of:
            continue
        days = [entry.settled_on for entry in view.settlements[left.person]
                if add_months(left.exit_date, -12) < entry.settled_on <= view.as_of and _treated(entry)]
        if days and max(days) > add_months(view.as_of, -12):
            met = max(left.exit_date, min(days))
            yield Due("medical_aid_extension", "extension_candidate", left.person, left.family_no, met)


def _left_by_income(left: Exit) -> bool:
    if left.reason == "voluntary":
        return left.income_per_head is None or left.income_per_head >= in_force(DIBAO_STANDARD, left.exit_date)
    return left.reason == "income"


def _treated(entry: Settlement) -> bool:
    return entry.visit_type == "special_outpatient" or entry.diagnosis_code.replace(".", "").startswith(TREATED)


def due_charity(view: View) -> Iterator[Due]:
    """三(一)2: helped people with costs of the last year left after aid; dated by the first of an unbroken year."""
    for row in view.helped():
        if row.person in view.dead:
            continue
        costs = sorted(
            (entry.settled_on, entry.copay + entry.eligible_selfpay + entry.other_selfpay - entry.aid_paid)
            for entry in view.settlements[row.person] if entry.settled_on <= view.as_of
        )
        left = sum(amount for day, amount in costs if day > add_months(view.as_of, -12))
        if left > 0:
            met = max(_burdened_since(costs), first_day(view.stay_begins(row.person)))
            yield Due("charity_referral", "charity_candidate", row.person, row.family_no, met, left)


def _burdened_since(costs: list[tuple[date, int]]) -> date:
    """The first day with something left over its last year, no such day being a year before the next."""
    days = [day for day in sorted({day for day, _ in costs})
            if sum(amount for other, amount in costs if add_months(day, -12) < other <= day) > 0]
    since = days[-1]
    for earlier in reversed(days[:-1]):
        if add_months(earlier, 12) <= since:
            break
        since = earlier
    return since


def due_care_insurance(view: View) -> Iterator[Due]:
    """三(一)3: whose premium is to be paid in full, by category or level; whose form of care is missing."""
    for row in view.helped():
        if row.person in view.dead:
            continue
        assessed = view.assessment(row.person)
        level = assessed if assessed is not None and assessed.level in ASSESSED_NEED else None
        by_level = None if level is None else max(first_day(view.stay_begins(row.person)), level.assessed_on)
        by_category = _covered_since(view, row.person)
        met = by_category or by_level
        if met is not None:
            yield Due("care_insurance", "premium_in_full", row.person, row.family_no, met)
        if level is not None and level.service is None:
            yield Due("care_insurance", "care_form_missing", row.person, row.family_no, by_level)


def _covered_since(view: View, person: int) -> date | None:
    """First month of the unbroken time in a category whose premium is paid."""
    month = view.last + 1
    while any(view.on_roster(person, month - 1, category) for category in PREMIUM_PAID):
        month -= 1
    return first_day(month) if month <= view.last else None


def due_doctors(view: View) -> Iterator[Due]:
    """三(一)4: helped people without a valid contract, and bedridden ones without any form of care."""
    for row in view.helped():
        if row.person not in view.dead:
            first = first_day(view.stay_begins(row.person))
            yield from _contract_gap(view, row, first)
            assessed = view.assessment(row.person)
            severe = assessed is not None and assessed.level == "severe"
            if (severe or row.care_need == "full") and (assessed is None or assessed.service is None):
                met = first if row.care_need == "full" else max(first, assessed.assessed_on)
                yield Due("family_doctor_gap", "bedridden_without_home_care", row.person, row.family_no, met)


def _contract_gap(view: View, row: RosterRow, first: date) -> Iterator[Due]:
    until = max((entry.valid_until for entry in view.doctor_contracts[row.person] if entry.signed_on <= view.as_of),
                default=None)
    if until is None:
        yield Due("family_doctor_gap", "no_contract", row.person, row.family_no, first)
    elif until < view.as_of:
        met = max(first, until + timedelta(days=1))
        yield Due("family_doctor_gap", "contract_expired", row.person, row.family_no, met)

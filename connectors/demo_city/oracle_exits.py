"""What grace_period and paid_after_exit owe: 三(五)2 and 四.4 read over the true facts."""

from collections.abc import Iterator
from datetime import date, timedelta

from connectors.demo_city.example_parameters import DIBAO_STANDARD, in_force
from connectors.demo_city.facts import Exit, RosterRow
from connectors.demo_city.months import first_day, last_day, month_of
from connectors.demo_city.oracle_view import Due, View


def due_grace(view: View) -> Iterator[Due]:
    """Voluntary exits with a grace: its state, its length, and payments that do not follow it."""
    for left in (left for lefts in view.exits.values() for left in lefts):
        enough = left.income_per_head is None or left.income_per_head >= in_force(DIBAO_STANDARD, left.exit_date)
        if (left.category, left.reason) == ("dibao", "voluntary") and left.grace_until is not None and enough:
            yield from _grace(view, left, left.grace_until)


def _grace(view: View, left: Exit, until: int) -> Iterator[Due]:
    gone, person = month_of(left.exit_date), left.person
    anew = _admitted_anew(view, left)
    over = last_day(until) < view.as_of
    met = last_day(until) + timedelta(days=1) if over else left.exit_date
    died = view.dead.get(person)
    if anew is None and (died is None or died > last_day(until)):
        yield _due("ended" if over else "in_grace", left, met)
    if until - gone < 3:
        yield _due("granted_too_short", left, left.exit_date)
    if until - gone > 6:
        yield _due("granted_too_long", left, left.exit_date)
    months = range(gone + 1, anew or view.last + 1)
    late = [month for month in months if month > until and view.paid.get((person, month, "dibao"))
            and not view.on_roster(person, month, "dibao")]
    if late:
        amount = sum(view.paid[person, month, "dibao"] for month in late)
        yield _due("paid_after_end", left, first_day(late[0]), amount)
    unpaid = [month for month in months if month <= until and not _dibao_paid(view, left, month)
              and (died is None or died > first_day(month))]
    if unpaid:
        yield _due("cut_off_early", left, first_day(unpaid[0]), len(unpaid) * _own_amount(view, left))


def _admitted_anew(view: View, left: Exit) -> int | None:
    """The first month back on the dibao roster, by a new beginning or after a month off it."""
    was_off = False
    for month in range(month_of(left.exit_date) + 1, view.last + 1):
        rows = view.rows[left.person].get(month, [])
        if any(row.category == "dibao" and (was_off or row.start_date > left.exit_date) for row in rows):
            return month
        was_off = was_off or not rows
    return None


def _own_amount(view: View, left: Exit) -> int:
    """What the person had a month before the exit."""
    months = view.rows[left.person]
    return months[max(month for month in months if month <= month_of(left.exit_date))][0].person_amount


def _due(condition: str, left: Exit, met: date, amount: int | None = None) -> Due:
    return Due("grace_period", condition, left.person, left.family_no, met, amount)


def _dibao_paid(view: View, left: Exit, month: int) -> bool:
    return (left.person, month, "dibao") in view.paid or (left.family_no, month, "dibao") in view.family_paid


def due_after_exit(view: View) -> Iterator[Due]:
    """dibao paid after the month of the exit and outside grace; and on the roster without a payment."""
    for left in (left for lefts in view.exits.values() for left in lefts):
        if left.category != "dibao":
            continue
        covered = max(month_of(left.exit_date), left.grace_until or 0)
        wrong = [month for month in range(covered + 1, view.last + 1)
                 if view.paid.get((left.person, month, "dibao"))
                 and not view.on_roster(left.person, month, "dibao")]
        if wrong:
            amount = sum(view.paid[left.person, month, "dibao"] for month in wrong)
            yield Due("paid_after_exit", "paid_after_exit", left.person, left.family_no, first_day(wrong[0]), amount)
    yield from _unpaid(view)


def _unpaid(view: View) -> Iterator[Due]:
    """The first month on the dibao roster without a payment; the amount is what all such months would have brought."""
    for person, months in view.rows.items():
        unpaid = [row for month in sorted(months) for row in months[month]
                  if row.category == "dibao" and not _paid(view, person, month, months[month])]
        if unpaid:
            amount = sum(row.person_amount for row in unpaid)
            yield Due("paid_after_exit", "on_roster_unpaid", person, unpaid[0].family_no, first_day(unpaid[0].month),
                      amount)


def _paid(view: View, person: int, month: int, rows: list[RosterRow]) -> bool:
    return (person, month, "dibao") in view.paid or any(
        (row.family_no, month, "dibao") in view.family_paid for row in rows)

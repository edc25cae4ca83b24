"""What relapse owes: 三(五)4 read over the true facts. Thresholds are the demo's own example values."""

from collections.abc import Iterator
from datetime import date

from connectors.demo_city.example_parameters import FAMILY_BURDEN, OWN_BURDEN
from connectors.demo_city.facts import Exit
from connectors.demo_city.months import add_months, first_day, last_day, month_of
from connectors.demo_city.oracle_burden import borne, last_year, reached_on
from connectors.demo_city.oracle_labour import paid_months, works
from connectors.demo_city.oracle_view import Due, View

WINDOW_MONTHS = 24
OFF_ROSTER = ("income", "voluntary", "other")


def due_relapses(view: View) -> Iterator[Due]:
    """relapsed (off for a whole delivered month, then back) and at_risk (not back, a signal since)."""
    for left in view.latest_exits():
        if left.reason not in OFF_ROSTER or left.category not in ("dibao", "dibao_edge"):
            continue
        if add_months(left.exit_date, WINDOW_MONTHS) < view.as_of:
            continue
        gone = month_of(left.exit_date)
        back = _month_back(view, left.person, gone)
        if back is None and left.person not in view.dead:
            signals = sorted(_signals(view, left))
            if signals:
                yield Due("relapse", "at_risk", left.person, left.family_no, signals[0])
        elif back is not None and back - max(gone + 1, view.city.first_month) >= 1:
            row = view.rows[left.person][back][0]
            yield Due("relapse", "relapsed", left.person, row.family_no, _began(row.start_date, left, back))


def _month_back(view: View, person: int, gone: int) -> int | None:
    later = range(max(gone + 1, view.city.first_month), view.last + 1)
    return next((month for month in later if view.on_roster(person, month)), None)


def _began(start: date, left: Exit, back: int) -> date:
    return start if left.exit_date <= start <= last_day(back) else first_day(back)


def _signals(view: View, left: Exit) -> Iterator[date]:
    """Days of the signals after the exit."""
    after, person = left.exit_date, left.person
    known = [entry for entry in view.certificates[person] if entry.issued_on <= after]
    yield from (entry.issued_on for entry in view.certificates[person]
                if entry.grade <= 2 and entry.status == "valid" and after < entry.issued_on <= view.as_of
                and not any(earlier.grade <= entry.grade for earlier in known))
    assessed = view.assessment(person)
    if assessed is not None and assessed.level == "severe":
        yield from (entry.assessed_on for entry in view.assessments[person]
                    if entry.level == "severe" and after < entry.assessed_on <= view.as_of)
    yield from (first_day(month) for month in range(month_of(after) + 1, view.last + 1)
                if view.paid.get((person, month, "temporary")))
    yield from _work_ended(view, left)
    members = _household(view, left)
    yield from (house.identified_on for member in members for house in view.houses[member]
                if house.danger_grade == "D" and house.treatment == "none"
                and after < house.identified_on <= view.as_of)
    yield from _burdens(view, left, members)


def _work_ended(view: View, left: Exit) -> Iterator[date]:
    """Work ended since the exit, and the last two months, none of them before the end's, are without any."""
    if works(view, left.person):
        return
    yield from (job.contract_end for job in view.employment[left.person]
                if job.contract_end and left.exit_date < job.contract_end < first_day(view.last))
    months = paid_months(view, left.person)
    if months and months[-1] >= month_of(left.exit_date):
        yield first_day(months[-1] + 1)


def _household(view: View, left: Exit) -> set[int]:
    """Who left with the person, or shared the last month on the roster."""
    members = set(view.left_together[left.family_no, left.exit_date])
    months = [month for month in view.rows.get(left.person, ()) if first_day(month) <= left.exit_date]
    if months:
        family_no = view.rows[left.person][max(months)][0].family_no
        members |= {row.person for row in view.families[family_no, max(months)]}
    return members | {left.person}


def _burdens(view: View, left: Exit, members: set[int]) -> Iterator[date]:
    """Own or household costs of a year at or above the threshold: reached after the exit, and reached still."""
    oldest = add_months(left.exit_date, -12)
    for people, threshold in (({left.person}, OWN_BURDEN), (members, FAMILY_BURDEN)):
        costs = [cost for cost in borne(view, people) if cost[0] > oldest]
        if last_year(view, costs) >= threshold:
            day = reached_on(costs, threshold, after=left.exit_date)
            if day is not None:
                yield day

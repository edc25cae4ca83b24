"""What the clauses that weigh incomes owe: care_income_disregard, work_cost_disregard (三(五)1), working_on_dibao."""

from collections.abc import Iterator

from connectors.demo_city.example_parameters import DIBAO_STANDARD, WORK_COST, in_force
from connectors.demo_city.facts import RosterRow
from connectors.demo_city.months import first_day, last_day, month_of
from connectors.demo_city.oracle_labour import earned, working_age
from connectors.demo_city.oracle_view import Due, View

COUNTED = ("dibao", "dibao_edge")


def due_care_incomes(view: View) -> Iterator[Due]:
    """Households with a member in half or full care: the highest income of another of working age is left out.

    The amount is by how much the monthly difference to the standard grows.
    """
    standard = in_force(DIBAO_STANDARD, first_day(view.last))
    for family_no, rows in view.households().items():
        carer = _best_carer(view, rows)
        if carer is None or rows[0].household_income == 0:
            continue
        line, income = standard * rows[0].household_size, rows[0].household_income
        grows = max(line - max(income - carer, 0), 0) - max(line - income, 0)
        first = next(month for month in range(view.family_begins(family_no), view.last + 1)
                     if _best_carer(view, view.families[family_no, month]) is not None)
        yield Due("care_income_disregard", "income_left_out", None, family_no, first_day(first), grows)


def _best_carer(view: View, rows: list[RosterRow]) -> int | None:
    """The highest income of a month that nursing may leave out; None where nobody needs care or nobody else earns."""
    listed = [row for row in rows if row.category in COUNTED]
    nursed = {row.person for row in listed if view.needs_care(row)}
    incomes = [income for row in listed
               if row.person not in nursed and _of_working_age(view, row)
               and (income := earned(view, row.person, row.month)) is not None]
    return max(incomes, default=None) if nursed else None


def _of_working_age(view: View, row: RosterRow) -> bool:
    begins, ends = working_age(view, row.person, support=True)
    return begins <= last_day(row.month) and first_day(row.month) < ends


def due_work_costs(view: View) -> Iterator[Due]:
    """Working members of dibao and edge households: the necessary cost of work, at most what was earned."""
    for row in view.listed():
        income = earned(view, row.person, row.month)
        if row.category not in COUNTED or income is None or row.household_income == 0:
            continue
        first = next(month for month in range(view.family_begins(row.family_no), view.last + 1)
                     if _listed_and_earning(view, row, month))
        cost = min(WORK_COST, income)
        yield Due("work_cost_disregard", "work_cost", row.person, row.family_no, first_day(first), cost)


def _listed_and_earning(view: View, row: RosterRow, month: int) -> bool:
    listed = any(other.person == row.person and other.category in COUNTED
                 for other in view.families[row.family_no, month])
    return listed and earned(view, row.person, month) is not None


def due_workers(view: View) -> Iterator[Due]:
    """working_on_dibao: months on the dibao roster with a registered wage or a paid employee contribution.

    Not the month in which the stay began after its first day, and no month of a recorded grace.
    """
    for person in view.rows:
        months = {month: income for month in sorted(view.rows[person])
                  if _on_dibao(view, person, month)
                  and (income := earned(view, person, month, ("employee",))) is not None}
        if months:
            family_no = view.rows[person][max(months)][0].family_no
            yield Due("working_on_dibao", "working", person, family_no, first_day(min(months)), sum(months.values()))


def _on_dibao(view: View, person: int, month: int) -> bool:
    in_grace = any(month_of(left.exit_date) <= month <= left.grace_until
                   for left in view.exits[person] if left.grace_until is not None)
    return not in_grace and any(
        row.category == "dibao" and row.start_date <= first_day(month) for row in view.rows[person][month])

"""Who may work, who works and what it brings in: what several clauses ask of a person, read over the true facts.

The figures of the law stand here once more, on purpose: an oracle that read our parameters would agree
with a wrong parameter.
"""

from datetime import date

from connectors.demo_city.facts import RosterRow
from connectors.demo_city.months import add_months, first_day, last_day, month_of
from connectors.demo_city.oracle_view import View

WORKING = ("employee", "flexible")
FULL_AGE, SCHOOL_LEAVING_AGE = 18, 16
# (original age, one month more for every so many months, at most): the reform of 2025
MEN = ((60, 4, 36),)
WOMEN = ((50, 2, 60), (55, 4, 36))


def retirement_days(sex: str, birth: date) -> list[date]:
    """The statutory retirement of each class the person may belong to, a woman's class being unknown."""
    return [_delayed(add_months(birth, age * 12), step, most) for age, step, most in (MEN if sex == "male" else WOMEN)]


def _delayed(original: date, step: int, most: int) -> date:
    passed = month_of(original) - month_of(date(2025, 1, 1))
    return add_months(original, 0 if passed < 0 else min(most, passed // step + 1))


def working_age(view: View, person: int, *, support: bool) -> tuple[date, date]:
    """First day of working age and first day after it; doubt about the class favours the person."""
    human = view.city.people[person]
    retires = retirement_days(human.sex, human.birth)
    return add_months(human.birth, SCHOOL_LEAVING_AGE * 12), max(retires) if support else min(retires)


def able(view: View, row: RosterRow) -> bool:
    """Full or partial capacity; where the roster is silent, a severe certificate or assessment means unable."""
    if row.labour is not None:
        return row.labour in ("full", "partial")
    severe = any(entry.grade <= 2 and not entry.status.startswith("cancelled")
                 for entry in view.certificates[row.person])
    assessed = view.assessment(row.person)
    return not severe and (assessed is None or assessed.level != "severe")


def pensioned(view: View, person: int) -> bool:
    """A pension that has not ended when last seen."""
    pensions = view.pensions[person]
    return bool(pensions) and max(pensions, key=lambda entry: entry.last_month).ended_month is None


def paid_months(view: View, person: int, kinds: tuple[str, ...] = WORKING) -> list[int]:
    """Months with a contribution of these kinds that was really paid."""
    return sorted({
        month
        for run in view.contributions[person] if run.insured_as in kinds
        for month in range(run.first_month, run.last_month + 1) if month not in run.unpaid
    })


def works(view: View, person: int) -> bool:
    """In work on the as-of day: registered, or a paid month as a worker among the last two."""
    registered = any(
        job.contract_start <= view.as_of and (job.contract_end is None or job.contract_end >= view.as_of)
        for job in view.employment[person]
    )
    return registered or any(month >= view.last - 1 for month in paid_months(view, person))


def last_work(view: View, person: int) -> date | None:
    """The last day, up to the as-of day, of a registered job or of a paid month."""
    days = [min(job.contract_end or view.as_of, view.as_of) for job in view.employment[person]
            if job.contract_start <= view.as_of]
    days += [min(last_day(month), view.as_of) for month in paid_months(view, person)]
    return max(days, default=None)


def may_work(view: View, row: RosterRow) -> bool:
    """For support: of working age by the higher age, able, without a pension, alive."""
    begins, ends = working_age(view, row.person, support=True)
    return (begins <= view.as_of < ends and able(view, row) and not pensioned(view, row.person)
            and row.person not in view.dead)


def wages(view: View, person: int, month: int) -> list[int]:
    """Registered wages of a month: of every job that covers a day of it."""
    return [job.monthly_wage for job in view.employment[person]
            if job.contract_start <= last_day(month)
            and (job.contract_end is None or job.contract_end >= first_day(month))]


def bases(view: View, person: int, month: int, kinds: tuple[str, ...] = WORKING) -> list[int]:
    """Contribution bases of a month that were really paid on."""
    return [run.base for run in view.contributions[person]
            if run.insured_as in kinds and run.first_month <= month <= run.last_month and month not in run.unpaid]


def earned(view: View, person: int, month: int, kinds: tuple[str, ...] = WORKING) -> int | None:
    """What the month's work brought in: the wages, or the bases where no wage is registered; None without work."""
    found = wages(view, person, month) or bases(view, person, month, kinds)
    return sum(found) if found else None

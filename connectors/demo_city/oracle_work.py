"""What the clauses on work owe: 三(二)1–4 over the true facts."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from connectors.demo_city.example_parameters import FLEXIBLE_PER_CENT, LOWEST_BASE, MINIMUM_WAGE, in_force
from connectors.demo_city.facts import Employment, RosterRow
from connectors.demo_city.months import add_months, first_day, last_day, month_of
from connectors.demo_city.oracle_labour import last_work, may_work, paid_months, working_age, works
from connectors.demo_city.oracle_view import Due, View

CLAIM_MONTHS = 12


def due_candidates(view: View) -> Iterator[Due]:
    """三(二)1: helped people able to work and without work."""
    for row in view.helped():
        if may_work(view, row) and not works(view, row.person):
            worked = last_work(view, row.person)
            met = max(_since(view, row), date.min if worked is None else worked + timedelta(days=1))
            yield Due("public_post_candidates", "post_candidate", row.person, row.family_no, met)


def _since(view: View, row: RosterRow) -> date:
    """Since when the person is on the roster and of age."""
    return max(first_day(view.stay_begins(row.person)), working_age(view, row.person, support=True)[0])


def due_training(view: View) -> Iterator[Due]:
    """三(二)2: able to work, with neither work nor training in twelve months."""
    for row in view.helped():
        if not may_work(view, row) or works(view, row.person):
            continue
        days = [min(max(course.start_date, course.end_date), view.as_of) for course in view.training[row.person]
                if course.start_date <= view.as_of]
        worked = last_work(view, row.person)
        acted = max(days + ([] if worked is None else [worked]), default=None)
        if acted is None or acted <= add_months(view.as_of, -12):
            met = max(_since(view, row), date.min if acted is None else add_months(acted, 12))
            yield Due("training_gap", "no_work_no_training", row.person, row.family_no, met)


def due_idle_households(view: View) -> Iterator[Due]:
    """三(二)2: households with somebody able to work where nobody works."""
    for family_no, rows in view.households().items():
        fit = [row for row in rows if may_work(view, row)]
        if not fit or any(works(view, row.person) for row in rows):
            continue
        worked = [day for row in rows if (day := last_work(view, row.person)) is not None]
        met = max(first_day(view.family_begins(family_no)),
                  min(working_age(view, row.person, support=True)[0] for row in fit),
                  max(worked) + timedelta(days=1) if worked else date.min)
        yield Due("zero_employment_household", "nobody_works", None, family_no, met)


def due_flexible(view: View) -> Iterator[Due]:
    """三(二)3: two thirds of the contribution on the lowest base, month by month while helped and of working age."""
    for person in view.rows:
        begins, ends = working_age(view, person, support=True)
        months = [month for month in paid_months(view, person, ("flexible",))
                  if view.on_roster(person, month) and begins <= last_day(month) and first_day(month) < ends]
        recent = [month for month in months if month > view.last - CLAIM_MONTHS]
        if recent:
            family_no = view.rows[person][recent[-1]][0].family_no
            lowest = sum(in_force(LOWEST_BASE, first_day(month)) for month in recent)
            due = int(Fraction(2 * FLEXIBLE_PER_CENT * lowest, 300) + Fraction(1, 2))
            yield Due("flexible_subsidy", "flexible_worker", person, family_no, first_day(months[0]), due)


def due_posts(view: View) -> Iterator[Due]:
    """三(二)1: public welfare posts of helped people, a year or more, paid 1.2 times the minimum wage: half of it."""
    for person in view.rows:
        for job in view.employment[person]:
            ended_long_ago = job.contract_end is not None and job.contract_end <= add_months(view.as_of, -CLAIM_MONTHS)
            if job.post_type == "public_welfare" and not ended_long_ago and _subsidised(view, job):
                lowest = _minimum(view, job)
                if 5 * job.monthly_wage >= 6 * lowest:
                    yield Due("public_post_subsidy", "public_post", person, None, job.contract_start, lowest // 2)


def due_hirings(view: View) -> Iterator[Due]:
    """三(二)4: hired this year for a year or more, insured; well paid ones bring a fifth of the minimum wage too."""
    for person in view.rows:
        for job in view.employment[person]:
            if job.contract_start < date(view.as_of.year, 1, 1) or job.post_type != "employee":
                continue
            if _renewed(view, job) or not _subsidised(view, job) or not _insured(view, job):
                continue
            yield Due("hiring_subsidy", "new_hire_insurance", person, None, job.contract_start)
            lowest = _minimum(view, job)
            if 5 * job.monthly_wage >= 6 * lowest:
                yield Due("hiring_subsidy", "new_hire_post", person, None, job.contract_start, lowest // 5)


def _subsidised(view: View, job: Employment) -> bool:
    """Begun by the day, for a year or more, by somebody on the roster then or now."""
    year = add_months(job.contract_start, 12) - timedelta(days=1)
    helped = view.on_roster(job.person, month_of(job.contract_start)) or view.on_roster(job.person, view.last)
    return job.contract_start <= view.as_of and (job.contract_end is None or job.contract_end >= year) and helped


def _minimum(view: View, job: Employment) -> int:
    """The minimum wage of the day, or of the contract's last."""
    return in_force(MINIMUM_WAGE, min(job.contract_end or view.as_of, view.as_of))


def _insured(view: View, job: Employment) -> bool:
    end = month_of(job.contract_end) if job.contract_end else view.last
    return any(month_of(job.contract_start) <= month <= end for month in paid_months(view, job.person, ("employee",)))


def _renewed(view: View, job: Employment) -> bool:
    """A new contract with the employer of the one before, without a month between."""
    return any(
        other.employer == job.employer and other.contract_start < job.contract_start
        and (other.contract_end is None or add_months(other.contract_end, 1) >= job.contract_start)
        for other in view.employment[job.person]
    )

"""Cases for the employers' subsidies: public_post_subsidy (三(二)1) and hiring_subsidy (三(二)4)."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.example_parameters import MINIMUM_WAGE, in_force
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.planter import Planter

POST, HIRING = "public_post_subsidy", "hiring_subsidy"


def _worker(planter: Planter, rule: str, case: str, *, due: bool, first: int | None = None,
            last: int | None = None) -> Person:
    family = planter.family(("male", 41), ("female", 39))
    planter.roster(family, "dibao_edge", first=first, last=last)
    planter.case(rule, case, family.head, due=due)
    return family.head


def _enough(day: date) -> int:
    """1.2 times the minimum wage of that day, in fen."""
    return in_force(MINIMUM_WAGE, day) * 6 // 5


def _year_from(start: date) -> date:
    return add_months(start, 12) - timedelta(days=1)


def posts(planter: Planter) -> None:
    """A public welfare post for a year, paid 1.2 times the minimum wage, to the day and to the fen."""
    as_of, start = planter.city.as_of, planter.months_ago(7, 3)
    person = _worker(planter, POST, "a year to the day, enough to the fen", due=True)
    planter.employ(person, start, _year_from(start), "public_welfare", _enough(as_of))
    planter.employ(_worker(planter, POST, "no end", due=True), start, None, "public_welfare", 400_000)
    ended = planter.months_ago(8)
    planter.employ(_worker(planter, POST, "ended, by the wage of its time", due=True), add_months(ended, -20), ended,
                   "public_welfare", _enough(ended))
    person = _worker(planter, POST, "not helped when hired, helped now", due=True, first=planter.last - 1)
    planter.employ(person, start, None, "public_welfare", _enough(as_of))
    person = _worker(planter, POST, "helped when hired, left since", due=True, last=planter.last - 4)
    planter.employ(person, planter.months_ago(5), None, "public_welfare", _enough(as_of))
    person = _worker(planter, POST, "a day short of a year", due=False)
    planter.employ(person, start, _year_from(start) - timedelta(days=1), "public_welfare", _enough(as_of))
    planter.employ(_worker(planter, POST, "a fen short", due=False), start, None, "public_welfare", _enough(as_of) - 1)
    planter.employ(_worker(planter, POST, "an ordinary post", due=False), start, None, "employee", 400_000)
    person = _worker(planter, POST, "ended over a year ago", due=False)
    planter.employ(person, planter.months_ago(36), planter.months_ago(12), "public_welfare", 400_000)
    stranger = planter.person("female", 45)
    planter.employ(stranger, start, None, "public_welfare", 400_000)
    planter.case(POST, "not helped", stranger, due=False)


def _hired(planter: Planter, case: str, *, due: bool, start: date | None = None, end: date | None = None,
           wage: int = 290_000, post: str = "employee", insured_as: str = "employee", owed: bool = False,
           employer: str | None = None) -> Person:
    """Hired on a day of this year (the first, where not given), insured from that month on."""
    begins = start or date(planter.city.as_of.year, 1, 1)
    person = _worker(planter, HIRING, case, due=due)
    planter.employ(person, begins, end, post, wage, employer)
    months = range(month_of(begins), planter.last + 1)
    planter.contribute(person, months.start, planter.last, insured_as, tuple(months) if owed else ())
    return person


def hirings(planter: Planter) -> None:
    """New this year, for a year, insured; well paid to the fen or not."""
    as_of, new_year = planter.city.as_of, date(planter.city.as_of.year, 1, 1)
    _hired(planter, "on the first of January, a year to the day", due=True, end=_year_from(new_year))
    _hired(planter, "paid enough to the fen", due=True, start=first_day(planter.last), wage=_enough(as_of))
    _hired(planter, "a fen short of the post subsidy", due=True, wage=_enough(as_of) - 1)
    _hired(planter, "on the day itself", due=True, start=as_of, wage=500_000)
    person = _hired(planter, "a new employer", due=True, wage=500_000)
    planter.employ(person, add_months(new_year, -30), new_year - timedelta(days=1))
    _hired(planter, "on the last of December", due=False, start=new_year - timedelta(days=1))
    _hired(planter, "a day short of a year", due=False, end=_year_from(new_year) - timedelta(days=1))
    _hired(planter, "insured as a resident", due=False, insured_as="resident")
    _hired(planter, "contributions owed", due=False, owed=True)
    _hired(planter, "a public welfare post", due=False, post="public_welfare", wage=_enough(as_of) - 1)
    for post in ("flexible", "self_employed"):
        _hired(planter, f"no employer: {post}", due=False, post=post)
    employer = planter.employer()
    person = _hired(planter, "renewed by the same employer", due=False, employer=employer)
    planter.employ(person, add_months(new_year, -12), new_year - timedelta(days=1), employer=employer)


SCENARIOS = (posts, hirings)

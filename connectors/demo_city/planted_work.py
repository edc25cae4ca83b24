"""Cases for public_post_candidates, training_gap, zero_employment_household and flexible_subsidy (三(二)1–3)."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import add_months, last_day, month_of
from connectors.demo_city.planted_refusals import born_to_retire
from connectors.demo_city.planter import Planter

POST, TRAINING, HOUSEHOLD = "public_post_candidates", "training_gap", "zero_employment_household"
FLEXIBLE = "flexible_subsidy"


def _member(planter: Planter, rule: str, case: str, *, due: bool, sex: str = "male", age: int = 37,
            birth: date | None = None, labour: str | None = "full", first: int | None = None) -> Person:
    person = planter.person(sex, age, birth=birth)
    planter.roster(planter.file([person]), "dibao_edge", first=first, labour=labour)
    planter.case(rule, case, person, due=due)
    return person


def candidates(planter: Planter) -> None:
    """Able to work, of age by the higher age, and without work."""
    _member(planter, POST, "full capacity", due=True)
    _member(planter, POST, "partial capacity, joined lately", due=True, labour="partial", first=planter.last - 2)
    _member(planter, POST, "a woman between both ages", due=True, sex="female", age=53)
    _member(planter, POST, "roster silent, nothing against it", due=True, labour=None)
    person = _member(planter, POST, "roster silent, certificate cancelled", due=True, labour=None)
    planter.certify(person, 2, planter.months_ago(40), status="cancelled")
    person = _member(planter, POST, "contract ran out", due=True)
    planter.employ(person, planter.months_ago(30), planter.months_ago(4, 11))
    person = _member(planter, POST, "contributions ended three months ago", due=True)
    planter.contribute(person, planter.first, planter.last - 3)
    person = _member(planter, POST, "the last two months owed", due=True)
    planter.contribute(person, planter.first, planter.last, "flexible", (planter.last - 1, planter.last))
    person = _member(planter, POST, "insured as a resident", due=True)
    planter.contribute(person, planter.last - 1, planter.last, "resident")


def no_candidates(planter: Planter) -> None:
    """Unable, too young or old, with a pension, in work."""
    _member(planter, POST, "unable", due=False, labour="none")
    _member(planter, POST, "sixteen tomorrow", due=False,
            birth=add_months(planter.city.as_of + timedelta(days=1), -16 * 12))
    _member(planter, POST, "retired by the reform", due=False,
            birth=born_to_retire(month_of(planter.city.as_of) - 1))
    person = _member(planter, POST, "roster silent, certificate ran out", due=False, labour=None)
    planter.certify(person, 1, planter.months_ago(130))
    person = _member(planter, POST, "roster silent, assessed as severe", due=False, labour=None)
    planter.assess(person, planter.months_ago(4), "severe", "home")
    planter.pension(_member(planter, POST, "draws a pension", due=False, age=58), benefit="employee")
    planter.employ(_member(planter, POST, "contract to the day", due=False), planter.months_ago(9), planter.city.as_of)
    person = _member(planter, POST, "paid two months ago", due=False)
    planter.contribute(person, planter.first, planter.last - 1, "flexible")


def training(planter: Planter) -> None:
    """No course and no work for twelve months, to the day."""
    a_year_ago = add_months(planter.city.as_of, -12)
    _member(planter, TRAINING, "never trained", due=True)
    person = _member(planter, TRAINING, "course ended a year ago to the day", due=True)
    planter.train(person, a_year_ago - timedelta(25))
    planter.train(_member(planter, TRAINING, "course ended a day later", due=False), a_year_ago - timedelta(24))
    person = _member(planter, TRAINING, "work ended a year ago to the day", due=True)
    planter.employ(person, planter.months_ago(40), a_year_ago)
    planter.employ(_member(planter, TRAINING, "work ended a day later", due=False), planter.months_ago(40),
                   a_year_ago + timedelta(days=1))
    planter.contribute(_member(planter, TRAINING, "paid a month ten months ago", due=False), planter.last - 10,
                       planter.last - 10)
    planter.train(_member(planter, TRAINING, "course begins today", due=False), planter.city.as_of)
    planter.train(_member(planter, TRAINING, "unable", due=False, labour="none"), planter.months_ago(20))


def households(planter: Planter) -> None:
    """Somebody able to work and nobody working; one who works is enough."""
    for case, labour, first in (("a couple", "full", None), ("joined lately", "partial", planter.last - 3)):
        family = planter.family(("male", 46), ("female", 44))
        planter.roster(family, first=first, labour=labour)
        planter.case(HOUSEHOLD, case, family.head, due=True)
    family = planter.family(("male", 47), ("male", 20))
    planter.roster(family)
    planter.employ(family.members[1], planter.months_ago(20), planter.months_ago(6, 4))
    planter.case(HOUSEHOLD, "the son's work ended", family.head, due=True)
    family = planter.family(("female", 48), ("male", 21))
    planter.roster(family)
    planter.contribute(family.members[1], planter.last - 5, planter.last)
    planter.case(HOUSEHOLD, "the son works", family.head, due=False)
    family = planter.family(("male", 68), ("female", 30))
    planter.roster(family)
    planter.employ(family.head, planter.months_ago(3))
    planter.case(HOUSEHOLD, "works beyond the age", family.head, due=False)
    family = planter.family(("male", 71), ("female", 69))
    planter.roster(family)
    planter.case(HOUSEHOLD, "nobody able", family.head, due=False)


def flexible(planter: Planter) -> None:
    """Two thirds by the month: on the roster, of working age, really paid."""
    last = planter.last
    planter.contribute(_member(planter, FLEXIBLE, "the whole year", due=True), planter.first, last, "flexible")
    planter.contribute(_member(planter, FLEXIBLE, "from the month of joining", due=True, first=last - 4),
                       planter.first, last, "flexible")
    planter.contribute(_member(planter, FLEXIBLE, "two months owed", due=True), last - 6, last, "flexible",
                       (last - 5, last - 2))
    planter.contribute(_member(planter, FLEXIBLE, "a woman between both ages", due=True, sex="female", age=53),
                       last - 3, last, "flexible")
    person = _member(planter, FLEXIBLE, "until retirement", due=True, birth=born_to_retire(last - 4))
    planter.contribute(person, planter.first, last, "flexible")
    family = planter.family(("male", 40))
    planter.roster(family, last=last - 3)
    planter.leave(family, last_day(last - 3), "income")
    planter.contribute(family.head, last - 5, last, "flexible")
    planter.case(FLEXIBLE, "until leaving", family.head, due=True)
    planter.contribute(_member(planter, FLEXIBLE, "all months owed", due=False), last - 1, last, "flexible",
                       (last - 1, last))
    planter.contribute(_member(planter, FLEXIBLE, "an employee", due=False), planter.first, last)
    planter.contribute(_member(planter, FLEXIBLE, "before joining", due=False, first=last - 1), planter.first, last - 2,
                       "flexible")
    person = _member(planter, FLEXIBLE, "retired before", due=False, birth=born_to_retire(last - 14))
    planter.contribute(person, planter.first, last, "flexible")
    stranger = planter.person("female", 39)
    planter.contribute(stranger, planter.first, last, "flexible")
    planter.case(FLEXIBLE, "not helped", stranger, due=False)


SCENARIOS = (candidates, no_candidates, training, households, flexible)

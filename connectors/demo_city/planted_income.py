"""Cases for care_income_disregard, work_cost_disregard (三(五)1) and working_on_dibao (三(五)3)."""

from datetime import timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import first_day, last_day
from connectors.demo_city.planter import LONG_AGO, Planter

CARE, COST, WORKING = "care_income_disregard", "work_cost_disregard", "working_on_dibao"


def _nursing(planter: Planter, case: str, *, due: bool, category: str = "dibao_edge", income: int = 400_000,
             wages: tuple[int, int] = (320_000, 0), care: dict[int, str] | None = None, level: str | None = None,
             ages: tuple[int, int] = (44, 42), hired_ago: int = 30, first: int | None = None) -> None:
    """A couple and the husband's mother, who is in full care unless `care` says else; `wages` are the couple's."""
    family = planter.family(("male", ages[0]), ("female", ages[1]), ("female", 79))
    family.income = income
    planter.roster(family, category, first=first, care={2: "full"} if care is None else care)
    if level is not None:
        planter.assess(family.members[2], planter.months_ago(5), level, "home")
    for member, wage in zip(family.members, wages, strict=False):
        if wage:
            planter.employ(member, planter.months_ago(hired_ago), wage=wage)
    planter.case(CARE, case, family.head, due=due)


def care_incomes(planter: Planter) -> None:
    """Somebody needs care and somebody else of working age earns: by how much the difference grows."""
    _nursing(planter, "above the standard, below it without the income", due=True)
    _nursing(planter, "below it already", due=True, category="dibao", income=300_000, wages=(250_000, 0))
    _nursing(planter, "above it even so", due=True, income=900_000, wages=(320_000, 0))
    _nursing(planter, "earns more than the household's figure", due=True, income=200_000)
    _nursing(planter, "the higher of two incomes", due=True, income=700_000, wages=(310_000, 350_000))
    _nursing(planter, "half care, hired lately", due=True, care={2: "half"}, hired_ago=3)
    _nursing(planter, "assessed only", due=True, care={}, level="moderate", first=planter.last - 6)
    _nursing(planter, "nobody needs care", due=False, care={}, level="mild")
    _nursing(planter, "nobody earns", due=False, wages=(0, 0))
    _nursing(planter, "the one in need earns", due=False, care={0: "half"})
    _nursing(planter, "retired and at work", due=False, ages=(66, 64))
    _nursing(planter, "no income in the household's figure", due=False, income=0)
    _nursing(planter, "destitute", due=False, category="destitute")
    family = planter.family(("male", 45), ("female", 76))
    family.income = 350_000
    planter.roster(family, care={1: "full"})
    planter.contribute(family.head, planter.first + 2, planter.last, "flexible", base=300_000)
    planter.case(CARE, "contributions alone", family.head, due=True)


def _earner(planter: Planter, rule: str, case: str, *, due: bool, category: str = "dibao", income: int | None = None,
            first: int | None = None, last: int | None = None) -> Person:
    family = planter.family(("male", 40), ("female", 38))
    if income is not None:
        family.income = income
    planter.roster(family, category, first=first, last=last)
    planter.case(rule, case, family.head, due=due)
    return family.head


def work_costs(planter: Planter) -> None:
    """Members who earn in the month: at most what was earned."""
    planter.employ(_earner(planter, COST, "a wage", due=True), planter.months_ago(20))
    planter.employ(_earner(planter, COST, "earns less than the cost", due=True), planter.months_ago(4), wage=21_000)
    person = _earner(planter, COST, "contributions alone, since last month", due=True, category="dibao_edge")
    planter.contribute(person, planter.last - 1, planter.last, "flexible")
    person = _earner(planter, COST, "joined since", due=True, first=planter.last - 2)
    planter.employ(person, planter.months_ago(20))
    planter.employ(_earner(planter, COST, "work ended last month", due=False), planter.months_ago(20),
                   last_day(planter.last - 1))
    planter.employ(_earner(planter, COST, "destitute", due=False, category="destitute"), planter.months_ago(20))
    planter.employ(_earner(planter, COST, "no income in the household's figure", due=False, income=0),
                   planter.months_ago(20))
    person = _earner(planter, COST, "insured as a resident", due=False)
    planter.contribute(person, planter.first, planter.last, "resident")
    person = _earner(planter, COST, "this month's contribution owed", due=False)
    planter.contribute(person, planter.last, planter.last, "flexible", (planter.last,))


def working(planter: Planter) -> None:
    """Months on the dibao roster with a wage or an employee's contribution, month by month."""
    last = planter.last
    planter.employ(_earner(planter, WORKING, "a wage, two months", due=True), first_day(last - 5), last_day(last - 4))
    person = _earner(planter, WORKING, "contributions, one owed", due=True)
    planter.contribute(person, last - 4, last - 1, unpaid=(last - 3,))
    person = _earner(planter, WORKING, "wage and contribution in one month", due=True)
    planter.employ(person, first_day(last - 2), first_day(last - 2) + timedelta(days=19), wage=275_000)
    planter.contribute(person, last - 2, last - 1)
    person = _earner(planter, WORKING, "worked before joining and since", due=True, first=last - 3)
    planter.employ(person, planter.months_ago(20))
    family = planter.family(("female", 43))
    planter.roster(family, first=last - 4, start=first_day(last - 4) + timedelta(days=9))
    planter.employ(family.head, planter.months_ago(20), last_day(last - 3))
    planter.case(WORKING, "joined in the middle of a month", family.head, due=True)


def lawfully_working(planter: Planter) -> None:
    """Work that is no dibao month's: before, after, in grace, in another category; insurance that is no employee's."""
    last = planter.last
    planter.employ(_earner(planter, WORKING, "edge", due=False, category="dibao_edge"), planter.months_ago(20))
    person = _earner(planter, WORKING, "flexible contributions alone", due=False)
    planter.contribute(person, last - 4, last, "flexible")
    planter.contribute(_earner(planter, WORKING, "insured as a resident", due=False), last - 4, last, "resident")
    person = _earner(planter, WORKING, "all months owed", due=False)
    planter.contribute(person, last - 1, last, unpaid=(last - 1, last))
    person = _earner(planter, WORKING, "worked until the day before", due=False, first=last - 3)
    planter.employ(person, planter.months_ago(20), last_day(last - 4))
    planter.contribute(person, planter.first, last - 4)
    family = planter.family(("male", 46))
    planter.roster(family, last=last - 3)
    planter.leave(family, last_day(last - 3), "voluntary", grace_until=last + 1)
    for month in range(last - 2, last + 1):
        planter.pay_family(family, month, "dibao")
    planter.employ(family.head, first_day(last - 3))
    planter.contribute(family.head, last - 3, last)
    planter.case(WORKING, "hired in the month of a voluntary exit, in grace", family.head, due=False)
    family = planter.family(("female", 44))
    planter.roster(family, last=last - 1)  # some offices list on to the end of the grace
    planter.leave(family, last_day(last - 4), "voluntary", grace_until=last - 1)
    planter.employ(family.head, first_day(last - 1))
    planter.contribute(family.head, last - 1, last)
    planter.case(WORKING, "listed on in grace, hired in its last month", family.head, due=False)
    family = planter.family(("male", 36))
    planter.roster(family, last=last - 5, start=LONG_AGO)
    planter.leave(family, last_day(last - 5), "income")
    planter.employ(family.head, first_day(last - 4))
    planter.case(WORKING, "hired after leaving", family.head, due=False)


SCENARIOS = (care_incomes, work_costs, working, lawfully_working)

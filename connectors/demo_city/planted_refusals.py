"""Cases for work_refusal (三(五)3): met to the day, and everything that must not be taken for a refusal of work."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import add_months, first_day, last_day, month_of, years_before
from connectors.demo_city.oracle_labour import retirement_days
from connectors.demo_city.planter import Family, Planter

RULE = "work_refusal"


def _alone(planter: Planter, case: str, *, due: bool, sex: str = "male", age: int = 38,
           birth: date | None = None, labour: str | None = "full", category: str = "dibao") -> Person:
    """A single-person family on the roster all the time."""
    person = planter.person(sex, age, birth=birth)
    planter.roster(planter.file([person]), category, labour=labour)
    planter.case(RULE, case, person, due=due)
    return person


def _with_wife_and_child(planter: Planter, case: str, *, due: bool) -> tuple[Family, Person]:
    family = planter.family(("male", 44), ("female", 41), ("male", 13))
    planter.roster(family, payee="head")
    planter.case(RULE, case, family.head, due=due)
    return family, family.head


def _six_months_latest(planter: Planter) -> date:
    """The last day on which a refusal leads to six months on the as-of day."""
    day = planter.city.as_of
    while add_months(day, 6) > planter.city.as_of:
        day -= timedelta(days=1)
    return day


def six_months_due(planter: Planter) -> None:
    """Refusals that are six months old, with nothing done since."""
    planter.refer(_alone(planter, "six months to the day", due=True), _six_months_latest(planter))
    planter.refer(_alone(planter, "ten months", due=True), planter.months_ago(10, 4))
    summer = planter.months_ago(6)
    day = date(summer.year - (summer < date(summer.year, 8, 31)), 8, 31)
    planter.refer(_alone(planter, "31 August to the end of February", due=True), day)
    person = _alone(planter, "starts again after an own act", due=True)
    planter.refer(person, planter.months_ago(11, 3))
    planter.seek(person, planter.months_ago(9, 1))
    planter.refer(person, planter.months_ago(7, 5))
    _, person = _with_wife_and_child(planter, "one of a family: own amount only", due=True)
    planter.refer(person, planter.months_ago(8))
    person = _alone(planter, "resident insurance is no work", due=True)
    planter.refer(person, planter.months_ago(8, 9))
    planter.contribute(person, planter.first, planter.last, "resident")
    person = _alone(planter, "months owed are no work", due=True, labour="partial")
    planter.refer(person, planter.months_ago(9, 9))
    planter.contribute(person, planter.last - 1, planter.last, "flexible", (planter.last - 1, planter.last))
    person = _alone(planter, "an excused refusal first", due=True, sex="female", age=36)
    planter.refer(person, planter.months_ago(12), reason="住院治疗期间")
    planter.refer(person, planter.months_ago(7, 2))


def kept_by_the_reform(planter: Planter) -> None:
    """Men past sixty whose month of retirement the reform moved, on both sides of the day."""
    for offset, due in ((1, True), (-1, False)):
        birth = born_to_retire(month_of(planter.city.as_of) + offset)
        case = "still of working age by the reform" if due else "retired by the reform's month"
        planter.refer(_alone(planter, case, due=due, birth=birth), planter.months_ago(8))
    planter.refer(_alone(planter, "woman of 51: class unknown", due=False, sex="female",
                         birth=years_before(planter.city.as_of, 52)), planter.months_ago(8))


def born_to_retire(month: int) -> date:
    """A day of birth of a man who retires in that month, by the reform of 2025."""
    for candidate in range(month - 64 * 12, month - 59 * 12):
        born = first_day(candidate) + timedelta(days=14)
        if month_of(retirement_days("male", born)[0]) == month:
            return born
    raise LookupError("no month of birth retires in that month")


def three_refusals_due(planter: Planter) -> None:
    """The third refusal: in a row, with an act between, and together with the six months."""
    for months in (3, 4):
        person = _alone(planter, "three in a row", due=True, age=30 + months)
        for step in range(3):
            planter.refer(person, planter.months_ago(months - step, 2))
    person = _alone(planter, "accepted between: local bar only", due=True)
    for months, outcome in ((10, "refused"), (8, "refused"), (5, "accepted"), (2, "refused")):
        planter.refer(person, planter.months_ago(months, 1), outcome)
    person = _alone(planter, "training between", due=True, sex="female", age=33)
    for months in (9, 7, 1):
        planter.refer(person, planter.months_ago(months, 2))
    planter.train(person, planter.months_ago(5))
    _, person = _with_wife_and_child(planter, "three, and six months since the first", due=True)
    for months in (11, 9, 8):
        planter.refer(person, planter.months_ago(months, 6))


def no_refusal_at_all(planter: Planter) -> None:
    """Outcomes and reasons that never count."""
    for outcome, case in (("no_contact", "not reached"), ("not_hired", "employer declined")):
        person = _alone(planter, case, due=False)
        for months in (10, 9, 8):
            planter.refer(person, planter.months_ago(months), outcome)
    for reason in ("住院", "患病治疗中", "需照料失能家庭成员", "岗位与残疾状况不符", "培训中"):
        person = _alone(planter, "good reason", due=False)
        planter.refer(person, planter.months_ago(9), reason=reason)
    person = _alone(planter, "two and one excused", due=False)
    for months, excuse in ((5, None), (4, "住院"), (3, None)):
        planter.refer(person, planter.months_ago(months), reason=excuse)


def acted_in_time(planter: Planter) -> None:
    """The day before the six months are over, each kind of act once."""
    tomorrow = _six_months_latest(planter) + timedelta(days=1)
    planter.refer(_alone(planter, "six months tomorrow", due=False), tomorrow)
    person = _alone(planter, "job-seeking on the last day but one", due=False)
    planter.refer(person, planter.months_ago(8))
    planter.seek(person, add_months(planter.months_ago(8), 6) - timedelta(days=1))
    person = _alone(planter, "training started", due=False)
    planter.refer(person, planter.months_ago(9))
    planter.train(person, planter.months_ago(6))
    person = _alone(planter, "worked two months between", due=False)
    planter.refer(person, planter.months_ago(9))
    planter.contribute(person, planter.last - 6, planter.last - 5)
    person = _alone(planter, "accepted later", due=False)
    planter.refer(person, planter.months_ago(9))
    planter.refer(person, planter.months_ago(4), "hired")


def not_concerned(planter: Planter) -> None:
    """People who refused but are not of the population: too young, unable, in work, nursing, not in dibao."""
    cases = (
        ("fifteen", {"birth": years_before(planter.city.as_of, 15) - timedelta(days=30)}),
        ("unable", {"labour": "none"}), ("edge household", {"category": "dibao_edge"}),
    )
    for case, given in cases:
        planter.refer(_alone(planter, case, due=False, **given), planter.months_ago(8))
    person = _alone(planter, "roster silent, severe certificate", due=False, labour=None)
    planter.certify(person, 2, date(2019, 5, 14))
    planter.refer(person, planter.months_ago(8))
    person = _alone(planter, "works now by registration", due=False)
    planter.refer(person, planter.months_ago(8))
    planter.employ(person, planter.months_ago(1))
    person = _alone(planter, "works now by contribution", due=False)
    planter.refer(person, planter.months_ago(8))
    planter.contribute(person, planter.last - 1, planter.last, "flexible")
    person = _alone(planter, "early pension is paid", due=False, age=57)
    planter.refer(person, planter.months_ago(8))
    planter.pension(person, benefit="employee")


def nursing_at_home(planter: Planter) -> None:
    """One member may stay at home where somebody needs care: by the roster or by an assessment."""
    family = planter.family(("female", 39), ("female", 70))
    planter.roster(family, care={1: "half"})
    planter.case(RULE, "nurses a parent", family.head, due=False)
    planter.refer(family.head, planter.months_ago(8))
    family = planter.family(("male", 43), ("male", 72))
    planter.roster(family)
    planter.assess(family.members[1], planter.months_ago(20), "moderate", "home")
    planter.case(RULE, "nurses an assessed parent", family.head, due=False)
    for months in (9, 8, 7):
        planter.refer(family.head, planter.months_ago(months))


def earlier_spell(planter: Planter) -> None:
    """Refusals belong to the spell they fall in; a spell that is over or not begun has none."""
    person = planter.person("male", 40)
    planter.roster(planter.file([person]), first=planter.last - 3, start=first_day(planter.last - 3))
    planter.case(RULE, "refused before the spell", person, due=False)
    for months in (11, 10, 9):
        planter.refer(person, planter.months_ago(months))
    person = planter.person("male", 41)
    family = planter.file([person])
    planter.roster(family, last=planter.last - 2)
    planter.leave(family, last_day(planter.last - 2), "moved")
    planter.case(RULE, "left since", person, due=False)
    planter.refer(person, planter.months_ago(9))
    namesake = _alone(planter, "a namesake refused", due=False)
    other = planter.person("male", 39, name=namesake.name)
    for months in (10, 9, 8):
        planter.refer(other, planter.months_ago(months))


def damaged_records(planter: Planter) -> None:
    """Due, but an office wrote the number wrong: to be held back, not lost."""
    for table, kind in (("job_referrals", "one_slip"), ("assistance_roster", "masked")):
        person = _alone(planter, "due but damaged", due=True)
        planter.refer(person, planter.months_ago(9, 3))
        planter.city.ordered_damage[table, person.index] = kind


SCENARIOS = (
    six_months_due, kept_by_the_reform, three_refusals_due, no_refusal_at_all, acted_in_time, not_concerned,
    nursing_at_home, earlier_spell, damaged_records,
)

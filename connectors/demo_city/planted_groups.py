"""Cases for the target groups (二.1–3) and severe_disability_single (三(五)1)."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.example_parameters import FAMILY_BURDEN, OWN_BURDEN
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.planted_refusals import born_to_retire
from connectors.demo_city.planter import Planter

ILLNESS, DISABILITY, SUDDEN = "target_illness", "target_disability", "target_sudden_illness"
SINGLE = "severe_disability_single"


def _bear(planter: Planter, person: Person, day: date, amount: int) -> None:
    """A stay in hospital of which the person bears this much in all."""
    planter.visit(person, day, amount * 2, visit_type="inpatient", admitted_on=day - timedelta(days=9),
                  basic_paid=amount, copay=amount - 30_000, eligible_selfpay=20_000, other_selfpay=10_000)


def _ill_family(planter: Planter, case: str, *, due: bool, cause: str = "unemployment", category: str = "dibao",
                amount: int = FAMILY_BURDEN, day: date | None = None, first: int | None = None) -> None:
    """A couple; half of the amount is borne by each, the second half on that day."""
    family = planter.family(("male", 52), ("female", 51))
    family.cause = cause
    planter.roster(family, category, first=first, labour="none")
    second = day or planter.months_ago(3)
    _bear(planter, family.members[0], min(second, planter.months_ago(6)), amount // 2)
    _bear(planter, family.members[1], second, amount - amount // 2)
    planter.case(ILLNESS, case, family.head, due=due)


def illness(planter: Planter) -> None:
    """Households under another cause that bore the threshold within a year, to the fen and to the day."""
    a_year_ago = add_months(planter.city.as_of, -12)
    _ill_family(planter, "the threshold to the fen", due=True)
    _ill_family(planter, "edge, cause disability", due=True, cause="disability", category="dibao_edge")
    _ill_family(planter, "joined since", due=True, cause="other", first=planter.last - 1)
    _ill_family(planter, "a year less a day", due=True, cause="no_labour", day=a_year_ago + timedelta(days=1))
    _ill_family(planter, "a fen short", due=False, amount=FAMILY_BURDEN - 1)
    _ill_family(planter, "a year ago to the day", due=False, day=a_year_ago)
    _ill_family(planter, "in temporary aid", due=False, category="temporary")
    for cause in ("illness", "sudden_illness"):
        _ill_family(planter, f"cause {cause}", due=False, cause=cause)


def _disabled(planter: Planter, case: str, *, due: bool, cause: str = "illness", grade: int = 2, status: str = "valid",
              issued: date | None = None, birth: date | None = None, sex: str = "male", age: int = 44) -> Person:
    family = planter.file([planter.person("female", 63), planter.person(sex, age, birth=birth)], cause)
    planter.roster(family, labour="none")
    planter.certify(family.members[1], grade, issued or planter.months_ago(40), status=status)
    planter.case(DISABILITY, case, family.members[1], due=due)
    return family.members[1]


def disability(planter: Planter) -> None:
    """Members of working age with a severe certificate in force, under another cause than disability."""
    as_of = planter.city.as_of
    _disabled(planter, "grade 2", due=True)
    _disabled(planter, "grade 1, cause unemployment, new", due=True, cause="unemployment", grade=1,
              issued=planter.months_ago(2))
    _disabled(planter, "a woman between both ages", due=True, sex="female", age=53)
    _disabled(planter, "sixteen today", due=True, birth=add_months(as_of, -16 * 12))
    _disabled(planter, "runs out today", due=True, issued=add_months(as_of, -120))
    planter.cremate(_disabled(planter, "one source alone says dead", due=True), planter.months_ago(0, 9))
    dead = _disabled(planter, "died this month", due=False)
    planter.cremate(dead, planter.months_ago(0, 3))
    planter.certify_death(dead, planter.months_ago(0, 3))
    _disabled(planter, "sixteen tomorrow", due=False, birth=add_months(as_of + timedelta(days=1), -16 * 12))
    _disabled(planter, "retired by the reform", due=False, birth=born_to_retire(month_of(as_of) - 1))
    _disabled(planter, "cause disability", due=False, cause="disability")
    _disabled(planter, "grade 3", due=False, grade=3)
    _disabled(planter, "ran out yesterday", due=False, issued=add_months(as_of, -120) - timedelta(days=1))
    for status in ("cancelled", "suspended", "expired"):
        _disabled(planter, f"certificate {status}", due=False, status=status)


def sudden_illness(planter: Planter) -> None:
    """People off the roster who bore their own threshold within a year."""
    a_year_ago = add_months(planter.city.as_of, -12)

    def patient(case: str, *, due: bool, second: int = OWN_BURDEN - 1_000_000, day: date | None = None) -> Person:
        person = planter.person("male", 49)
        _bear(planter, person, min(day or planter.months_ago(2), planter.months_ago(7)), 1_000_000)
        _bear(planter, person, day or planter.months_ago(2), second)
        planter.case(SUDDEN, case, person, due=due)
        return person

    patient("the threshold to the fen", due=True)
    patient("reached today", due=True, day=planter.city.as_of)
    planter.cremate(patient("one source alone says dead", due=True), planter.months_ago(1))
    patient("a year less a day", due=True, day=a_year_ago + timedelta(days=1))
    family = planter.file([patient("left the roster", due=True)])
    planter.roster(family, last=planter.last - 8, labour="none")
    planter.leave(family, first_day(planter.last - 8) + timedelta(days=9), "refusal")
    patient("a fen short", due=False, second=OWN_BURDEN - 1_000_001)
    patient("a year ago to the day", due=False, day=a_year_ago)
    planter.roster(planter.file([patient("on the roster", due=False)]), "temporary", first=planter.last, labour="none")
    dead = patient("died since", due=False)
    planter.cremate(dead, planter.months_ago(1))
    planter.certify_death(dead, planter.months_ago(1))
    for region in ("810000", "830000"):
        born, home = planter.registry.born(40, 60), planter.registry.new_home()
        guest = planter.registry.enter("female", born, home, region=region)
        planter.city.careful.add(guest.index)
        _bear(planter, guest, planter.months_ago(3), OWN_BURDEN)
        planter.case(SUDDEN, "a residence permit", guest, due=False)


def single(planter: Planter) -> None:
    """Adults with a severe certificate in force, without work, on no roster."""
    as_of = planter.city.as_of

    def adult(case: str, *, due: bool, age: int = 29, birth: date | None = None, grade: int = 1,
              issued: date | None = None) -> Person:
        person = planter.person("female", age, birth=birth)
        planter.certify(person, grade, issued or planter.months_ago(50))
        planter.case(SINGLE, case, person, due=due)
        return person

    adult("grade 1", due=True)
    adult("eighteen today", due=True, birth=add_months(as_of, -18 * 12), grade=2)
    planter.pension(adult("draws a resident's pension", due=True, age=67))
    planter.employ(adult("work ended yesterday", due=True), planter.months_ago(20), as_of - timedelta(days=1))
    family = planter.file([adult("left the roster", due=True)])
    planter.roster(family, last=planter.last - 4, labour="none")
    planter.leave(family, first_day(planter.last - 4) + timedelta(days=9), "refusal")
    planter.contribute(adult("the last two months without a contribution", due=True), planter.first,
                       planter.last - 2)
    planter.cremate(adult("one source alone says dead", due=True), planter.months_ago(2))
    planter.employ(adult("hired today", due=False), as_of)
    adult("eighteen tomorrow", due=False, birth=add_months(as_of + timedelta(days=1), -18 * 12))
    adult("grade 3", due=False, grade=3)
    adult("ran out yesterday", due=False, issued=add_months(as_of, -120) - timedelta(days=1))
    planter.employ(adult("registered work", due=False), planter.months_ago(20), as_of)
    planter.contribute(adult("paid as a flexible worker", due=False), planter.last - 3, planter.last - 1, "flexible")
    planter.roster(planter.file([adult("on the roster", due=False)], "disability"), "dibao_edge", labour="none")
    dead = adult("died", due=False)
    planter.certify_death(dead, planter.months_ago(2))
    planter.cremate(dead, planter.months_ago(2))


SCENARIOS = (illness, disability, sudden_illness, single)

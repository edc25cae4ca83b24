"""Cases for deceased_on_roster, double_enrolment and conflict (part four)."""

from datetime import date, timedelta

from connectors.demo_city.city import Person, Recorded
from connectors.demo_city.months import add_months, first_day, last_day, month_of
from connectors.demo_city.planter import Family, Planter

DECEASED = "deceased_on_roster"
DOUBLE = "double_enrolment"
CONFLICT = "conflict"


def _died(planter: Planter, sources: str, case: str, *, due: bool, listed: int = 2,
          died: date | None = None, payee: str = "each") -> Person:
    """Somebody of a couple died; `sources` names who knows (c cremation, d death certificate, p pension, x the
    Federation, which cancelled the certificate as dead).

    The person stays listed and paid for `listed` months after the month of death, then leaves.
    """
    family = planter.family(("male", 74), ("female", 70))
    day = died or first_day(planter.last - 5) + timedelta(days=12)
    month = month_of(day) + listed
    planter.roster(family, last=month, payee=payee, contract=False)
    planter.doctor(family.members[1])
    _record_death(planter, family.head, day, sources)
    if month < planter.last:
        planter.leave(family, first_day(month) + timedelta(days=20), "death", members=[family.head])
        widow = planter.file(family.members[1:], family.cause)
        planter.leave(family, last_day(month), "other", members=widow.members)
        planter.roster(widow, first=month + 1, start=first_day(month + 1), contract=False)
    planter.case(DECEASED, case, family.head, due=due)
    return family.head


def _record_death(planter: Planter, person: Person, day: date, sources: str) -> None:
    if "c" in sources:
        planter.cremate(person, day)
    if "d" in sources:
        planter.certify_death(person, day)
    if "x" in sources:
        planter.certify(person, 2, date(2019, 3, 12), status="cancelled_as_dead")
    if "p" in sources:
        planter.pension(person, month_of(day), reason="death")


def deceased(planter: Planter) -> None:
    """Listed or paid after the month of death, by any two sources."""
    for sources, listed in (("cd", 2), ("cp", 1), ("dp", 3), ("cdp", 1), ("cd", 5), ("cx", 2), ("dx", 1)):
        _died(planter, sources, f"two sources: {sources}", due=True, listed=listed)
    end = last_day(planter.last - 4)
    _died(planter, "cd", "died on the last day of a month", due=True, died=end, listed=1)
    damaged = _died(planter, "cd", "damaged in one source", due=True)
    planter.city.ordered_damage["deaths", damaged.index] = "one_slip"
    for benefit in ("dibao", "disability_living"):
        family = _left_by_death(planter)
        planter.case(DECEASED, "paid only", family.head, due=True)
        for month in (planter.last - 4, planter.last - 3):
            planter.pay(family.head, family, month, 31_000, benefit)


def _left_by_death(planter: Planter) -> Family:
    family = planter.file([planter.person("female", 71)])
    day = first_day(planter.last - 5) + timedelta(days=8)
    planter.roster(family, last=planter.last - 5, contract=False)
    _record_death(planter, family.head, day, "cd")
    planter.leave(family, day + timedelta(days=5), "death")
    return family


def dates_apart(planter: Planter) -> None:
    """Two offices' dates of one death: three days apart they agree, four days apart somebody has to look."""
    for apart, due in ((3, True), (4, False), (40, False)):
        died = first_day(planter.last - 5) + timedelta(days=12)
        person = _died(planter, "c", f"dates {apart} days apart", due=due, died=died)
        planter.certify_death(person, died + timedelta(days=apart))
    family = _left_by_death(planter)
    planter.case(DECEASED, "aid of an earlier event paid later", family.head, due=False)
    for benefit in ("medical_aid", "temporary"):
        planter.pay(family.head, family, planter.last - 3, 80_000, benefit)


def rightly_listed(planter: Planter) -> None:
    """One source alone, the month of death itself, a namesake's death, a death reported in time."""
    for sources in ("c", "d", "p", "x"):
        _died(planter, sources, f"one source alone: {sources}", due=False)
    died = first_day(planter.last) + timedelta(days=3)
    _died(planter, "cd", "in the month of death", due=False, died=died, listed=0)
    planter.case(DECEASED, "left in time", _left_by_death(planter).head, due=False)
    living = planter.person("male", 68)
    planter.roster(planter.file([living]))
    namesake = planter.person("male", 71, name=living.name)
    _record_death(planter, namesake, planter.months_ago(6), "cd")
    planter.case(DECEASED, "a namesake died", living, due=False)


def double(planter: Planter) -> None:
    """One person in two families, or in two categories, in the same month."""
    for months in (12, 5, 1):
        mother = planter.family(("female", 43), ("male", 14))
        planter.roster(mother)
        father = planter.file([planter.person("male", 45), mother.members[1]])
        planter.roster(father, first=planter.last - months + 1, start=first_day(planter.last - months + 1),
                       contract=False)
        planter.doctor(father.head)
        planter.case(DOUBLE, "child in both parents' families", mother.members[1], due=True)
    for overlap in (1, 2, 4):
        family = planter.family(("male", 57))
        planter.roster(family, last=planter.last - 4 + overlap)
        family.amounts[family.head.index] -= 10_000
        planter.roster(family, "dibao_edge", first=planter.last - 3, start=first_day(planter.last - 3),
                       contract=False)
        planter.case(DOUBLE, "two categories", family.head, due=True)
    family = planter.family(("female", 59))
    planter.roster(family)
    other = planter.file([family.head])
    planter.roster(other, first=planter.last - 2, start=first_day(planter.last - 2), contract=False)
    planter.case(DOUBLE, "two files of her own", family.head, due=True)
    planter.city.ordered_damage["assistance_roster", family.head.index] = "full_width"


def not_double(planter: Planter) -> None:
    """Moved between families or categories without a shared month; namesakes; twins one digit apart."""
    child = planter.person("female", 12)
    mother = planter.file([planter.person("female", 40), child])
    planter.roster(mother, last=planter.last - 6)
    planter.roster(planter.file([mother.head]), first=planter.last - 5, contract=False)
    planter.roster(planter.file([planter.person("male", 42), child]), first=planter.last - 5, contract=False)
    planter.case(DOUBLE, "moved between families", child, due=False)
    family = planter.family(("male", 60))
    planter.roster(family, last=planter.last - 6)
    planter.roster(family, "dibao_edge", first=planter.last - 5, contract=False)
    planter.case(DOUBLE, "changed category", family.head, due=False)
    family = planter.family(("male", 63))
    planter.roster(family)
    planter.roster(family, "temporary", first=planter.last - 2, last=planter.last - 1, contract=False)
    planter.case(DOUBLE, "temporary aid beside dibao", family.head, due=False)
    born = add_months(planter.city.as_of, -33 * 12)
    for names in (("同名", "same"), ("孪生", "apart")):
        one = planter.person("female", 33, birth=born)
        name = one.name if names[1] == "same" else planter.registry.names.sibling_name(one.name, "female", born.year)
        two = planter.person("female", 33, birth=born, name=name)
        for person in (one, two):
            planter.roster(planter.file([person]))
            planter.case(DOUBLE, f"two people, names {names[1]}", person, due=False)


def _helped(planter: Planter, condition: str, *, due: bool, age: int = 47) -> Person:
    person = planter.person(planter.random.choice(("male", "female")), age)
    planter.roster(planter.file([person]))
    planter.case(CONFLICT, condition, person, due=due)
    return person


def conflicts(planter: Planter) -> None:
    """Departments that contradict one another on one person."""
    for table in ("disability_certificates", "medical_settlements"):
        person = _helped(planter, "sex", due=True)
        _seen_by(planter, person, table)
        planter.record(table, person, Recorded(sex="female" if person.sex == "male" else "male"))
        person = _helped(planter, "birth_date", due=True)
        _seen_by(planter, person, table)
        planter.record(table, person, Recorded(birth=add_months(person.birth, -8) + timedelta(days=3)))
    for table in ("disability_certificates", "family_doctor_contracts"):
        person = _helped(planter, "name", due=True)
        _seen_by(planter, person, table)
        other = planter.registry.names.sibling_name(person.name, person.sex, person.birth.year)
        planter.record(table, person, Recorded(name=other))
    person = _helped(planter, "two_numbers", due=True)
    _seen_by(planter, person, "medical_settlements")
    second = planter.registry.numbers.issue(person.sex, add_months(person.birth, -12), person.number[:6])
    planter.record("medical_settlements", person, Recorded(number=second))
    person = _helped(planter, "certificate_cancelled_on_roster", due=True)
    planter.certify(person, 2, date(2017, 6, 20), status="cancelled_as_dead")


def no_conflicts(planter: Planter) -> None:
    """Records that agree, another's records, and a certificate that is gone for another reason or off the roster."""
    _seen_by(planter, _helped(planter, "everything agrees", due=False), "disability_certificates")
    person = _helped(planter, "a namesake of the other sex, born another day", due=False)
    other = planter.person("female" if person.sex == "male" else "male", 44, name=person.name)
    for table in ("disability_certificates", "medical_settlements"):
        _seen_by(planter, other, table)
    planter.doctor(other)
    planter.certify(_helped(planter, "certificate given up", due=False), 2, date(2017, 6, 20), status="cancelled")
    family = planter.family(("male", 59))
    planter.roster(family, last=planter.last - 3)
    planter.leave(family, last_day(planter.last - 3), "death")
    planter.certify(family.head, 2, date(2017, 6, 20), status="cancelled_as_dead")
    planter.case(CONFLICT, "left the roster, certificate cancelled as dead", family.head, due=False)


def _seen_by(planter: Planter, person: Person, table: str) -> None:
    """Give the person a row in that table (the family doctor's is there already)."""
    if table == "disability_certificates":
        planter.certify(person, 3, date(2020, 9, 14))
    if table == "medical_settlements":
        planter.visit(person, planter.months_ago(4))


SCENARIOS = (deceased, dates_apart, rightly_listed, double, not_double, conflicts, no_conflicts)

"""The ordinary helped families: long on the roster, joining, leaving, with nothing wrong about most of them."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import add_months, first_day, last_day
from connectors.demo_city.planter import LONG_AGO, Family, Planter

SHARE_OF_PEOPLE = 0.026
CATEGORIES = ("dibao", "dibao_edge", "destitute", "temporary")
CATEGORY_WEIGHTS = (66, 26, 5, 3)


def enrol(planter: Planter) -> set[int]:
    """Put ordinary households on the rosters; returns the people concerned, whom no other chance event may meet."""
    wanted = int(len(planter.city.people) * SHARE_OF_PEOPLE)
    concerned: set[int] = set()
    for members in _homes(planter):
        if len(concerned) >= wanted:
            break
        _enrol_family(planter, members)
        concerned.update(member.index for member in members)
    return concerned


def _homes(planter: Planter) -> list[list[Person]]:
    """The members of each household that was not planted, adults first, in a shuffled order."""
    homes: dict[int, list[Person]] = {}
    for person in planter.city.people:
        if person.index not in planter.city.careful and person.number[0] != "8":
            homes.setdefault(person.home, []).append(person)
    found = [members for members in homes.values() if len(members) <= 4 and _age(planter, members[0]) >= 18]
    planter.random.shuffle(found)
    return found


def _age(planter: Planter, person: Person) -> int:
    return planter.city.as_of.year - person.birth.year


def _enrol_family(planter: Planter, members: list[Person]) -> None:
    random = planter.random
    family = planter.file(members, random.choice(("illness", "illness", "disability", "sudden_illness", "no_labour")))
    category = random.choices(CATEGORIES, CATEGORY_WEIGHTS)[0]
    if category == "destitute" and len(members) > 1:
        category = "dibao"
    care = _care(planter, family)
    labour = random.choice(("none", "partial") if family.cause == "disability" else ("full", "partial", "none"))
    payee = "head" if random.random() < 0.3 else "each"
    first, last, start = _stay(planter, category)
    planter.roster(family, category, first, last, start=start, labour=labour, care=care, payee=payee, contract=False)
    if last < planter.last and category in ("dibao", "dibao_edge"):
        day = first_day(last) + timedelta(days=random.randint(4, 24))
        reason = random.choice(("income", "income", "voluntary", "moved", "other"))
        planter.leave(family, day, reason, category=category, income=random.randrange(120_000, 240_000, 100))
    for member in members:
        _contract(planter, member)
        _certificate(planter, family, member)
        _medical(planter, member)
    if labour == "full" and not care:
        _work(planter, members)


def _stay(planter: Planter, category: str) -> tuple[int, int, date]:
    random = planter.random
    long_ago = add_months(LONG_AGO, -random.randint(0, 70))
    if category == "temporary":
        month = random.randint(planter.first, planter.last)
        return month, min(month + 1, planter.last), first_day(month)
    fate = random.random()
    if fate < 0.13:
        month = random.randint(planter.first + 1, planter.last)
        return month, planter.last, first_day(month)
    if fate < 0.27:
        return planter.first, random.randint(planter.first, planter.last - 1), long_ago
    return planter.first, planter.last, long_ago


def _care(planter: Planter, family: Family) -> dict[int, str]:
    care: dict[int, str] = {}
    for place, member in enumerate(family.members):
        point = planter.random.random()
        if _age(planter, member) < 70 or point > 0.16:
            continue
        care[place] = "half" if point < 0.08 else "full"
        service = "home" if planter.random.random() < 0.8 else None
        level = "moderate" if point < 0.08 else "severe"
        planter.assess(member, planter.months_ago(planter.random.randint(13, 30)), level, service)
    return care


def _contract(planter: Planter, member: Person) -> None:
    point = planter.random.random()
    if point < 0.9:
        planter.doctor(member, planter.months_ago(-planter.random.randint(1, 20)))
    elif point < 0.95:
        planter.doctor(member, planter.months_ago(planter.random.randint(1, 9), 3))


def _certificate(planter: Planter, family: Family, member: Person) -> None:
    if planter.random.random() > (0.55 if family.cause == "disability" else 0.08):
        return
    issued = last_day(planter.first - planter.random.randint(30, 90)) - timedelta(days=planter.random.randint(0, 27))
    if member.birth >= issued:
        return
    grade = planter.random.choice((1, 2, 2, 3, 3, 4))
    category = planter.random.choice(("physical", "physical", "visual", "hearing", "intellectual", "mental"))
    planter.certify(member, grade, issued, category)
    if grade <= 2:
        _subsidies(planter, family, member)


def _subsidies(planter: Planter, family: Family, member: Person) -> None:
    for month in range(planter.first, planter.last + 1):
        planter.pay(member, family, month, 12_000, "disability_care")


def _medical(planter: Planter, member: Person) -> None:
    for _ in range(planter.random.choice((0, 1, 2, 3))):
        day = planter.city.as_of - timedelta(days=planter.random.randint(5, 360))
        if day >= member.birth:
            planter.visit(member, day, planter.random.randrange(15_000, 130_000, 10))


def _work(planter: Planter, members: list[Person]) -> None:
    """Some work all year round: no end of work that could be taken for a signal."""
    for member in members:
        if 22 <= _age(planter, member) <= 48 and planter.random.random() < 0.25:
            planter.employ(member, first_day(planter.first - planter.random.randint(14, 60)))
            planter.contribute(member, planter.first, planter.last)

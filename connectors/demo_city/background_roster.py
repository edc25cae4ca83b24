"""The ordinary helped families: long on the roster, joining, leaving, with nothing wrong about most of them."""

from datetime import date, timedelta

from connectors.demo_city import background_helped
from connectors.demo_city.city import Person
from connectors.demo_city.months import add_months, first_day, last_day
from connectors.demo_city.planter import LONG_AGO, Family, Planter

SHARE_OF_PEOPLE = 0.026
CATEGORIES = ("dibao", "dibao_edge", "destitute", "temporary")
CATEGORY_WEIGHTS = (66, 26, 5, 3)
OTHER = {"dibao": "dibao_edge", "dibao_edge": "dibao"}
CAUSES = ("illness", "illness", "disability", "sudden_illness", "no_labour", "unemployment")


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
    family = planter.file(members, random.choice(CAUSES))
    category = random.choices(CATEGORIES, CATEGORY_WEIGHTS)[0]
    if category == "destitute" and len(members) > 1:
        category = "dibao"
    care = _care(planter, family)
    labour = random.choice(("none", "partial") if family.cause == "disability" else ("full", "partial", "none", None))
    payee = "head" if random.random() < 0.3 else "each"
    first, last, start = _stay(planter, category)
    turns = _turns(planter, family, category, range(first, last + 1))
    for family, category, months in turns:
        planter.roster(family, category, months.start, months.stop - 1, labour=labour, care=care, payee=payee,
                       contract=False, start=start if months.start == first else first_day(months.start))
        if months.stop <= last and turns[1][0] is family:  # the category left is entered as an exit, which is none
            planter.leave(family, last_day(months.stop - 1), "other", category=category, income=None)
    if last < planter.last and category in ("dibao", "dibao_edge"):
        day = first_day(last) + timedelta(days=random.randint(4, 24))
        reason = random.choice(("income", "income", "voluntary", "moved", "other"))
        planter.leave(family, day, reason, category=category, income=random.randrange(100_000, 240_000, 100))
    for place, member in enumerate(members):
        _contract(planter, member)
        background_helped.live(planter, family, member, last, fit=labour != "none" and place not in care)
    background_helped.dwell(planter, members)


def _turns(planter: Planter, family: Family, category: str, months: range) -> list[tuple[Family, str, range]]:
    """The stay in one piece, or for a few in two: under a new family number, or in the other category."""
    chance = planter.random.random()
    if chance > 0.09 or len(months) < 4 or category not in OTHER:
        return [(family, category, months)]
    turn = planter.random.randrange(1, len(months))
    before = (family, category, months[:turn])
    if chance < 0.04:
        return [before, (planter.file(family.members, family.cause), category, months[turn:])]
    return [before, (family, OTHER[category], months[turn:])]


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
        if planter.random.random() < 0.2:
            planter.assess(member, planter.months_ago(planter.random.randint(31, 40)), "mild", service)
        planter.assess(member, planter.months_ago(planter.random.randint(13, 30)), level, service)
    return care


def _contract(planter: Planter, member: Person) -> None:
    point = planter.random.random()
    if point < 0.9:
        planter.doctor(member, planter.months_ago(-planter.random.randint(1, 20)))
    elif point < 0.95:
        planter.doctor(member, planter.months_ago(planter.random.randint(1, 9), 3))

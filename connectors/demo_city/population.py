"""Who lives in the city: households with parents, children, twins and grandparents."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from connectors.demo_city import words
from connectors.demo_city.city import City, Person
from connectors.demo_city.names import NameBook
from connectors.demo_city.numbers import NumberBook

TWIN_SHARE = 0.012
ONE_CHARACTER_APART_SHARE = 0.04


class Registry:
    """Enters people into the city; the only place where a person comes to be."""

    def __init__(self, city: City, random: Random) -> None:
        self.city = city
        self.random = random
        self.names = NameBook(random)
        self.numbers = NumberBook(random)
        self._homes = 0

    def new_home(self) -> int:
        """A new household number; its address is fixed by the number."""
        self._homes += 1
        return self._homes

    def enter(
        self, sex: str, birth: date, home: int, *, name: str | None = None, surname: str | None = None,
        region: str | None = None, guardian: int | None = None,
    ) -> Person:
        """A new person living in that household."""
        town, communities = words.TOWNS[home * 7 % len(words.TOWNS)]
        person = Person(
            index=len(self.city.people),
            name=name or self.names.draw(sex, birth.year, surname),
            sex=sex,
            birth=birth,
            number=self.numbers.issue(sex, birth, region),
            home=home,
            town=town,
            community=communities[home % len(communities)],
            address=self._address(home, town),
            phone=self._phone(),
            guardian=guardian,
        )
        self.city.people.append(person)
        return person

    def born(self, youngest: int, oldest: int) -> date:
        """A day of birth for somebody of an age between these, on the as-of day."""
        days = self.random.randint(youngest * 365 + youngest // 4, oldest * 365 + oldest // 4 + 364)
        return self.city.as_of - timedelta(days=days + 1)

    def _address(self, home: int, town: str) -> str:
        road = words.ROADS[home * 5 % len(words.ROADS)]
        if home % 3:
            estate = words.ESTATES[home % len(words.ESTATES)]
            flat = f"{home % 6 + 1}0{home % 4 + 1}"
            return f"昆山市{town}{road}{home % 700 + 1}号{road[:2]}{estate}{home % 40 + 1}幢{flat}室"
        return f"昆山市{town}{words.TOWNS[home * 7 % len(words.TOWNS)][1][-1]}{home % 30 + 1}组{home % 90 + 1}号"

    def _phone(self) -> str:
        return f"1{self.random.choice('3578')}{self.random.randrange(10**9):09d}"


def settle(registry: Registry, people: int) -> None:
    """Fill the city with households until it has exactly this many people."""
    makers = (_single, _couple, _family, _family, _family_with_grandparents, _old_couple)
    weights = (18, 14, 24, 14, 12, 18)
    while len(registry.city.people) < people:
        make = registry.random.choices(makers, weights)[0]
        make(registry, registry.new_home())
    del registry.city.people[people:]


def _single(registry: Registry, home: int) -> None:
    registry.enter(registry.random.choice(("male", "female")), registry.born(20, 84), home)


def _pair(registry: Registry, home: int, birth: date) -> tuple[Person, Person]:
    later = birth + timedelta(days=registry.random.randint(-900, 1900))
    husband = registry.enter("male", birth, home)
    wife = registry.enter("female", min(later, registry.born(19, 19)), home)
    return husband, wife


def _couple(registry: Registry, home: int) -> None:
    _pair(registry, home, registry.born(22, 60))


def _old_couple(registry: Registry, home: int) -> None:
    _pair(registry, home, registry.born(60, 88))


def _family(registry: Registry, home: int) -> None:
    _children(registry, home, _pair(registry, home, registry.born(24, 52)))


def _family_with_grandparents(registry: Registry, home: int) -> None:
    parents = _pair(registry, home, registry.born(26, 46))
    _children(registry, home, parents)
    father = parents[0].name
    surname = father if "·" in father else _surname(father)
    registry.enter("male", registry.born(58, 82), home, surname=None if "·" in surname else surname)
    if registry.random.random() < 0.7:
        registry.enter("female", registry.born(56, 80), home)


def _children(registry: Registry, home: int, parents: tuple[Person, Person]) -> None:
    random, father = registry.random, parents[0]
    age = registry.city.as_of.year - father.birth.year
    for _ in range(random.choice((1, 1, 1, 2, 2))):
        oldest = max(0, min(age - 23, 30))
        child = _child(registry, home, parents, registry.born(0, oldest))
        if random.random() < TWIN_SHARE:
            _twin(registry, parents, child)


def _child(registry: Registry, home: int, parents: tuple[Person, Person], birth: date) -> Person:
    father = parents[0]
    sex = registry.random.choice(("male", "male", "female", "female", "male", "female"))
    surname = None if "·" in father.name else _surname(father.name)
    if sex == "male" and registry.random.random() < ONE_CHARACTER_APART_SHARE:
        name = _unlike(parents, lambda: registry.names.sibling_name(father.name, sex, birth.year))
    else:
        name = _unlike(parents, lambda: registry.names.draw(sex, birth.year, surname))
    return registry.enter(sex, birth, home, name=name, guardian=father.index)


def _twin(registry: Registry, parents: tuple[Person, Person], child: Person) -> None:
    name = _unlike(parents, lambda: registry.names.sibling_name(child.name, child.sex, child.birth.year))
    registry.enter(child.sex, child.birth, child.home, name=name, guardian=child.guardian, region=child.number[:6])


def _unlike(parents: tuple[Person, Person], draw: Callable[[], str]) -> str:
    """A name whose given part neither parent has: families do not name a child after its parents."""
    taken = {_given(parent.name) for parent in parents}
    while _given(name := draw()) in taken:
        pass
    return name


COMPOUND_SURNAMES = tuple(surname for surname, _ in words.SURNAMES if len(surname) > 1)


def _surname(name: str) -> str:
    return name[:2] if name.startswith(COMPOUND_SURNAMES) else name[0]


def _given(name: str) -> str:
    return name.split("·")[0] if "·" in name else name.removeprefix(_surname(name))

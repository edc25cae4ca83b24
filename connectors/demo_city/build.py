"""The city as it is, before any office writes it down: planted cases first, then everybody else."""

from datetime import date
from random import Random

from connectors.demo_city import (
    background_life,
    background_roster,
    background_work,
    planted_exits,
    planted_groups,
    planted_homes,
    planted_houses,
    planted_income,
    planted_medical,
    planted_payments,
    planted_posts,
    planted_refusals,
    planted_supervision,
    planted_work,
)
from connectors.demo_city.city import City, Person
from connectors.demo_city.months import month_of
from connectors.demo_city.planter import Planter
from connectors.demo_city.population import Registry, settle

MONTHS = 12
PEOPLE_PER_COPY = 20_000  # every case is planted once for so many people, and once in a smaller city
SMALLEST_CITY = 1_000  # the planted people alone are several hundred
SCENARIOS = tuple(
    scenario
    for part in (
        planted_refusals, planted_exits, planted_payments, planted_supervision, planted_houses, planted_medical,
        planted_work, planted_posts, planted_groups, planted_income, planted_homes,
    )
    for scenario in part.SCENARIOS
)


def build_city(people: int, seed: int, as_of: date) -> City:
    """A city of exactly this many people; ValueError where so few could not hold the planted cases."""
    if people < SMALLEST_CITY:
        raise ValueError(f"a demo city needs at least {SMALLEST_CITY} people")
    last = month_of(as_of)
    city = City(as_of=as_of, first_month=last - MONTHS + 1, last_month=last)
    registry = Registry(city, Random(f"city {people} {seed}"))
    planter = Planter(registry)
    for _ in range(max(1, round(people / PEOPLE_PER_COPY))):
        for scenario in SCENARIOS:
            scenario(planter)
    settle(registry, people)
    _live(planter)
    return city


def _live(planter: Planter) -> None:
    concerned = background_roster.enrol(planter)
    careful = planter.city.careful
    others = [person for person in planter.city.people if person.index not in careful]
    free = [person for person in others if person.index not in concerned]
    background_work.live_and_work(planter, free)
    background_life.fall_ill(planter, free)
    homes: dict[int, list[Person]] = {}
    for person in others:
        homes.setdefault(person.home, []).append(person)
    helped_homes = {planter.city.people[index].home for index in concerned}
    background_life.own_and_rent(planter, [members for home, members in homes.items() if home not in helped_homes])

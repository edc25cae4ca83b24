"""Cases for dangerous_house (三(三)2) and family_doctor_gap (三(一)4)."""

from datetime import timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import last_day
from connectors.demo_city.planter import Planter

HOUSE = "dangerous_house"
DOCTOR = "family_doctor_gap"


def _owner(planter: Planter, case: str, *, due: bool, category: str = "dibao", size: int = 3,
           **house: object) -> Person:
    """A helped owner with a partner and a child, and the house."""
    family = planter.family(("male", 58), ("female", 55), ("male", 29))
    planter.roster(family, category, size=size)
    if house.get("treatment", "none") != "none":
        house.setdefault("completed_on", planter.months_ago(3, 12))
    planter.house(family.head, people=size, **house)
    planter.case(HOUSE, case, family.head, due=due)
    return family.head


def subsidies_due(planter: Planter) -> None:
    """Less paid than due, by each way of reckoning."""
    _owner(planter, "rural rebuild, dibao half", due=True, treatment="rebuild", floor_area=13_000, unit_cost=165_000)
    _owner(planter, "rural rebuild, edge", due=True, category="dibao_edge", treatment="rebuild",
           floor_area=14_250, unit_cost=158_050, subsidy_paid=1_200_000)
    _owner(planter, "capped at the greatest area", due=True, size=10, treatment="rebuild", floor_area=40_000)
    _owner(planter, "smaller than the people's share", due=True, treatment="rebuild", floor_area=6_475)
    _owner(planter, "area unknown", due=True, size=4, treatment="rebuild", floor_area=None)
    _owner(planter, "rural reinforcement", due=True, treatment="reinforce", subsidy_paid=1_000_000)
    _owner(planter, "rural reinforcement, edge, nothing paid", due=True, category="dibao_edge", treatment="reinforce")
    _owner(planter, "urban reinforcement", due=True, setting="urban", treatment="reinforce", floor_area=7_840,
           subsidy_paid=800_000)
    _owner(planter, "cost unknown", due=True, treatment="rebuild", unit_cost=None)
    _owner(planter, "untreated, grade D", due=True)
    _owner(planter, "untreated, grade C", due=True, category="dibao_edge", danger_grade="C")
    _owner(planter, "untreated, town", due=True, setting="urban", floor_area=6_120)
    damaged = _owner(planter, "due, number damaged", due=True, treatment="reinforce")
    planter.city.ordered_damage["dangerous_houses", damaged.index] = "dropped_digit"


def nothing_due(planter: Planter) -> None:
    """Paid in full, paid more, not helped, left, a namesake's house."""
    _owner(planter, "rebuild paid in full", due=False, treatment="rebuild", floor_area=12_000, unit_cost=180_000,
           subsidy_paid=8_100_000)
    _owner(planter, "reinforcement paid in full", due=False, treatment="reinforce", subsidy_paid=1_400_000)
    _owner(planter, "paid more than due", due=False, setting="urban", treatment="reinforce", floor_area=6_000,
           subsidy_paid=2_000_000)
    stranger = planter.person("male", 61)
    planter.house(stranger, treatment="rebuild", completed_on=planter.months_ago(2))
    planter.case(HOUSE, "not helped", stranger, due=False)
    family = planter.family(("male", 59))
    planter.roster(family, last=planter.last - 7)
    planter.leave(family, last_day(planter.last - 7), "moved")
    planter.house(family.head, people=1)
    planter.case(HOUSE, "left the roster", family.head, due=False)
    helped = planter.person("female", 62)
    planter.roster(planter.file([helped]))
    namesake = planter.person("female", 57, name=helped.name)
    planter.house(namesake)
    planter.case(HOUSE, "a namesake's house", helped, due=False)


def _patient(planter: Planter, case: str, *, due: bool, age: int = 66, first: int | None = None,
             care: str = "none") -> Person:
    family = planter.family(("female", age))
    planter.roster(family, first=first, care={0: care}, contract=False)
    planter.case(DOCTOR, case, family.head, due=due)
    return family.head


def doctor_gaps(planter: Planter) -> None:
    """No contract, one that ran out, bedridden without care at home."""
    for first in (None, planter.last - 3, planter.last):
        _patient(planter, "no contract", due=True, first=first)
    as_of = planter.city.as_of
    for until in (as_of - timedelta(days=1), planter.months_ago(2), planter.months_ago(7, 4)):
        planter.doctor(_patient(planter, "contract ran out", due=True), until)
    planter.doctor(_patient(planter, "ran out before joining", due=True, first=planter.last - 2), planter.months_ago(7))
    for assessed in (False, True, True):
        person = _patient(planter, "bedridden, no care at home", due=True, age=76, care="full")
        planter.doctor(person)
        if assessed:
            planter.assess(person, planter.months_ago(18), "severe")
    damaged = _patient(planter, "no contract, roster damaged", due=True)
    planter.city.ordered_damage["assistance_roster", damaged.index] = "excel_truncated"


def no_doctor_gap(planter: Planter) -> None:
    """Valid to the as-of day, renewed, bedridden with care at home."""
    planter.doctor(_patient(planter, "valid to the day", due=False), planter.city.as_of)
    person = _patient(planter, "renewed", due=False)
    planter.doctor(person, planter.months_ago(5))
    planter.doctor(person, signed_on=planter.months_ago(5) + timedelta(days=1))
    person = _patient(planter, "bedridden, care at home", due=False, age=79, care="full")
    planter.doctor(person)
    planter.assess(person, planter.months_ago(16), "severe", "home")
    person = _patient(planter, "half care", due=False, age=73, care="half")
    planter.doctor(person)


SCENARIOS = (subsidies_due, nothing_due, doctor_gaps, no_doctor_gap)

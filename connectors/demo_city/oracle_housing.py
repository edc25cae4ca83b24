"""What housing_gap, dangerous_house and expropriation_priority owe: 三(三)1–3 over the true facts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from connectors.demo_city.facts import DangerousHouse, RosterRow
from connectors.demo_city.months import first_day
from connectors.demo_city.oracle_view import Due, View

REBUILD_PER_CENT = {"dibao_edge": 30, "dibao": 50}
AREA_PER_PERSON, AREA_CAP = 3_000, 28_000  # hundredths of a square metre
RURAL_REINFORCEMENT, URBAN_PER_SQUARE_METRE = 1_400_000, 30_000  # fen


def due_gaps(view: View) -> Iterator[Due]:
    """Helped households with no dwelling registered and no housing aid in force, of any member."""
    for family_no, rows in view.households().items():
        members = {row.person for row in rows}
        aid = [entry for member in members for entry in view.housing_cases[member] if entry.start_date <= view.as_of]
        ends = [entry.end_date or date.max for entry in aid]
        if any(_dwellings(view, member) for member in members) or any(end >= view.as_of for end in ends):
            continue
        ended = max(ends, default=date.min)
        met = max(first_day(view.family_begins(family_no)), ended + timedelta(days=1))
        yield Due("housing_gap", "no_dwelling_no_aid", None, family_no, met)


def _dwellings(view: View, person: int) -> set[str]:
    return {entry.address for entry in view.properties[person]
            if entry.use == "dwelling" and entry.registered_on <= view.as_of}


def due_houses(view: View) -> Iterator[Due]:
    """Dangerous houses of helped owners: untreated, or with less paid than due."""
    for row in view.helped():
        missing: dict[Any, list[int | None]] = defaultdict(list)
        for house in view.houses[row.person]:
            if house.identified_on > view.as_of:
                continue
            if house.treatment == "none":
                yield Due("dangerous_house", "untreated", row.person, row.family_no, house.identified_on)
            elif house.treatment != "demolish":
                due = _subsidy(row, house)
                if due is None or due > house.subsidy_paid:
                    missing[house.completed_on].append(None if due is None else due - house.subsidy_paid)
        for completed, amounts in missing.items():
            known = [amount for amount in amounts if amount is not None]
            total = sum(known) if len(known) == len(amounts) else None
            yield Due("dangerous_house", "subsidy_due", row.person, row.family_no, completed, total)


def _subsidy(row: RosterRow, house: DangerousHouse) -> int | None:
    """Fen due by 三(三)2; None where the ledger or the decree does not say what is needed."""
    if house.treatment == "reinforce" and house.setting == "rural":
        return RURAL_REINFORCEMENT
    if house.treatment == "reinforce":
        return None if house.floor_area is None else house.floor_area * URBAN_PER_SQUARE_METRE // 100
    if house.setting == "urban" or house.unit_cost is None or row.category not in REBUILD_PER_CENT:
        return None
    area = min(AREA_PER_PERSON * house.people, AREA_CAP, house.floor_area or AREA_CAP)
    return (REBUILD_PER_CENT[row.category] * house.unit_cost * area + 5_000) // 10_000


def due_expropriations(view: View) -> Iterator[Due]:
    """Helped people whose only dwelling the ledger says is demolished."""
    for row in view.helped():
        houses = [house for house in view.houses[row.person] if house.identified_on <= view.as_of]
        if len(houses) == 1 and houses[0].treatment == "demolish" and len(_dwellings(view, row.person)) <= 1:
            met = houses[0].identified_on
            yield Due("expropriation_priority", "only_dwelling", row.person, row.family_no, met)

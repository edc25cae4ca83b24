"""What the other five rules owe: deceased, double, house, doctor, conflict; and the list of all findings."""

from collections.abc import Iterator
from datetime import date, timedelta

from connectors.demo_city.city import City
from connectors.demo_city.facts import DangerousHouse, RosterRow
from connectors.demo_city.months import first_day, month_of
from connectors.demo_city.oracle_exits import due_after_exit, due_grace, due_relapses
from connectors.demo_city.oracle_refusals import due_refusals
from connectors.demo_city.oracle_view import Due, View

REBUILD_PER_CENT = {"dibao_edge": 30, "dibao": 50}
AREA_PER_PERSON, AREA_CAP = 3_000, 28_000  # hundredths of a square metre
RURAL_REINFORCEMENT, URBAN_PER_SQUARE_METRE = 1_400_000, 30_000  # fen


def due_findings(city: City) -> list[Due]:
    """Every finding due on the as-of day, in a fixed order."""
    view = View(city)
    rules = (due_refusals, due_relapses, due_grace, due_after_exit, due_deceased, due_double, due_houses,
             due_doctors, due_conflicts)
    found = [due for rule in rules for due in rule(view)]
    return sorted(found, key=lambda due: (due.rule, due.condition, due.person, due.first_met_on or city.as_of))


def due_deceased(view: View) -> Iterator[Due]:
    """On the roster, or paid, in a month after the month of a death that two sources tell."""
    for person, died in _deaths(view.city).items():
        after = range(month_of(died) + 1, view.city.last_month + 1)
        listed = [month for month in after if view.on_roster(person, month)]
        if listed:
            row = view.rows[person][listed[0]][0]
            yield Due("deceased_on_roster", "on_roster", person, row.family_no, first_day(listed[0]), row.person_amount)
        paid = [(month, amount) for month, amount in view.payments[person] if month in after]
        if paid:
            total = sum(amount for _, amount in paid)
            yield Due("deceased_on_roster", "paid", person, _family_of(view, person), first_day(min(paid)[0]), total)


def _family_of(view: View, person: int) -> str | None:
    months = view.rows.get(person)
    return months[max(months)][0].family_no if months else None


def _deaths(city: City) -> dict[int, date]:
    """People whose death two sources tell alike; a pension's end agrees by its month."""
    cremated = {entry.person: entry.death_date for entry in city.deaths}
    certified = {entry.person: entry.death_date for entry in city.death_certificates}
    ended = {entry.person for entry in city.pensions if entry.end_reason == "death"}
    known = cremated | certified
    return {
        person: died for person, died in known.items()
        if (person in cremated) + (person in certified) + (person in ended) >= 2
        and cremated.get(person, died) == certified.get(person, died)
    }


def due_double(view: View) -> Iterator[Due]:
    """The first month in two families, and the first in two categories; the smaller of the amounts."""
    for person, months in view.rows.items():
        for condition, part in (("two_families", "family_no"), ("two_categories", "category")):
            for month in sorted(months):
                rows = months[month]
                if len({getattr(row, part) for row in rows}) > 1:
                    least = min(rows, key=lambda row: row.person_amount)
                    yield Due("double_enrolment", condition, person, least.family_no, first_day(month),
                              least.person_amount)
                    break


def due_houses(view: View) -> Iterator[Due]:
    """Dangerous houses of helped owners: untreated, or with less paid than due."""
    for row in view.helped():
        for house in view.houses[row.person]:
            if house.treatment == "none":
                yield Due("dangerous_house", "untreated", row.person, row.family_no, house.identified_on)
                continue
            due = _subsidy(row, house)
            missing = None if due is None else due - house.subsidy_paid
            if missing is None or missing > 0:
                yield Due("dangerous_house", "subsidy_due", row.person, row.family_no, house.completed_on, missing)


def _subsidy(row: RosterRow, house: DangerousHouse) -> int | None:
    """Fen due by 三(三)2; None where the ledger does not say what is needed."""
    if house.treatment == "reinforce" and house.setting == "rural":
        return RURAL_REINFORCEMENT
    if house.treatment == "reinforce":
        return None if house.floor_area is None else house.floor_area * URBAN_PER_SQUARE_METRE // 100
    if house.unit_cost is None:
        return None
    area = min(AREA_PER_PERSON * house.people, AREA_CAP, house.floor_area or AREA_CAP)
    return round(REBUILD_PER_CENT[row.category] * house.unit_cost * area / 10_000)


def due_doctors(view: View) -> Iterator[Due]:
    """Helped people without a valid contract, and bedridden ones without care at home; not the known dead."""
    dead = _deaths(view.city)
    until: dict[int, date] = {}
    for contract in view.city.doctor_contracts:
        until[contract.person] = max(contract.valid_until, until.get(contract.person, contract.valid_until))
    for row in view.helped():
        if row.person in dead:
            continue
        first = first_day(view.stay_begins(row.person))
        if row.person not in until:
            yield Due("family_doctor_gap", "no_contract", row.person, row.family_no, first)
        elif until[row.person] < view.city.as_of:
            met = until[row.person] + timedelta(days=1)
            yield Due("family_doctor_gap", "contract_expired", row.person, row.family_no, met)
        found = view.assessments[row.person]
        bedridden = row.care_need == "full" or any(entry.level == "severe" for entry in found)
        if bedridden and all(entry.service != "home" for entry in found):
            yield Due("family_doctor_gap", "bedridden_without_home_care", row.person, row.family_no, first)


def due_conflicts(view: View) -> Iterator[Due]:
    """Contradictions planted between offices, and cancelled certificates of people on the last roster."""
    helped = {row.person: row.family_no for row in view.helped()}
    for (_, person), recorded in view.city.recorded.items():
        for condition, value in (("sex", recorded.sex), ("birth_date", recorded.birth), ("name", recorded.name),
                                 ("two_numbers", recorded.number)):
            if value is not None:
                yield Due("conflict", condition, person, helped.get(person), None)
    for person, family_no in helped.items():
        if any(entry.status == "cancelled_as_dead" for entry in view.certificates[person]):
            yield Due("conflict", "certificate_cancelled_on_roster", person, family_no, None)

"""Absence is unknown: with any one delivery taken away, nobody is accused who was not accused before.

Small cities are made up at random; a delivery is one month of a monthly table, half of the exits, or a whole table.
"""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from checks.cases import Case, open_bench, run_case

POLICY = Path(__file__).parents[2] / "policy"
TABLES = {
    "deceased_on_roster": {"assistance_roster", "benefit_payments", "deaths", "death_certificates"},
    "paid_after_exit": {"assistance_roster", "benefit_payments", "assistance_exits"},
    "double_enrolment": {"assistance_roster"},
}
MONTHS = [date(2024, month, 1) for month in range(1, 5)]
AS_OF = date(2024, 6, 30)
PEOPLE = [f"P{number}" for number in range(8)]
TOWNS = ("甲镇", "乙镇")
CATEGORIES = ("dibao", "dibao", "dibao", "dibao_edge", "temporary")


@pytest.fixture(scope="module")
def bench():
    return open_bench(POLICY)


def made_up_city(chance: random.Random) -> dict[tuple[str, date | None], list[dict]]:
    """Rows by delivery. Neighbours keep every month and both towns on the roster."""
    city: dict[tuple[str, date | None], list[dict]] = {}
    for month in MONTHS:
        listed = [_listed(f"N{town}", month, "dibao", f"N{town}", town) for town in TOWNS]
        listed += [
            _listed(person, month, chance.choice(CATEGORIES), f"F{chance.randrange(6)}", chance.choice(TOWNS))
            for person in chance.choices(PEOPLE, k=5)
        ]
        city["assistance_roster", month] = listed
        city["benefit_payments", month] = [
            {"person_id": person, "month": month, "benefit": "dibao", "amount": 600, "family_no": f"F{place}"}
            for place, person in enumerate(PEOPLE)
        ]
    leavers = chance.sample(PEOPLE, 6)
    for half, people in zip(MONTHS[:2], (leavers[:3], leavers[3:]), strict=True):
        city["assistance_exits", half] = [
            {
                "person_id": person,
                "family_no": "F1",
                "category": "dibao",
                "exit_date": _day(chance),
                "grace_until": chance.choice([None, None, "2024-03-01"]),
            }
            for person in people
        ]
    for table in ("deaths", "death_certificates"):
        dead = chance.sample(PEOPLE, 4)
        city[table, None] = [{"person_id": person, "death_date": date(2024, 1, 20)} for person in dead]
    return city


def _listed(person: str, month: date, category: str, family_no: str, town: str) -> dict:
    return {
        "person_id": person,
        "month": month,
        "category": category,
        "family_no": family_no,
        "town": town,
        "person_amount": 600,
    }


def _day(chance: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=chance.randrange(60))


def accused(bench, rule: str, city: dict, without: object = None) -> set[tuple[str, str]]:
    given: dict[str, list[dict]] = {}
    for (table, part), rows in city.items():
        if (table, part) != without:
            given.setdefault(table, []).extend(rows)
    case = Case(rule, "made up", AS_OF, given, [])
    found = run_case(bench, case, (POLICY / "clauses" / rule / "rule.sql").read_text(encoding="utf-8"))
    adverse = [row for row in found if row["certain"] and row["condition"] != "on_roster_unpaid"]
    return {(row["condition"], row["person_id"]) for row in adverse}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("rule", TABLES)
def test_no_delivery_taken_away_accuses_anybody_more(bench, rule, seed):
    city = {key: rows for key, rows in made_up_city(random.Random(seed)).items() if key[0] in TABLES[rule]}
    everything = accused(bench, rule, city)
    assert everything, "the made-up city must accuse somebody, else this test shows nothing"

    more = {delivery: accused(bench, rule, city, delivery) - everything for delivery in city}

    assert {delivery: found for delivery, found in more.items() if found} == {}

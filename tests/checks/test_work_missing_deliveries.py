"""Absence is unknown (due-process 3): taking any delivery away never makes an adverse finding of work_refusal."""

import datetime
from pathlib import Path

import pytest

from checks.cases import Case, open_bench, run_case

CLAUSE = Path(__file__).parents[2] / "policy" / "clauses" / "work_refusal"
RULE = (CLAUSE / "rule.sql").read_text(encoding="utf-8")
AS_OF = datetime.date(2024, 6, 30)
REFUSERS = [f"P{number}" for number in range(1, 13)]
FIRST, LAST = "2023-01", "2024-06"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def city() -> dict[str, list[dict]]:
    """Twelve who refused; all but P1 and P2 are protected, each by one fact of one table (and one month)."""
    members = [{"person_id": person, "family_no": f"F{person}", "labour_capacity": "full"} for person in REFUSERS]
    members[2]["labour_capacity"] = members[3]["labour_capacity"] = None
    patient = {"person_id": "P21", "family_no": "FP5", "labour_capacity": "none"}
    steady = {"person_id": "P30", "family_no": "F30", "labour_capacity": "none"}
    worker = {"person_id": "P31", "insured_as": "employee", "paid": "paid"}
    return {
        "person": [{"person_id": person, "sex": "male", "birth_date": day("1975-01-01")} for person in REFUSERS],
        "assistance_roster": [
            {**member, "months": [FIRST, LAST], "category": "dibao", "start_date": day("2022-01-01")}
            for member in [*members, patient, steady]
        ],
        "job_referrals": [
            {"person_id": person, "referral_no": f"{person}-{number}", "referral_date": on, "outcome": "refused"}
            for person in REFUSERS
            for number, on in enumerate((day("2023-08-10"), day("2023-09-10"), day("2023-10-10")))
        ],
        "disability_certificates": [{"person_id": "P3", "grade": 1, "status": "valid"}],
        "care_assessments": [
            {"person_id": "P4", "assessed_on": day("2023-02-01"), "level": "severe"},
            {"person_id": "P21", "assessed_on": day("2023-02-01"), "level": "moderate"},
        ],
        "job_seeking": [{"person_id": "P6", "registered_on": day("2023-11-11")}],
        "training": [{"person_id": "P7", "start_date": day("2023-11-11")}],
        "employment": [{"person_id": "P8", "contract_start": day("2023-11-11"), "contract_end": day("2023-12-01")}],
        "contributions": [
            *({**worker, "month": f"{month:%Y-%m}"} for month in months()),
            {**worker, "person_id": "P10", "month": "2023-12"},
            {**worker, "person_id": "P12", "month": LAST},
        ],
        "pensions": [{"person_id": "P11", "months": ["2023-12", LAST], "status": "paid"}],
    }


def months() -> list[datetime.date]:
    return [datetime.date(2023 + place // 12, place % 12 + 1, 1) for place in range(18)]


def accused(bench, given) -> set[tuple]:
    rows = run_case(bench, Case("work_refusal", "", AS_OF, given, []), RULE)
    return {(row["person_id"], row["condition"], row["first_met_on"]) for row in rows if row["certain"]}


@pytest.fixture(scope="module")
def bench():
    return open_bench(CLAUSE.parents[1])


@pytest.fixture(scope="module")
def whole(bench):
    return accused(bench, city())


def test_with_every_delivery_the_unprotected_are_found(whole):
    assert {person for person, _, _ in whole} == {"P1", "P2", "P9"}


@pytest.mark.parametrize("table", sorted(city()))
def test_a_table_taken_away_accuses_nobody_new(bench, whole, table):
    given = {name: rows for name, rows in city().items() if name != table}
    assert accused(bench, given) <= whole


@pytest.mark.parametrize("table", ["assistance_roster", "contributions", "pensions"])
@pytest.mark.parametrize("month", ["2023-08", "2023-12", "2024-05", "2024-06"])
def test_a_month_taken_away_accuses_nobody_new(bench, whole, table, month):
    given = city()
    given[table] = [row for whole_row in given[table] for row in monthly(whole_row) if row["month"] != month]
    assert accused(bench, given) <= whole


def monthly(row):
    first, last = row.get("months", (row.get("month"),) * 2)
    rest = {key: cell for key, cell in row.items() if key not in ("months", "month")}
    return [{**rest, "month": f"{month:%Y-%m}"} for month in months() if first <= f"{month:%Y-%m}" <= last]

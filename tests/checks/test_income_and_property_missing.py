"""Absence is unknown (due-process 3): any table or month taken away accuses nobody new of income or property."""

import datetime
from pathlib import Path

import pytest

from checks.cases import Case, open_bench, run_case

POLICY = Path(__file__).parents[2] / "policy"
AS_OF = datetime.date(2024, 6, 30)
MONTHS = [f"2024-{month:02d}" for month in range(1, 7)]
BEGAN = {"category": "dibao", "start_date": datetime.date(2023, 1, 1)}


def city() -> dict[str, list[dict]]:
    """P1 and P2 earn on the roster, P3 in a grace alone, P4 by a probable link; the family of P5 owns two dwellings."""
    paid = {"insured_as": "employee", "paid": "paid", "base": 4000}
    return {
        "assistance_roster": [
            {"person_id": f"P{number}", "family_no": f"F{number}", "month": month, **BEGAN}
            for number in range(1, 8)
            for month in MONTHS
        ],
        "assistance_exits": [
            {"person_id": "P3", "family_no": "F3", "category": "dibao", "exit_date": datetime.date(2024, 2, 3),
             "grace_until": "2024-05-01", "reason": "voluntary"},
        ],
        "contributions": [
            *({"person_id": person, "month": month, **paid} for person in ("P1", "P9") for month in MONTHS),
            *({"person_id": "P3", "month": month, **paid} for month in MONTHS[2:5]),
            {"person_id": "P4", "month": MONTHS[2], **paid, "certain": False},
        ],
        "employment": [{"person_id": "P2", "contract_start": datetime.date(2024, 3, 1), "monthly_wage": 3000}],
        "properties": [
            {"person_id": "P5", "certificate_no": "C1", "use": "dwelling", "address": "甲路1号"},
            {"person_id": "P5", "certificate_no": "C2", "use": "dwelling", "address": "乙路2号"},
            {"person_id": "P6", "certificate_no": "C3", "use": "dwelling", "address": "丙路3号"},
        ],
        "dangerous_houses": [{"person_id": "P5", "house_no": "H1", "setting": "rural", "treatment": "none"}],
    }  # fmt: skip


def accused(bench, rule: str, given: dict) -> set[tuple]:
    sql = (POLICY / "clauses" / rule / "rule.sql").read_text(encoding="utf-8")
    rows = run_case(bench, Case(rule, "", AS_OF, given, []), sql)
    return {(row["condition"], row["person_id"], row["family_no"]) for row in rows if row["certain"]}


@pytest.fixture(scope="module")
def bench():
    return open_bench(POLICY)


WHOLE = {
    "working_on_dibao": {("working", "P1", "F1"), ("working", "P2", "F2")},
    "property_on_dibao": {("several_dwellings", None, "F5")},
}


@pytest.mark.parametrize("rule", WHOLE)
def test_with_every_delivery_these_are_found(bench, rule):
    assert accused(bench, rule, city()) == WHOLE[rule]


@pytest.mark.parametrize("rule", WHOLE)
@pytest.mark.parametrize("table", sorted(city()))
def test_a_table_taken_away_accuses_nobody_new(bench, rule, table):
    given = {name: rows for name, rows in city().items() if name != table}
    assert accused(bench, rule, given) <= WHOLE[rule]


@pytest.mark.parametrize("table", ["assistance_roster", "contributions"])
@pytest.mark.parametrize("month", MONTHS[1:])
def test_a_month_taken_away_accuses_nobody_new(bench, table, month):
    given = city()
    given[table] = [row for row in given[table] if row["month"] != month]
    for rule, whole in WHOLE.items():
        assert accused(bench, rule, given) <= whole

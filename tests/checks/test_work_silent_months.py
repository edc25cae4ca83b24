"""core.silent_month: a hole in an event table is an unknown month; few rows, a decline or an end are not."""

import datetime
from pathlib import Path

import pytest

from checks.case_tables import fill
from checks.cases import open_bench
from warehouse import models

POLICY = Path(__file__).parents[2] / "policy"
AS_OF = datetime.date(2024, 6, 30)
MONTHS = [datetime.date(2023 + place // 12, place % 12 + 1, 1) for place in range(18)]
LISTED = {"person_id": "P1", "months": ["2023-01", "2024-06"], "category": "dibao", "family_no": "F1"}


@pytest.fixture(scope="module")
def bench():
    return open_bench(POLICY)


def silent(bench, registered: dict[datetime.date, int], *, contributions=MONTHS) -> set[tuple[str, str]]:
    """What is silent when each month has so many registrations, on as many days."""
    given = {
        "assistance_roster": [LISTED],
        "contributions": [{"person_id": "P1", "month": month, "insured_as": "employee"} for month in contributions],
        "job_seeking": [
            {"person_id": f"P{number}", "registered_on": month + datetime.timedelta(days=number)}
            for month, rows in registered.items()
            for number in range(rows)
        ],
    }
    bench.execute("begin")
    try:
        fill(bench, given, as_of=AS_OF)
        models.build(bench, "core")
        rows = bench.execute("select source_table, strftime(month, '%Y-%m') from core.silent_month").fetchall()
        return set(rows)
    finally:
        bench.execute("rollback")


def test_a_hole_between_full_months_is_silent(bench):
    registered = dict.fromkeys(MONTHS, 25) | {MONTHS[7]: 1, MONTHS[8]: 0}
    assert silent(bench, registered) == {("job_seeking", "2023-08"), ("job_seeking", "2023-09")}


@pytest.mark.parametrize(
    "registered",
    [
        dict.fromkeys(MONTHS, 25) | dict.fromkeys(MONTHS[12:], 0),
        dict.fromkeys(MONTHS, 25) | dict.fromkeys(MONTHS[:5], 0),
        dict.fromkeys(MONTHS, 4) | {MONTHS[7]: 0},
        dict(zip(MONTHS, range(28, 10, -1), strict=True)) | dict.fromkeys(MONTHS[14:], 1),
    ],
    ids=["an end", "a beginning", "a small place", "a decline"],
)
def test_few_rows_for_another_reason_are_not(bench, registered):
    assert silent(bench, registered) == set()


def test_a_contribution_month_before_the_newest_must_be_there(bench):
    delivered = [month for month in MONTHS if month not in (MONTHS[3], MONTHS[17])]
    assert silent(bench, {}, contributions=delivered) == {("contributions", "2023-04")}

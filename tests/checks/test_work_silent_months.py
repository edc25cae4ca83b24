"""core.silent_month: a hole in an event table is an unknown month, and so is where it breaks off; few rows are not."""

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


def silent(bench, registered: dict[datetime.date, int], *, contributions=MONTHS, lag=0) -> set[tuple[str, str]]:
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
        bench.execute("update policy.adverse_lag_months set value = ?", [lag])
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
        dict.fromkeys(MONTHS, 4) | dict.fromkeys(MONTHS[12:], 0),
        {MONTHS[8]: 25},
        dict.fromkeys(MONTHS, 25) | dict.fromkeys(MONTHS[:5], 0),
        dict.fromkeys(MONTHS, 4) | {MONTHS[7]: 0},
        dict(zip(MONTHS, range(28, 10, -1), strict=True)) | dict.fromkeys(MONTHS[14:], 1),
    ],
    ids=["a small end", "all at once", "a beginning", "a small place", "a decline"],
)
def test_few_rows_for_another_reason_are_not(bench, registered):
    assert silent(bench, registered) == set()


@pytest.mark.parametrize(("rows", "months"), [(25, 2), (6, 5)])
def test_a_ledger_that_breaks_off_is_silent_from_then_on(bench, rows, months):
    registered = dict.fromkeys(MONTHS[:-months], rows)
    assert silent(bench, registered) == {("job_seeking", f"{month:%Y-%m}") for month in MONTHS[-months:]}


@pytest.mark.parametrize("missing", [0, 3, 17], ids=["the first", "one between", "the newest"])
def test_every_contribution_month_that_the_roster_reaches_must_be_there(bench, missing):
    delivered = [month for month in MONTHS if month != MONTHS[missing]]
    assert silent(bench, {}, contributions=delivered) == {("contributions", f"{MONTHS[missing]:%Y-%m}")}


@pytest.mark.parametrize("partial", [6, 17], ids=["between", "the newest"])
def test_a_contribution_month_of_which_a_part_came_is_silent(bench, partial):
    rows = [month for month in MONTHS for _ in range(14 if month == MONTHS[partial] else 25)]
    assert silent(bench, {}, contributions=rows) == {("contributions", f"{MONTHS[partial]:%Y-%m}")}


def test_contribution_months_that_grow_or_shrink_are_not(bench):
    growing = [month for place, month in enumerate(MONTHS) for _ in range(20 + 3 * place)]
    shrinking = [month for place, month in enumerate(MONTHS) for _ in range(100 - 4 * place)]
    assert silent(bench, {}, contributions=growing) == set()
    assert silent(bench, {}, contributions=shrinking) == set()


def test_a_home_whose_contributions_come_late_says_so(bench):
    delivered = [month for month in MONTHS[:-2] for _ in range(25)]
    assert silent(bench, {}, contributions=delivered, lag=1) == {("contributions", "2024-05")}
    assert silent(bench, {}, contributions=delivered, lag=2) == set()

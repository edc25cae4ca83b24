"""Who is followed after an exit, and whose visit is missing (mart.follow_up)."""

from datetime import date

import pytest

from warehouse.connection import connect, prepare_schema
from warehouse.models import MODELS_FOLDER

STATEMENT = (MODELS_FOLDER / "mart" / "follow_up.sql").read_text(encoding="utf-8")
READS = """
create table policy.monitoring_window_months as select date '2017-05-04' as valid_from, 24 as value;
create table policy.visit_interval_months as select date '2017-05-04' as valid_from, 3 as value;
create table core.exit (row_id bigint, person_id varchar, family_no varchar, category varchar, exit_date date,
    reason varchar);
create table core.death (person_id varchar, source_count integer);
create table core.helped (person_id varchar);
insert into run.context values ('2026-06-30', '2026-06-30', 1);
"""


@pytest.fixture
def warehouse():
    with connect() as connection:
        prepare_schema(connection)
        connection.execute(READS)
        yield connection


def left(connection, person: str, day: str, reason: str | None = "income", category: str = "dibao") -> None:
    connection.execute("insert into core.exit values (1, ?, 'F1', ?, ?, ?)", [person, category, day, reason])


def visit(connection, person: str, day: str | None, contact: str | None = None, answered: str = "2026-06-01") -> None:
    connection.execute(
        "insert into answers.visit values (?, ?, ?, null, '2026-05-01', ?, '2026-06-01', 1, 1, 1)",
        [person, day, contact, answered],
    )


def followed(connection) -> dict[str, tuple]:
    rows = connection.execute(f"select person_id, contact, last_visited_on, lacks_visit from ({STATEMENT})").fetchall()
    return {person: tuple(told) for person, *told in rows}


@pytest.mark.parametrize(
    ("day", "reason", "category", "is_followed"),
    [
        ("2024-06-30", "income", "dibao", True),
        ("2024-06-29", "income", "dibao", False),
        ("2026-01-05", None, "dibao_edge", True),
        ("2026-01-05", "voluntary", "dibao", True),
        ("2026-01-05", "death", "dibao", False),
        ("2026-01-05", "refusal", "dibao", False),
        ("2026-01-05", "income", "temporary", False),
    ],
)
def test_the_window_and_the_reasons(warehouse, day, reason, category, is_followed):
    left(warehouse, "P1", day, reason, category)
    assert ("P1" in followed(warehouse)) == is_followed


def test_who_died_or_is_back_is_not_followed_and_the_last_exit_counts(warehouse):
    for person in ("P1", "P2", "P3"):
        left(warehouse, person, "2025-01-05")
    left(warehouse, "P3", "2026-02-05", "death")
    warehouse.execute("insert into core.death values ('P1', 2)")
    warehouse.execute("insert into core.helped values ('P2')")
    assert followed(warehouse) == {}


def test_who_is_dead_by_one_report_alone_is_followed(warehouse):
    left(warehouse, "P1", "2025-01-05")
    warehouse.execute("insert into core.death values ('P1', 1)")
    assert followed(warehouse).keys() == {"P1"}


def test_without_any_visit_reported_none_is_missing(warehouse):
    left(warehouse, "P1", "2025-01-05")
    visit(warehouse, "P1", None, "孙小兰")
    assert followed(warehouse) == {"P1": ("孙小兰", None, None)}


def test_a_visit_in_the_last_quarter_is_enough_and_a_fresh_exit_has_its_quarter(warehouse):
    for person, day in (("P1", "2025-01-05"), ("P2", "2025-01-05"), ("P3", "2025-01-05"), ("P4", "2026-05-05")):
        left(warehouse, person, day)
    visit(warehouse, "P1", "2026-03-30", "孙小兰")
    visit(warehouse, "P2", "2026-03-29")
    visit(warehouse, "P2", "2026-06-20", answered="2026-07-01")  # not known on the day
    assert followed(warehouse) == {
        "P1": ("孙小兰", date(2026, 3, 30), False),
        "P2": (None, date(2026, 3, 29), True),
        "P3": (None, None, True),
        "P4": (None, None, False),
    }

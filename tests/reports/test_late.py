"""What is due and what is late, by the declared rhythm."""

from datetime import date

import duckdb
import pytest

from reports.late import PROJECT_RHYTHM, expected_deliveries, read_rhythm
from warehouse.connection import prepare_schema
from warehouse.errors import BangfuError

TITLES = {"assistance_roster": "花名册", "deaths": "死亡登记", "properties": "房产"}
MONTHLY = ("assistance_roster", "benefit_payments", "contributions", "pensions")


@pytest.fixture
def warehouse():
    with duckdb.connect() as connection:
        prepare_schema(connection)
        for table in MONTHLY:
            connection.execute(f"create table staging.{table} (month date, superseded_by integer)")
        for table, title in TITLES.items():
            connection.execute("insert into raw.contract values (?, 'somewhere', ?, 'snapshot')", [table, title])
        yield connection


def deliver(connection, table, day, *, status="accepted"):
    connection.execute(
        "insert into raw.delivery by name select 1 as delivery_id, 'somewhere' as department, ? as source_table,"
        " 'f.csv' as source_file, 'h' as sha256, ?::date as received_at, 1 as rows_in, 1 as rows_loaded,"
        " 0 as rows_rejected, 0 as rows_skipped, ? as status, 1 as run_id",
        [table, day, status],
    )


def roster(connection, month, *, rows=100, superseded_by=None):
    connection.execute(
        "insert into staging.assistance_roster select ?::date, ? from range(?)", [month, superseded_by, rows]
    )


def told(connection, root, today):
    return {
        one.source_table: (one.last, one.due_on, one.is_late) for one in expected_deliveries(connection, root, today)
    }


@pytest.fixture
def home(tmp_path):
    (tmp_path / "rhythm.toml").write_text(
        "[civil_affairs]\nassistance_roster = { month_due = 10 }\ndeaths = { every_days = 30 }\n"
        "[housing]\nproperties = { expected = false }\n"
    )
    return tmp_path


def test_a_month_is_late_the_day_after_its_day_of_the_next_month(warehouse, home):
    roster(warehouse, "2025-11-01")
    deliver(warehouse, "deaths", "2026-01-01")
    assert told(warehouse, home, date(2026, 1, 2)) == {}
    assert told(warehouse, home, date(2026, 1, 3))["assistance_roster"] == ("2025-11", date(2026, 1, 10), False)
    assert told(warehouse, home, date(2026, 1, 10))["assistance_roster"][2] is False
    assert told(warehouse, home, date(2026, 1, 11))["assistance_roster"][2] is True
    roster(warehouse, "2025-12-01")
    assert "assistance_roster" not in told(warehouse, home, date(2026, 1, 11))


def test_a_mistyped_future_or_superseded_month_does_not_count_as_delivered(warehouse, home):
    for month in ("2025-09-01", "2025-10-01", "2025-11-01"):
        roster(warehouse, month)
    roster(warehouse, "2025-12-01", rows=2)
    roster(warehouse, "2062-01-01")
    roster(warehouse, "2025-12-01", superseded_by=9)
    assert told(warehouse, home, date(2026, 1, 20))["assistance_roster"] == ("2025-11", date(2026, 1, 10), True)


def test_other_tables_go_by_the_day_the_last_usable_one_came(warehouse, home):
    roster(warehouse, "2026-03-01")
    deliver(warehouse, "deaths", "2026-03-01")
    deliver(warehouse, "deaths", "2026-03-20", status="refused")
    assert told(warehouse, home, date(2026, 3, 23)) == {}
    assert told(warehouse, home, date(2026, 3, 24)) == {"deaths": ("2026-03-01", date(2026, 3, 31), False)}
    assert told(warehouse, home, date(2026, 4, 1))["deaths"][2] is True


def test_a_table_that_never_came_is_late_unless_the_home_says_it_never_comes(warehouse, home):
    never = {table: ("", None, True) for table in ("assistance_roster", "deaths")}
    assert told(warehouse, home, date(2026, 1, 1)) == never
    (home / "rhythm.toml").unlink()
    assert told(warehouse, home, date(2026, 1, 1)).keys() == {*never, "properties"}


@pytest.mark.parametrize(
    "text",
    [
        "[health]\nnothing = { every_days = 3 }",
        "[health]\ndeaths = { every_days = 0 }",
        "[health]\ndeaths = { every_days = 3, month_due = 3 }",
        "[health]\ndeaths = { month_due = 31 }",
        "[health]\ndeaths = { expected = true }",
        "[health]\ndeaths = 45",
        "deaths = 45",
        "[health",
    ],
)
def test_a_rhythm_that_cannot_be_used_is_refused(tmp_path, text):
    (tmp_path / "rhythm.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BangfuError):
        read_rhythm(tmp_path)


def test_every_delivered_table_has_a_rhythm(tmp_path):
    from connectors.contract import load_contracts

    assert PROJECT_RHYTHM.exists()
    assert read_rhythm(tmp_path).keys() == load_contracts().keys()

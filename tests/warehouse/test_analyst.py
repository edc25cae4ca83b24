"""Analysts get every table and nothing that names a person: not even in the bytes of the file."""

import duckdb
import pytest

from tests.warehouse.small_city import CANARY, build_city
from warehouse.analyst import build_analyst
from warehouse.errors import BangfuError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("analyst")


@pytest.fixture(scope="module")
def analyst(folder):
    target = folder / "analyst's.duckdb"
    target.write_bytes(b"left by a killed run")
    with duckdb.connect(str(folder / "work.duckdb")) as connection:
        build_city(connection)
        build_analyst(connection, target)
    with duckdb.connect(str(target), read_only=True) as connection:
        yield connection


def test_every_published_table_is_there(analyst):
    tables = {
        table
        for (table,) in analyst.execute(
            "select distinct table_name from information_schema.columns where table_schema = 'mart'"
        ).fetchall()
    }
    assert tables >= {
        "delivery",
        "rejected_row",
        "identity_link",
        "identity_review",
        "person",
        "household",
        "finding",
        "finding_evidence",
        "finding_history",
        "parameter",
        "rule",
        "indicator",
        "data_quality",
        "docs",
    }


def test_no_personal_column_is_there_and_the_birth_year_is(analyst):
    columns = {
        column
        for (column,) in analyst.execute(
            "select column_name from information_schema.columns where table_schema = 'mart'"
        ).fetchall()
    }
    assert columns.isdisjoint({"name", "id_no", "birth_date", "phone", "address"})
    assert analyst.execute("select birth_year from mart.person").fetchall() == [(1949,)]


def test_no_planted_value_is_in_any_byte_of_the_file(analyst, folder):
    content = (folder / "analyst's.duckdb").read_bytes()
    assert [key for key, value in CANARY.items() if value.encode() in content] == []
    assert b"19491231" not in content
    for (table,) in analyst.execute(
        "select table_name from information_schema.tables where table_schema = 'mart'"
    ).fetchall():
        for row in analyst.execute(f"select * from mart.{table}").fetchall():
            assert not any(value in str(row) for value in CANARY.values())


def test_no_figure_that_stands_for_few_people_is_there(analyst):
    """The city has one person, so every place is small: the cells are there, what they say is not."""
    assert analyst.execute("select count(*) > 5, count(value), count(people) from mart.indicator").fetchall() == [
        (True, 0, 0)
    ]


def test_families_can_still_be_joined(analyst):
    assert analyst.execute(
        "select count(*) from mart.finding join mart.household using (family_no) "
        "where household.month = date '2024-06-01'"
    ).fetchall() == [(3,)]


def test_docs_describe_what_the_file_holds(analyst):
    rows = analyst.execute(
        "select column_name from docs where table_name = 'person' and column_name is not null"
    ).fetchall()
    assert {column for (column,) in rows} == {"person_id", "sex", "birth_year", "id_quality", "departments"}
    assert analyst.execute("select count(*) from mart.docs where meaning_zh is null").fetchall() == [(0,)]


def test_a_column_that_nobody_described_stops_the_file(tmp_path):
    with duckdb.connect(str(tmp_path / "work.duckdb")) as connection:
        build_city(connection)
        connection.execute("alter table mart.person add column mothers_name varchar")
        with pytest.raises(BangfuError, match="mothers_name"):
            build_analyst(connection, tmp_path / "analyst.duckdb")
    assert not (tmp_path / "analyst.duckdb").exists()

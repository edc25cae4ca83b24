"""Every published column is described once, with its true type."""

import duckdb
import pytest

from tests.warehouse.small_city import build_city
from warehouse.dictionary import column_entry, read_dictionary
from warehouse.errors import BangfuError


@pytest.fixture(scope="module")
def published():
    with duckdb.connect() as connection:
        build_city(connection)
        return connection.execute(
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_schema = 'mart' and table_name <> 'dictionary' order by all"
        ).fetchall()


def test_every_column_is_described_with_the_type_it_has(published):
    wrong = {
        f"{table}.{column}": (kind, column_entry(table, column).type)
        for table, column, kind in published
        if kind != column_entry(table, column).type and (column, kind) != ("position", "INTEGER")
    }
    assert wrong == {}


def test_nothing_is_described_that_is_not_published(published):
    columns = {column for _, column, _ in published} | {f"{table}.{column}" for table, column, _ in published}
    tables = {table for table, _, _ in published}
    described = {entry.entry for entry in read_dictionary()}
    assert described - columns - tables == {"birth_year"}


def test_what_names_a_person_is_marked_personal():
    personal = {entry.entry for entry in read_dictionary() if entry.personal}
    assert personal == {"name", "id_no", "birth_date", "family_no", "contact", "by"}


def test_a_column_nobody_described_is_refused_by_name():
    with pytest.raises(BangfuError, match="finding.nonesuch"):
        column_entry("finding", "nonesuch")

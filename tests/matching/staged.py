"""Staging tables in memory for the tests of matching, as the connectors would make them."""

from dataclasses import dataclass

import duckdb

from warehouse.connection import connect, prepare_schema
from warehouse.resident_number import check_character


@dataclass(frozen=True)
class Staged:
    """Department, columns beside the system's, and the share of people it knows."""

    department: str
    columns: dict[str, str]
    share: float


def _columns(text: str) -> dict[str, str]:
    kinds = {"birth_date": "date"}
    return {column: kinds.get(column, "varchar") for column in text.split()}


_ROSTER = "family_no head_name head_id_no name id_no relation sex birth_date birth_date_precision address phone"
_CERTIFICATES = "name disability_no id_no sex birth_date birth_date_precision phone address"
TABLES = {
    "assistance_roster": Staged("civil_affairs", _columns(_ROSTER), 0.3),
    "benefit_payments": Staged("civil_affairs", _columns("family_no name id_no"), 0.25),
    "contributions": Staged("hr_social_security", _columns("name id_no"), 0.6),
    "job_seeking": Staged("hr_social_security", _columns("name id_no phone"), 0.1),
    "disability_certificates": Staged("disabled_persons_federation", _columns(_CERTIFICATES), 0.2),
    "medical_settlements": Staged("health", _columns("name id_no sex birth_date birth_date_precision"), 0.8),
    "deaths": Staged("civil_affairs", _columns("name id_no sex"), 0.05),
    "housing_security": Staged("housing", _columns("name id_no relation address"), 0.1),
    "properties": Staged("housing", _columns("name id_no address"), 0.4),
}
SYSTEM = "row_id bigint, delivery_id integer, source_row bigint, row_key ubigint, superseded_by integer"


def new_warehouse() -> duckdb.DuckDBPyConnection:
    """An empty warehouse in memory with one delivery per table, received on 2026-01-01 and later."""
    connection = connect()
    prepare_schema(connection)
    connection.execute("insert into run.context values (date '2026-06-30', timestamp '2026-07-01', 1)")
    for delivery, (table, staged) in enumerate(TABLES.items(), start=1):
        columns = ", ".join(f"{name} {kind}" for name, kind in staged.columns.items())
        connection.execute(f"create table staging.{table} ({SYSTEM}, {columns})")
        add_delivery(connection, delivery, table)
    return connection


def add_delivery(connection: duckdb.DuckDBPyConnection, delivery: int, table: str) -> None:
    connection.execute(
        "insert into raw.delivery by name select ?::integer as delivery_id, ? as department, ? as source_table, "
        "'a.csv' as source_file, 'x' as sha256, timestamp '2026-01-01' + to_days(?::integer) as received_at, "
        "0 as rows_in, 0 as rows_loaded, 0 as rows_rejected, 0 as rows_skipped, 'accepted' as status, 1 as run_id",
        [delivery, TABLES[table].department, table, delivery],
    )


def add_rows(connection: duckdb.DuckDBPyConnection, table: str, *rows: dict, delivery: int | None = None) -> list[int]:
    """Insert rows given as column -> text; returns their row_ids."""
    number = delivery or list(TABLES).index(table) + 1
    (taken,) = connection.execute(f"select count(*) from staging.{table} where delivery_id = ?", [number]).fetchall()[0]
    ids = []
    for place, row in enumerate(rows, start=taken + 1):
        precision = {"birth_date_precision": "day"} if "birth_date" in row else {}
        full = {"row_id": number * 1_000_000_000 + place, "delivery_id": number, "source_row": place} | precision | row
        marks = ", ".join("?" for _ in full)
        connection.execute(f"insert into staging.{table} ({', '.join(full)}) values ({marks})", list(full.values()))
        ids.append(full["row_id"])
    return ids


def people_of(connection: duckdb.DuckDBPyConnection, rows: list[int]) -> list[str]:
    """person_id of each row, in the order given."""
    found = dict(
        connection.execute(
            "select row_id, person_id from identity.row_identity join identity.link using (identity_id)"
        ).fetchall()
    )
    return [found[row] for row in rows]


def number(place: str = "320583", birth: str = "19850101", sequence: int = 1) -> str:
    """A valid person number."""
    seventeen = f"{place}{birth}{sequence:03d}"
    return seventeen + check_character(seventeen)


def links(connection: duckdb.DuckDBPyConnection, rows: list[int]) -> list[tuple[str, bool]]:
    """(method, certain) of each row, in the order given."""
    found = connection.execute(
        "select row_id, method, certain from identity.row_identity join identity.link using (identity_id)"
    ).fetchall()
    by_row = {row: (method, certain) for row, method, certain in found}
    return [by_row[row] for row in rows]


def pairs(connection: duckdb.DuckDBPyConnection, table: str) -> set[tuple[str, str]]:
    """Pairs of people in identity.review or identity.possible_same."""
    return set(connection.execute(f"select person_id, other_person_id from identity.{table}").fetchall())

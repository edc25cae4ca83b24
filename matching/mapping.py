"""From staged rows to distinct identities: which columns make one, and the map of every row.

Columns are found by their name in information_schema, so a new source table is taken up by itself.
Names and numbers of other people in a row (head, guardian) are no part of its identity.
"""

import duckdb

from matching.statements import drop, make, statement

IDENTITY_COLUMNS = {
    "name": "varchar",
    "id_no": "varchar",
    "disability_no": "varchar",
    "sex": "varchar",
    "birth_date": "date",
    "birth_precision": "varchar",
    "phone": "varchar",
    "address": "varchar",
    "family_no": "varchar",
}
# The staging layer names a precision after its column.
STAGED_AS = {"birth_precision": "birth_date_precision"}
HEAD_COLUMNS = {"name", "id_no", "relation", "head_name", "head_id_no"}


def staged_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Columns of every staging table that holds people, by table name in alphabetical order."""
    found = connection.execute(
        "select table_name, list(column_name) from information_schema.columns "
        "where table_schema = 'staging' group by table_name order by table_name"
    ).fetchall()
    return {table: set(columns) for table, columns in found if {"row_id", "name"} <= set(columns)}


def map_rows(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> int:
    """Give every staged row that has none an identity; returns how many rows were new."""
    before = _row_count(connection)
    if not tables:
        return 0
    fresh = "\nunion all\n".join(
        statement("new_row").format(table=table, columns=_identity_columns(columns))
        for table, columns in tables.items()
    )
    connection.execute(f"create or replace temp table matching_fresh as {statement('fresh').format(rows=fresh)}")
    make(connection, "known_hash")
    make(connection, "new_identity")
    connection.execute(
        "insert into identity.identity select * exclude (one_hash, other_hash) from matching_new_identity"
    )
    connection.execute(
        "insert into matching_known_hash select identity_id, one_hash, other_hash from matching_new_identity"
    )
    connection.execute(f"insert into identity.row_identity {statement('row_identity')}")
    drop(connection, "fresh", "known_hash", "new_identity")
    return _row_count(connection) - before


def read_heads(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> None:
    """What rows say of the head of the family: whose number that is, and which members carry it."""
    connection.execute("create or replace temp table matching_borrowed (identity_id bigint)")
    connection.execute("create or replace temp table matching_head (name varchar, id_no varchar)")
    for table, columns in tables.items():
        if columns >= HEAD_COLUMNS:
            connection.execute(f"insert into matching_borrowed {statement('borrowed').format(table=table)}")
            connection.execute(f"insert into matching_head {statement('head').format(table=table)}")


def _row_count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select count(*) from identity.row_identity").fetchall()[0][0])


def _identity_columns(columns: set[str]) -> str:
    staged = {name: STAGED_AS.get(name, name) for name in IDENTITY_COLUMNS}
    return ", ".join(
        f"staged.{source} as {name}" if source in columns else f"null::{IDENTITY_COLUMNS[name]} as {name}"
        for name, source in staged.items()
    )

"""The SELECTs of this room, one file each, and the temporary tables made of them.

A temporary table `matching_<name>` holds the result of `sql/<name>.sql`. Braces in a file stand for
names of staging tables and columns alone, never for values; values are bound.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

SQL_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> str:
    """Text of one SELECT."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def make(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make the temporary table of a SELECT anew."""
    connection.execute(f"create or replace temp table matching_{name} as {statement(name)}")


def fill(connection: duckdb.DuckDBPyConnection, name: str, values: Sequence[object]) -> None:
    """As `make`, for a SELECT with values to bind."""
    connection.execute(f"create or replace temp table matching_{name} as {statement(name)}", list(values))


def load(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]
) -> None:
    """Make a temporary table from rows that Python worked out, given in the order of the schema."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    connection.register("matching_loading", pa.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"create or replace temp table matching_{name} as select * from matching_loading")
    connection.unregister("matching_loading")


def drop(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Drop temporary tables that nothing reads any more: memory is short in a large city."""
    for name in names:
        connection.execute(f"drop table if exists matching_{name}")


def drop_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the temporary tables: nothing of a run stays in memory."""
    found = connection.execute(
        "select table_name from duckdb_tables() where temporary and starts_with(table_name, 'matching_')"
    ).fetchall()
    for (table,) in found:
        connection.execute(f"drop table {table}")

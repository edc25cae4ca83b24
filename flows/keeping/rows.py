"""Loaded rows taken out of the warehouse for good, counted as skipped from then on, with what was known only by them.

Everything happens in the caller's transaction. What was built from the rows (links, findings, published tables) is
made anew afterwards, and the file is written anew: see rebuild.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

SQL = Path(__file__).parent / "sql"
ROW_TABLES = ("cell_note", "key_conflict")
# The identity's number is given anew some day: an answer that names it by number must not then mean somebody else.
FORGOTTEN_IDENTITIES = "identity_id not in (select identity_id from identity.row_identity)"
NO_DAY = "date '1900-01-01'"
_ROWS = pa.schema([("row_id", pa.int64())])


def start_removing(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty list of rows to remove."""
    connection.execute(
        "create or replace temp table removing (source_table varchar, row_id bigint, delivery_id integer, "
        "source_row bigint)"
    )


def choose(connection: duckdb.DuckDBPyConnection, select: str, **parameters: Any) -> None:
    """Add to the list what `sql/<select>.sql` finds in each staging table."""
    statement = (SQL / f"{select}.sql").read_text(encoding="utf-8")
    for table in staged_tables(connection):
        described = statement.format(table=table, latest=_latest(connection, table))
        connection.execute(f"insert into removing {described}", parameters)


def choose_rows(connection: duckdb.DuckDBPyConnection, rows: Iterable[int]) -> None:
    """Add certain rows to the list; those that are not there (any more) are passed over."""
    connection.register("chosen", pa.table({"row_id": list(rows)}, schema=_ROWS))
    choose(connection, "chosen_rows")
    connection.unregister("chosen")


def count_chosen(connection: duckdb.DuckDBPyConnection) -> int:
    (count,) = connection.execute("select count(*) from removing").fetchall()[0]
    return int(count)


def remove_chosen(connection: duckdb.DuckDBPyConnection, *, because: str, today: date) -> int:
    """Delete the rows of the list, and identities nobody else is written by; gives the number of rows.

    `because` is shown beside the delivery (Chinese, no personal value).
    """
    removed = count_chosen(connection)
    if not removed:
        return 0
    for table in staged_tables(connection):
        connection.execute(f"delete from staging.{table} where row_id in (select row_id from removing)")
    connection.execute("insert into raw.skipped_row select delivery_id, source_row, 'removed' from removing")
    for table in ROW_TABLES:
        connection.execute(
            f"delete from raw.{table} where (delivery_id, source_row) in (select delivery_id, source_row from removing)"
        )
    connection.execute(
        "insert into raw.removal select delivery_id, ?, count(*), ? from removing group by delivery_id",
        [today, because],
    )
    _count_anew(connection)
    _forget_identities(connection)
    connection.execute("insert into run.compaction_due values (?)", [datetime.now()])
    return removed


def staged_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The staging tables by name."""
    rows = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'staging' and table_catalog = current_database() order by table_name"
    ).fetchall()
    return [table for (table,) in rows]


def _latest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The latest day a row of the table tells of, as SQL; without any, a day before all others."""
    days = [name for name, kind, *_ in connection.execute(f"describe staging.{table}").fetchall() if kind == "DATE"]
    return f"greatest({', '.join([*days, NO_DAY])})"


def _count_anew(connection: duckdb.DuckDBPyConnection) -> None:
    told = (SQL / "removal_told.sql").read_text(encoding="utf-8")
    connection.execute(
        "update raw.delivery set rows_loaded = rows_loaded - told.now_removed, "
        f"rows_skipped = rows_skipped + told.now_removed, reason = told.reason from ({told}) as told "
        "where told.delivery_id = delivery.delivery_id"
    )


def _forget_identities(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from identity.row_identity where row_id in (select row_id from removing)")
    connection.execute(f"delete from identity.identity where {FORGOTTEN_IDENTITIES}")
    connection.execute(f"delete from identity.person_key where {FORGOTTEN_IDENTITIES}")
    for side in ("left_key", "right_key"):
        connection.execute(
            f"delete from identity.judgement where starts_with({side}, 'identity:') "
            f"and {side} not in (select 'identity:' || identity_id from identity.identity)"
        )

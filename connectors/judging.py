"""Between loading a delivery and counting on it: another room may look at it, and stop it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors import deliveries
from connectors.cast import EMPTY_REQUIRED
from connectors.deliveries import Delivery
from connectors.doubled import preferred
from connectors.sheet_load import TAKEN_FOR_UNKNOWN, Plan

SQL = Path(__file__).parent / "sql"
# Asked in the transaction of a delivery, after its rows are loaded and before they supersede any: why to stop it.
Judge = Callable[[duckdb.DuckDBPyConnection, int], str | None]


def write_read_columns(connection: duckdb.DuckDBPyConnection, plan: Plan, delivery_id: int) -> None:
    """raw.read_column: every column of the delivery as printed, its unread cells and the rows it cost."""
    contract = plan.fit.contract
    headings = {name: preferred(contract.columns[name], given).printed for name, given in plan.fit.sources.items()}
    printed = pa.table({"column_name": list(headings), "heading": list(headings.values())})
    connection.register("printed_column", printed)
    connection.execute(
        f"insert into raw.read_column by name {(SQL / 'read_column.sql').read_text(encoding='utf-8')}",
        {"delivery": delivery_id, "unknown": f"%{TAKEN_FOR_UNKNOWN}", "empty": EMPTY_REQUIRED},
    )
    connection.unregister("printed_column")


def stop(connection: duckdb.DuckDBPyConnection, delivery: Delivery, reason: str) -> Delivery:
    """Take a loaded delivery's rows out again and refuse it: they count as rejected, as one, with the reason given.

    The marks of single rows stay: they help to correct the file.
    """
    connection.execute(f"delete from staging.{delivery.source_table} where delivery_id = ?", [delivery.delivery_id])
    refused = replace(
        delivery,
        status="refused",
        reason=reason,
        rows_loaded=0,
        rows_rejected=delivery.rows_rejected + delivery.rows_loaded,
    )
    connection.execute("delete from raw.delivery where delivery_id = ?", [delivery.delivery_id])
    return deliveries.write(connection, refused)

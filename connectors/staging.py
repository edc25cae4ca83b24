"""The staging tables: made from the contracts, filled by whole batches."""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from connectors.contract import Contract

ROWS_PER_DELIVERY = 1_000_000_000
SYSTEM_COLUMNS = {
    "row_id": "bigint",
    "delivery_id": "integer",
    "source_row": "bigint",
    "row_key": "ubigint",
    "superseded_by": "integer",
}


def staging_columns(contract: Contract) -> dict[str, str]:
    """Column name -> DuckDB type, in table order; a date is followed by its precision."""
    columns = dict(SYSTEM_COLUMNS)
    for column in contract.columns.values():
        columns[column.name] = column.staging_type
        if column.type == "date":
            columns[f"{column.name}_precision"] = "varchar"
    return columns


def prepare(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    """Create what is missing: new tables, and new columns of tables that are already there."""
    for contract in contracts:
        columns = staging_columns(contract)
        body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table if not exists staging.{contract.table} ({body})")
        present = {row[0] for row in connection.execute(f"describe staging.{contract.table}").fetchall()}
        for name in columns.keys() - present:
            connection.execute(f"alter table staging.{contract.table} add column {name} {columns[name]}")


def insert(
    connection: duckdb.DuckDBPyConnection, contract: Contract, delivery_id: int, columns: Mapping[str, pa.Array]
) -> None:
    """Add rows. columns: source_row, key_text and the typed columns the sheet has; the others become NULL."""
    arriving = pa.table(dict(columns))
    connection.register("arriving", arriving)
    names = [name for name in columns if name not in ("source_row", "key_text")]
    connection.execute(
        f"insert into staging.{contract.table} by name "
        f"select $1::bigint * {ROWS_PER_DELIVERY} + source_row as row_id, $1 as delivery_id, source_row, "
        f"md5_number_lower(key_text) as row_key, {', '.join(names)} from arriving",
        [delivery_id],
    )
    connection.unregister("arriving")

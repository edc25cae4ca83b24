"""What the contracts say of the tables, as far as measures and bounds depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Column:
    """A column of a contract. types: its type, and `event` for a date that is no end still to come."""

    name: str
    type: str
    types: frozenset[str]
    heading: str


@dataclass(frozen=True)
class Table:
    """A table that a department delivers. period: the column that says which month a row stands for."""

    name: str
    delivery_kind: str
    period: str | None
    columns: Mapping[str, Column]


def read_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, Table]:
    """Every table, from raw.contract and raw.contract_column."""
    kinds = connection.execute("select source_table, delivery_kind from raw.contract").fetchall()
    tables = {name: Table(name, kind, None, {}) for name, kind in kinds}
    columns: dict[str, dict[str, Column]] = {name: {} for name in tables}
    periods: dict[str, str] = {}
    for name, column, kind, heading, required, open_end in connection.execute(
        "select source_table, column_name, type, heading, required, open_end from raw.contract_column"
    ).fetchall():
        types = {kind, "event"} if kind == "date" and not open_end else {kind}
        columns[name][column] = Column(column, kind, frozenset(types), heading)
        if kind == "month" and required:
            periods[name] = column
    return {name: Table(name, one.delivery_kind, periods.get(name), columns[name]) for name, one in tables.items()}

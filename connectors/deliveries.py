"""raw.delivery: what is known of a file, and what is written about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from connectors import marks
from warehouse.errors import BangfuError

TAKEN = ("accepted", "superseded", "unchanged")


@dataclass(frozen=True)
class Delivery:
    """One row of raw.delivery. delivery_id 0: not written yet."""

    delivery_id: int
    department: str | None
    source_table: str | None
    source_file: str
    sheet: str | None
    sha256: str
    received_at: datetime
    run_id: int
    status: str
    reason: str | None = None
    rows_in: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_skipped: int = 0


COLUMNS = tuple(Delivery.__dataclass_fields__)


def next_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Ids only grow: a later delivery of a table has the greater one."""
    (last,) = connection.execute("select max(delivery_id) from raw.delivery").fetchall()[0]
    return (last or 0) + 1


def write(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Delivery:
    """Insert a delivery, giving it an id if it has none."""
    written = replace(delivery, delivery_id=delivery.delivery_id or next_id(connection))
    values = [getattr(written, name) for name in COLUMNS]
    marks_of_values = ", ".join("?" for _ in COLUMNS)
    connection.execute(f"insert into raw.delivery ({', '.join(COLUMNS)}) values ({marks_of_values})", values)
    return written


def amend(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Delivery:
    """Write status and reason anew."""
    connection.execute(
        "update raw.delivery set status = ?, reason = ? where delivery_id = ?",
        [delivery.status, delivery.reason, delivery.delivery_id],
    )
    return delivery


def with_content(connection: duckdb.DuckDBPyConnection, sha256: str) -> list[Delivery]:
    """Every delivery of files with this content, wherever they lay."""
    found = connection.execute(
        f"select {', '.join(COLUMNS)} from raw.delivery where sha256 = ? order by delivery_id", [sha256]
    ).fetchall()
    return [Delivery(*row) for row in found]


def named(connection: duckdb.DuckDBPyConnection, source_file: str) -> list[Delivery]:
    """The refusals of a file that belongs to no department."""
    found = connection.execute(
        f"select {', '.join(COLUMNS)} from raw.delivery "
        "where source_file = ? and department is null and status = 'refused' order by delivery_id",
        [source_file],
    ).fetchall()
    return [Delivery(*row) for row in found]


def forget_refused(connection: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery]) -> datetime | None:
    """Remove refused deliveries that are tried again; gives the time the first of them was received."""
    for delivery in deliveries:
        marks.forget(connection, delivery.delivery_id)
    return min((delivery.received_at for delivery in deliveries), default=None)


def counted(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Delivery:
    """The delivery with the row counts that the database holds; BangfuError if a row is missing or counted twice.

    rows_in is the reader's count, the other three are counted from the tables: neither is derived from the other.
    """
    staged = f"(select count(*) from staging.{delivery.source_table} where delivery_id = $1)"
    loaded, rejected, skipped = connection.execute(
        f"select {staged if delivery.source_table else 0}, "
        "(select count(*) from raw.rejected_row where delivery_id = $1), "
        "(select count(*) from raw.skipped_row where delivery_id = $1)",
        [delivery.delivery_id],
    ).fetchall()[0]
    if delivery.rows_in != loaded + rejected + skipped:
        raise BangfuError(
            where=delivery.source_file,
            found=f"行数不守恒:共{delivery.rows_in}行,入库{loaded},拒收{rejected},跳过{skipped}",
            remedy="程序有误,请把文件名告知维护人员",
        )
    return replace(delivery, rows_loaded=loaded, rows_rejected=rejected, rows_skipped=skipped)

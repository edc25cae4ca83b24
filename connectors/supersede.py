"""A corrected delivery takes the place of what it corrects; the earlier rows stay readable for replay.

`current_table` and `delivered_file` are temporary views over one staging table and its deliveries, so that
the statements in `sql/` need not know which table it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors.contract import Contract
from connectors.order import names_tell_order

SQL = Path(__file__).parent / "sql"
WHOLE_SNAPSHOT = 0.5  # repeats this share of an earlier file's keys: the same list again, corrected
CORRECTION = 0.2  # within one run: repeats this share of its own keys: a correction, not the file's other half
NO_MONTH = "date '1900-01-01'"


@dataclass(frozen=True)
class Superseded:
    """rows: rows now out of force: earlier ones, or where `overtaken` the arriving ones.

    kept_twice: keys left in force in two files of one run.
    """

    rows: int
    kept_twice: int
    overtaken: bool = False


def point_at(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Aim the temporary views at one staging table."""
    month = contract.month_column or NO_MONTH
    told_until = f"greatest({', '.join(contract.event_dates)})" if contract.event_dates else "cast(null as date)"
    connection.execute(
        "create or replace temp view current_table as select row_id, delivery_id, source_row, row_key, "
        f"superseded_by, {month} as month, {told_until} as told_until from staging.{contract.table}"
    )
    connection.execute(
        "create or replace temp view delivered_file as select delivery_id, run_id, source_file, "
        "concat_ws('/', coalesce(department, ''), source_file, sha256) as file from raw.delivery"
    )


def supersede(
    connection: duckdb.DuckDBPyConnection, contract: Contract, *, delivery_id: int, run_id: int
) -> Superseded:
    """Put the rows that a delivery (already in raw.delivery) replaces out of force. Views must be aimed."""
    bound = {"delivery": delivery_id, "run": run_id}
    out_of_force = 0
    if contract.delivery == "snapshot":
        overtaken = None if contract.month_column else _overtaken(connection, contract, bound)
        if overtaken:
            return overtaken
        _select(connection, "replaced_snapshot_rows", {**bound, "share": WHOLE_SNAPSHOT})
        out_of_force += _put_out_of_force(connection, contract, delivery_id)
    _select(connection, "repeated_key_rows", bound)
    kept_twice = _keep_overlap(connection, delivery_id)
    out_of_force += _put_out_of_force(connection, contract, delivery_id)
    if out_of_force:
        _mark_superseded(connection)
    connection.execute("drop table if exists replaced")
    return Superseded(out_of_force, kept_twice)


def _overtaken(
    connection: duckdb.DuckDBPyConnection, contract: Contract, bound: Mapping[str, object]
) -> Superseded | None:
    """A list without months, come in the same run as a newer one of the same people: the newer one stands.

    Which is newer is told by the latest event inside, where the names do not.
    """
    statement = (SQL / "newer_lists.sql").read_text(encoding="utf-8")
    for newer, its_file, own_file in connection.execute(statement, {**bound, "share": WHOLE_SNAPSHOT}).fetchall():
        if names_tell_order(its_file, own_file):
            continue
        (rows,) = connection.execute(
            f"update staging.{contract.table} set superseded_by = ? where delivery_id = ?", [newer, bound["delivery"]]
        ).fetchall()[0]
        _mark_superseded(connection)
        return Superseded(int(rows), 0, overtaken=True)
    return None


def _select(connection: duckdb.DuckDBPyConnection, name: str, bound: Mapping[str, object]) -> None:
    statement = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace temp table replaced as {statement}", dict(bound))


def _keep_overlap(connection: duckdb.DuckDBPyConnection, delivery_id: int) -> int:
    """Two halves of one list overlap a little: both stay. Gives the number of keys kept twice."""
    own, shared = connection.execute(
        "select (select count(distinct row_key) from current_table where delivery_id = ?), "
        "(select count(distinct row_key) from replaced where of_this_run)",
        [delivery_id],
    ).fetchall()[0]
    if not shared or shared >= CORRECTION * own:
        return 0
    connection.execute("delete from replaced where of_this_run")
    return int(shared)


def _put_out_of_force(connection: duckdb.DuckDBPyConnection, contract: Contract, delivery_id: int) -> int:
    (count,) = connection.execute("select count(*) from replaced").fetchall()[0]
    if count:
        connection.execute(
            f"update staging.{contract.table} set superseded_by = ? where row_id in (select row_id from replaced)",
            [delivery_id],
        )
    return int(count)


def _mark_superseded(connection: duckdb.DuckDBPyConnection) -> None:
    """A delivery none of whose rows is in force any more is superseded itself."""
    connection.execute(
        "update raw.delivery set status = 'superseded' where status = 'accepted' and delivery_id in "
        "(select delivery_id from current_table group by delivery_id having count(*) = count(superseded_by))"
    )

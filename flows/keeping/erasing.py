"""Everything the warehouse and the archive know by certain rows, erased in the caller's transaction.

Beside the rows themselves: their people's number in the rows of others, what was found about them and answered, and the
rows as printed. Doing it twice changes nothing: a run that was killed is done again.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from flows.keeping import printed_rows
from flows.keeping.archive import original_file, rows_file
from flows.keeping.forgotten import ForgottenRow, register
from flows.keeping.rows import SQL, choose, remove_chosen, staged_tables, start_removing
from warehouse.home import Home

BECAUSE = "按本人请求"
OF_FINDINGS = ("findings.history", "findings.known_fact", "answers.finding_answer")
HEAD_COLUMNS = {"head_name", "head_id_no"}


def erase(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    rows: Iterable[ForgottenRow],
    today: date,
    *,
    people: Iterable[str] = (),
) -> int:
    """Erase the rows that are (still or again) there; gives their number.

    `people`: ids of those who asked, whatever else is linked to them. Archived files are changed before the caller
    commits: what is gone there already is no fault the next time.
    """
    register(connection, rows)
    start_removing(connection)
    choose(connection, "forgotten_rows")
    connection.unregister("forgotten")
    removing = _by_delivery(connection)
    if not removing:
        return 0
    leaving = {*people, *(person for (person,) in _read(connection, "leaving_person"))}
    numbers = {number for (number,) in _read(connection, "leaving_number")}
    names = {name for (name,) in _read(connection, "leaving_name")}
    removed = remove_chosen(connection, because=BECAUSE, today=today)
    _blank_heads(connection, numbers)
    _forget_findings(connection, sorted(leaving))
    _forget_judgements(connection, sorted(leaving), numbers)
    _erase_printed(connection, home, removing, numbers=numbers, names=names)
    return removed


def _by_delivery(connection: duckdb.DuckDBPyConnection) -> dict[int, set[int]]:
    found = connection.execute("select delivery_id, list(source_row) from removing group by delivery_id").fetchall()
    return {delivery: set(rows) for delivery, rows in found}


def _erase_printed(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    removing: dict[int, set[int]],
    *,
    numbers: set[str],
    names: set[str],
) -> None:
    """The rows as printed, also where others' name the person; then the originals, of which the rest is printed."""
    rejected = dict(
        connection.execute("select delivery_id, list(source_row) from raw.rejected_row group by delivery_id").fetchall()
    )
    touched = set(removing)
    for file in sorted((home.archive / "rows").glob("*.parquet")):
        delivery = int(file.stem)
        rows = printed_rows.Erased(removing.get(delivery, ()), rejected.get(delivery, ()), numbers, names)
        if printed_rows.erase(file, rows):
            touched.add(delivery)
    for sha256, deliveries in _contents(connection, touched):
        if all(rows_file(home, delivery).exists() for delivery in deliveries):
            original_file(home, sha256).unlink(missing_ok=True)


def _contents(connection: duckdb.DuckDBPyConnection, deliveries: Iterable[int]) -> list[tuple[str, list[int]]]:
    """The files that hold the rows: their hash and every delivery of theirs that was taken in."""
    return connection.execute(
        "select sha256, list(delivery_id) from raw.delivery where source_table is not null "
        "and status in ('accepted', 'superseded') "
        "and sha256 in (select sha256 from raw.delivery where list_contains(?, delivery_id)) group by sha256",
        [sorted(deliveries)],
    ).fetchall()


def _blank_heads(connection: duckdb.DuckDBPyConnection, numbers: set[str]) -> None:
    """The rows of a family that name the person as its head stay the others'."""
    for table in staged_tables(connection):
        columns = {name for name, *_ in connection.execute(f"describe staging.{table}").fetchall()}
        if columns >= HEAD_COLUMNS:
            connection.execute(
                f"update staging.{table} set head_name = null, head_id_no = null where list_contains(?, head_id_no)",
                [sorted(numbers)],
            )


def _forget_findings(connection: duckdb.DuckDBPyConnection, people: list[str]) -> None:
    """What was found about them, what was handed out and what came back."""
    concerned = "finding_id in (select finding_id from findings.known where list_contains(?, person_id))"
    for table in OF_FINDINGS:
        connection.execute(f"delete from {table} where {concerned}", [people])
    about = (
        "row_key in (select finding_id from findings.known where list_contains($1, person_id)) "
        "or list_contains($1, row_key) or list_contains($1, split_part(row_key, '.', 3)) "
        "or try_cast(split_part(row_key, '.', 2) as bigint) in (select row_id from removing)"
    )
    for table in ("answers.issued", "answers.withdrawn"):
        connection.execute(f"delete from {table} where {about}", [people])
    connection.execute(f"update answers.returned_row set row_key = null where {about}", [people])
    connection.execute("delete from answers.visit where list_contains(?, person_id)", [people])
    connection.execute("delete from findings.known where list_contains(?, person_id)", [people])


def _forget_judgements(connection: duckdb.DuckDBPyConnection, people: list[str], numbers: set[str]) -> None:
    """Answers about who they are name them by id or number; those by record went with the record."""
    keys = [*people, *(f"number:{number}" for number in sorted(numbers))]
    for table in ("identity.judgement", "answers.review_answer"):
        connection.execute(
            f"delete from {table} where list_contains($1, left_key) or list_contains($1, right_key)", [keys]
        )


def _read(connection: duckdb.DuckDBPyConnection, select: str) -> list[tuple]:
    return connection.execute((SQL / f"{select}.sql").read_text(encoding="utf-8")).fetchall()

"""After intake: what the gate measured is judged against every bound, and bounds that no longer fit are told."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

from checks.quality.bounds import SEVERITIES, Bound, read_settings
from checks.quality.expected import Figure, expected
from checks.quality.judging import Expectation, failed
from checks.quality.tables import read_tables
from checks.quality.words import fault, proposal

SQL = Path(__file__).parent / "sql"
Expected = tuple[int, str | None, Expectation]  # delivery_id, heading as printed, what is expected


def settle(connection: duckdb.DuckDBPyConnection, bounds: Sequence[Bound]) -> None:
    """Judge every expectation about deliveries that are measured and not judged yet; propose bounds that should move.

    Runs outside a transaction; what a killed run left unjudged is judged by the next.
    """
    connection.execute("begin")
    try:
        _forget_gone(connection)
        told = list(_expected_of_new(connection, bounds))
        if told:
            _judge(connection, told)
            _propose(connection)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _forget_gone(connection: duckdb.DuckDBPyConnection) -> None:
    """What was measured of a refused delivery that has been tried again under a new number."""
    for table in ("profile", "outcome"):
        connection.execute(
            f"delete from quality.{table} where delivery_id not in "
            "(select delivery.delivery_id from raw.delivery as delivery)"
        )


def _expected_of_new(connection: duckdb.DuckDBPyConnection, bounds: Sequence[Bound]) -> Iterator[Expected]:
    tables = read_tables(connection)
    found = connection.execute(_sql("unjudged")).fetchall()
    for (delivery_id, table), rows in groupby(found, key=lambda row: (row[0], row[1])):
        figures = {Figure(*row[2:6]): row[6] for row in rows}
        headings = {figure.column_name: heading for figure, heading in figures.items()}
        for one in expected(bounds, tables[table], figures, SEVERITIES):
            yield delivery_id, headings[one.column_name], one


def _judge(connection: duckdb.DuckDBPyConnection, told: Sequence[Expected]) -> None:
    broken = failed([one for *_, one in told])
    rows = [
        {
            "delivery_id": delivery_id,
            **asdict(one),
            "passed": place not in broken,
            "what": fault(one, heading) if place in broken else None,
        }
        for place, (delivery_id, heading, one) in enumerate(told)
    ]
    _insert(connection, "outcome", rows)


def _propose(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from quality.proposal")
    connection.execute(_sql("proposal"), dict(read_settings()["proposal"]))
    names = [column[0] for column in connection.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in connection.fetchall()]
    rows = [{**told, "what": proposal(told, heading)} for told in found for heading in [told.pop("heading")]]
    if rows:
        _insert(connection, "proposal", rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, object]]) -> None:
    connection.register("judged", pa.Table.from_pylist(list(rows)))
    connection.execute(f"insert into quality.{table} by name from judged")
    connection.unregister("judged")


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")

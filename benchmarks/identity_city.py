"""A city's written identities with their truth, staged without files: what the linking benchmark runs on.

`python -m benchmarks.identity_city <file.duckdb> <truth.parquet> <people> <seed> <damage> [<table> <share>]`
stages every distinct way in which each of the 18 tables writes each of its people (one delivery per table);
the last two set the share of damaged numbers in one office's table.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.demo_city import offices
from connectors.demo_city.build import build_city
from connectors.demo_city.city import City
from connectors.demo_city.exports import FILLED, NEEDS_CITY, Form, forms
from connectors.demo_city.offices import Office
from warehouse.connection import connect, prepare_schema

AS_OF = date(2026, 6, 30)
COLUMNS = (
    "name", "id_no", "disability_no", "sex", "birth_date", "phone", "address", "family_no", "relation",
    "head_name", "head_id_no",
)  # fmt: skip
KEPT = ("relation", "birth_date", "head_id_no")
ROWS_PER_DELIVERY = 1_000_000_000
BATCH = 200_000
# A fact of another month, family or certificate may be written otherwise; everything else is on file once.
KEY = ("family_no", "head", "category", "grade", "relation")


def stage(database: Path, truth: Path, *, people: int, seed: int, damage: float) -> int:
    """Write the staged tables and the truth (row_id, person, label, source_table); returns the rows."""
    city = build_city(people, seed, AS_OF)
    written = 0
    with connect(database) as connection, pq.ParquetWriter(truth, _truth_schema()) as writer:
        prepare_schema(connection)
        connection.execute("insert into run.context values (date '2026-06-30', timestamp '2026-07-01', 1)")
        for delivery, (table, form) in enumerate(forms().items(), start=1):
            _announce(connection, delivery, form)
            columns = [column for column in COLUMNS if column in {given.name for given in form.columns}]
            connection.execute(f"create table staging.{table} ({_declared(columns)})")
            office = Office(city, table, seed=seed, damage=damage)
            for batch in _batches(_written(city, office, form, columns)):
                written += _load(connection, writer, delivery, table, columns, batch)
    return written


def _written(city: City, office: Office, form: Form, columns: list[str]) -> Iterator[tuple[int, str, list[Any]]]:
    """Person, damage and identity columns of each different entry of a table."""
    source, fill = FILLED[form.table]
    places = [form.place(column) for column in columns]
    facts = {"contributions": lambda city: city.contributions, "pensions": lambda city: city.pensions}
    seen = set()
    for fact in facts.get(form.table, source)(city):
        key = (fact.person, *(getattr(fact, name, None) for name in KEY))
        if key in seen:
            continue
        seen.add(key)
        who = office.identity(fact.person)
        values = fill(fact, who, city, office) if form.table in NEEDS_CITY else fill(fact, who)
        yield fact.person, who.label, [values[place] for place in places]


def _batches(entries: Iterator[tuple[int, str, list[Any]]]) -> Iterator[list[tuple[int, str, list[Any]]]]:
    batch = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _load(
    connection: duckdb.DuckDBPyConnection,
    writer: pq.ParquetWriter,
    delivery: int,
    table: str,
    columns: list[str],
    batch: list[tuple[int, str, list[Any]]],
) -> int:
    (taken,) = connection.execute(f"select count(*) from staging.{table}").fetchall()[0]
    first = delivery * ROWS_PER_DELIVERY + taken + 1
    row_ids = pa.array(range(first, first + len(batch)), pa.int64())
    cells = zip(*(values for _, _, values in batch), strict=True)
    kinds = [pa.date32() if column == "birth_date" else pa.string() for column in columns]
    arrays = [pa.array(cell, kind) for cell, kind in zip(cells, kinds, strict=True)]
    connection.register("batch", pa.table([row_ids, *arrays], names=["row_id", *columns]))
    precision = ", case when birth_date is not null then 'day' end as birth_date_precision"
    text = ", ".join(f"nullif(trim({c}), '') as {c}" for c in columns if c not in KEPT)
    kept = ", ".join(c for c in columns if c in KEPT)
    connection.execute(
        f"insert into staging.{table} by name select row_id, {delivery} as delivery_id, {text}"
        f"{', ' + kept if kept else ''}{precision if 'birth_date' in columns else ''} from batch"
    )
    connection.unregister("batch")
    writer.write_table(pa.table({
        "row_id": row_ids, "person": pa.array([person for person, _, _ in batch], pa.int64()),
        "label": pa.array([label for _, label, _ in batch], pa.string()), "source_table": [table] * len(batch),
    }, schema=_truth_schema()))  # fmt: skip
    return len(batch)


def _truth_schema() -> pa.Schema:
    return pa.schema([("row_id", pa.int64()), ("person", pa.int64()), ("label", pa.string()),
                      ("source_table", pa.string())])  # fmt: skip


def _declared(columns: list[str]) -> str:
    system = "row_id bigint, delivery_id integer, source_row bigint, row_key ubigint, superseded_by integer"
    own = ", ".join(f"{column} {'date' if column == 'birth_date' else 'varchar'}" for column in columns)
    return f"{system}, {own}" + (", birth_date_precision varchar" if "birth_date" in columns else "")


def _announce(connection: duckdb.DuckDBPyConnection, delivery: int, form: Form) -> None:
    connection.execute(
        "insert into raw.delivery by name select ?::integer as delivery_id, ? as department, ? as source_table, "
        "'a.csv' as source_file, 'x' as sha256, timestamp '2026-06-01' as received_at, 0 as rows_in, "
        "0 as rows_loaded, 0 as rows_rejected, 0 as rows_skipped, 'accepted' as status, 1 as run_id",
        [delivery, form.department, form.table],
    )


def main() -> None:
    """Stage one city as told on the command line."""
    database, truth, people, seed, damage, *office = sys.argv[1:]
    if office:
        offices.NUMBER_RATES[office[0]] = float(office[1]) / (float(damage) or 1.0)
    print(stage(Path(database), Path(truth), people=int(people), seed=int(seed), damage=float(damage)))


if __name__ == "__main__":
    main()

"""The profile of a delivery: one aggregate query built from its contract, kept for good in quality.profile."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from checks.quality.bounds import read_settings
from checks.quality.expected import Figure
from checks.quality.measures import Measure, read_measures
from checks.quality.tables import Column, Table
from warehouse.resident_number import CHECK_CHARACTERS, WEIGHTS

AGAINST_BEFORE = Path(__file__).parent / "sql" / "against_before.sql"
# What changes in the name of a file from month to month.
DATES = "|".join(
    (
        r"(19|20)\d\d[-_.年]?(1[0-2]|0?[1-9])([-_.月]?(3[01]|[12]\d|0?[1-9])日?)?月?",
        r"(1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,3})月份?",
        r"[一二三四1-4]季度",
        r"\d{6,}",
    )
)
SUBJECT = (
    "delivery_id",
    "source_table",
    "department",
    "source_file",
    "sheet",
    "sha256",
    "run_id",
    "received_at",
    "rows_in",
    "rows_loaded",
    "rows_rejected",
    "rows_skipped",
)


@dataclass(frozen=True)
class Printed:
    """A column as a delivery prints it. unread: cells nobody could read; rejecting: rows that it cost."""

    heading: str
    unread: int
    rejecting: int


@dataclass(frozen=True)
class Subject:
    """A delivery as intake counted it. today: from which day on a date lies in the future."""

    told: Mapping[str, object]
    table: Table
    printed: Mapping[str, Printed]
    today: date

    @property
    def delivery_id(self) -> int:
        return int(str(self.told["delivery_id"]))

    @property
    def sha256(self) -> str:
        return str(self.told["sha256"])

    @property
    def rows(self) -> str:
        return f"from staging.{self.table.name} where delivery_id = {self.delivery_id:d}"

    def heading(self, column: str) -> str:
        """As printed in this delivery, or usually where it has no such column."""
        return self.printed[column].heading if column in self.printed else self.table.columns[column].heading


def read_subject(
    connection: duckdb.DuckDBPyConnection, delivery_id: int, tables: Mapping[str, Table], as_of: date
) -> Subject:
    """What raw.* says of a delivery. A night that speaks as of a day to come takes that day for today."""
    row = connection.execute(f"select {', '.join(SUBJECT)} from raw.delivery where delivery_id = ?", [delivery_id])
    told = dict(zip(SUBJECT, row.fetchall()[0], strict=True))
    printed = connection.execute(
        "select column_name, heading, unread, rejecting from raw.read_column where delivery_id = ?", [delivery_id]
    ).fetchall()
    columns = {name: Printed(*counted) for name, *counted in printed}
    return Subject(told, tables[told["source_table"]], columns, max(told["received_at"].date(), as_of))


def take_profile(connection: duckdb.DuckDBPyConnection, subject: Subject, *, compare: bool) -> list[Figure]:
    """Measure a delivery and write quality.profile. compare: whether there may be deliveries to compare it with."""
    figures = list(_measured(connection, subject))
    if compare:
        figures += _against_before(connection, subject, figures)
    connection.register("measured", _table(figures, subject.delivery_id))
    connection.execute("insert into quality.profile by name from measured")
    connection.unregister("measured")
    return figures


def _measured(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Figure]:
    wanted = list(_wanted(subject))
    parts = [part for measure, column in wanted for part in _expressions(measure, column, subject)]
    found = connection.execute(f"select {', '.join(parts)} {subject.rows}").fetchall()[0]
    for (measure, column), value, basis in zip(wanted, found[::2], found[1::2], strict=True):
        if value is not None and basis >= measure.fewest and math.isfinite(value):
            yield Figure(measure.name, column.name if column else None, float(value), int(basis))


def _wanted(subject: Subject) -> Iterator[tuple[Measure, Column | None]]:
    for measure in read_measures().values():
        if not measure.value:
            continue
        if not measure.of_columns:
            yield measure, None
        for column in subject.table.columns.values():
            fits = column.name in measure.columns or column.types & set(measure.types)
            if fits and (column.name in subject.printed or measure.absent):
                yield measure, column


def _expressions(measure: Measure, column: Column | None, subject: Subject) -> tuple[str, str]:
    printed = subject.printed.get(column.name) if column else None
    words = {
        "rows": subject.rows,
        "rows_in": subject.told["rows_in"],
        "loaded": subject.told["rows_loaded"],
        "rejected": subject.told["rows_rejected"],
        "skipped": subject.told["rows_skipped"],
        "reference": f"date '{subject.today.isoformat()}'",
        "periods": f"count(distinct {subject.table.period})" if subject.table.period else "1",
        "weights": [float(weight) for weight in WEIGHTS],
        "check_characters": CHECK_CHARACTERS,
        "column": column.name if column else "",
        "unread": printed.unread if printed else 0,
        "rejecting": printed.rejecting if printed else 0,
    }
    return measure.value.format(**words), measure.basis.format(**words)


def _against_before(
    connection: duckdb.DuckDBPyConnection, subject: Subject, figures: Sequence[Figure]
) -> Iterator[Figure]:
    """How far each figure lies outside what the deliveries accepted before had; nothing where there were none."""
    compared = [one for one in read_measures().values() if one.before and not one.layer]
    told, history = subject.told, read_settings()["history"]
    bound = {
        "table": subject.table.name,
        "department": told["department"],
        "run": told["run_id"],
        "file": f"{told['source_file']}/{told['sheet'] or ''}",
        "dates": DATES,
        "deliveries": history["deliveries"],
        "least": history["least"],
        "measures": [one.before for one in compared],
    }
    found = connection.execute(AGAINST_BEFORE.read_text(encoding="utf-8"), bound).fetchall()
    spans = {(measure, column, alike): tuple(span) for measure, column, alike, *span in found}
    for one in compared:
        for figure in figures:
            span = spans.get((one.before, figure.column_name, one.series))
            if figure.measure == one.before and span:
                yield _quotient(one, figure, *span)


def _quotient(measure: Measure, figure: Figure, lowest: float, highest: float, basis: int) -> Figure:
    """1 inside the span. A size stands on what was there before, all else on the smaller of the two sides."""
    nearest = min(max(figure.value, lowest), highest)
    quotient = figure.value / nearest
    return Figure(measure.name, figure.column_name, quotient, basis if measure.series else min(figure.basis, basis))


def _table(figures: Sequence[Figure], delivery_id: int) -> pa.Table:
    return pa.table(
        {
            "delivery_id": pa.array([delivery_id] * len(figures), pa.int32()),
            "measure": pa.array([one.measure for one in figures], pa.string()),
            "column_name": pa.array([one.column_name for one in figures], pa.string()),
            "value": pa.array([one.value for one in figures], pa.float64()),
            "basis": pa.array([one.basis for one in figures], pa.int64()),
        }
    )

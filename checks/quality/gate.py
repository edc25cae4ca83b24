"""The gate: every delivery is measured before anything it says counts; one that is broken is stopped."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb

from checks.quality.bounds import Bound, Columns, HomeLines, project_bounds, read_home
from checks.quality.expected import expected
from checks.quality.judging import failed
from checks.quality.profile import Subject, read_subject, take_profile
from checks.quality.tables import Table, read_tables
from checks.quality.words import stop_reason


@dataclass(frozen=True)
class Standing:
    """What is the same for every delivery of a run. last_measured: the greatest delivery_id with a profile."""

    tables: dict[str, Table]
    as_of: date
    last_measured: int
    delivered_before: Collection[tuple[str, str]]


class Gate:
    """The bounds of one run; `judge` is what intake asks about each delivery."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, home: HomeLines) -> None:
        self.bounds: tuple[Bound, ...] = (*project_bounds(), *home.bounds)
        self._connection, self._home = connection, home

    def judge(self, connection: duckdb.DuckDBPyConnection, delivery_id: int) -> str | None:
        """Why a delivery must not be taken in, None where it may. Called in the delivery's transaction.

        Reads raw.* and the staged rows, writes quality.profile.
        """
        standing = self._standing
        if delivery_id <= standing.last_measured:
            _forget(connection, delivery_id)
        subject = read_subject(connection, delivery_id, standing.tables, standing.as_of)
        figures = take_profile(connection, subject, compare=_place(subject) in standing.delivered_before)
        expectations = expected(self.bounds, subject.table, figures, ["critical"])
        broken = [expectations[place] for place in sorted(failed(expectations))]
        if not broken or self._home.accepts(subject.sha256):
            return None
        return stop_reason(subject, broken)

    @cached_property
    def _standing(self) -> Standing:
        """Read at the first delivery: intake has loaded the contracts by then."""
        (as_of,) = self._connection.execute("select max(as_of) from run.context").fetchall()[0]
        (last,) = self._connection.execute("select coalesce(max(delivery_id), 0) from quality.profile").fetchall()[0]
        delivered = self._connection.execute(
            "select distinct source_table, department from raw.delivery where status in ('accepted', 'superseded')"
        ).fetchall()
        return Standing(read_tables(self._connection), as_of or date.min, int(last), set(delivered))


def open_gate(connection: duckdb.DuckDBPyConnection, home_root: Path, columns: Columns) -> Gate:
    """The gate of one run. columns: those of every table that departments deliver.

    Raises BangfuError when the home's quality.toml holds a line that cannot be followed.
    """
    return Gate(connection, read_home(home_root, columns))


def _place(subject: Subject) -> tuple[str, str]:
    return subject.table.name, str(subject.told["department"])


def _forget(connection: duckdb.DuckDBPyConnection, delivery_id: int) -> None:
    """A refused delivery that is tried again may get the number that it had."""
    for table in ("profile", "outcome"):
        connection.execute(f"delete from quality.{table} where delivery_id = ?", [delivery_id])

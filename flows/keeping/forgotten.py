"""The rows of people who were deleted, by file and row, so that they do not come back from an old file or back-up.

`warehouse/forgotten.jsonl` says no more than: of this content, this sheet, these rows; a keyed hash of the person; who
wanted it and why. A new file that names the person again is new data and is taken in: the department that sends it has
a reason of its own, and no proposal may fail because of an old request.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.publish import flush

_ROWS = pa.schema([("sha256", pa.string()), ("sheet", pa.string()), ("source_row", pa.int64())])


@dataclass(frozen=True)
class ForgottenRow:
    """A physical row of a file that came once. sheet: None where the file has none."""

    sha256: str
    sheet: str | None
    source_row: int


@dataclass(frozen=True)
class Forgotten:
    """One deletion. person: a keyed hash."""

    at: str
    person: str
    by: str
    because: str
    rows: tuple[ForgottenRow, ...]


def forgotten_file(home: Home) -> Path:
    """Where the list lies."""
    return home.warehouse / "forgotten.jsonl"


def remember(home: Home, one: Forgotten) -> None:
    """Add a deletion to the list; it is on the disk when this returns, before anything is deleted."""
    file = forgotten_file(home)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as content:
        # Overwrites what a killed run left of a line: nothing was deleted for it.
        content.seek(content.read().rfind(b"\n") + 1)
        content.truncate()
        content.write(json.dumps(asdict(one), ensure_ascii=False).encode() + b"\n")
        content.flush()
        os.fsync(content.fileno())
    flush(file.parent)


def forgotten_rows(home: Home) -> list[ForgottenRow]:
    """Every row on the list. Raises BangfuError for a list that cannot be read: somebody would come back."""
    file = forgotten_file(home)
    if not file.exists():
        return []
    whole, _, _ = file.read_bytes().rpartition(b"\n")
    try:
        return [ForgottenRow(**row) for line in whole.splitlines() for row in json.loads(line)["rows"]]
    except (ValueError, TypeError, KeyError):
        remedy = "从备份恢复这个文件;没有它,已删除的人会从旧文件里回来"
        raise BangfuError(where=file.name, found="已删除记录的清单已损坏", remedy=remedy) from None


def register(connection: duckdb.DuckDBPyConnection, rows: Iterable[ForgottenRow]) -> None:
    """The rows as the table `forgotten`, for `sql/forgotten_rows.sql`."""
    connection.register("forgotten", pa.Table.from_pylist([asdict(row) for row in rows], schema=_ROWS))

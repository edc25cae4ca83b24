"""The archive's files that are due: originals by content hash, and rows as printed by delivery."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import duckdb

from warehouse.home import Home

SQL = Path(__file__).parent / "sql"


def original_file(home: Home, sha256: str) -> Path:
    """Where an accepted file lies, untouched."""
    return home.archive / sha256[:2] / sha256


def rows_file(home: Home, delivery_id: int) -> Path:
    """Where a delivery's rows lie as printed."""
    return home.archive / "rows" / f"{delivery_id}.parquet"


def closed_files(connection: duckdb.DuckDBPyConnection, home: Home, last_day: date) -> list[Path]:
    """What is archived of deliveries of which nothing is loaded any more."""
    rows = _read(connection, "closed_delivery", last_day)
    files = {rows_file(home, delivery_id) for delivery_id, _, _ in rows}
    answers = _answer_files(connection)
    files |= {original_file(home, sha256) for _, sha256, is_last in rows if is_last and sha256 not in answers}
    return _present(files)


def old_originals(connection: duckdb.DuckDBPyConnection, home: Home, last_day: date) -> list[Path]:
    """Originals of deliveries in use whose rows are archived as printed too: those are enough."""
    answers = _answer_files(connection)
    return _present(
        original_file(home, sha256)
        for sha256, in_use in _read(connection, "old_original", last_day)
        if sha256 not in answers and all(rows_file(home, delivery_id).exists() for delivery_id in in_use)
    )


def old_answers(connection: duckdb.DuckDBPyConnection, home: Home, last_day: date) -> list[Path]:
    """Returned workbooks whose findings are settled; the answers themselves stay in the warehouse."""
    return _present(original_file(home, sha256) for (sha256,) in _read(connection, "old_answers", last_day))


def _answer_files(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {sha256 for (sha256,) in connection.execute("select sha256 from answers.file").fetchall()}


def _read(connection: duckdb.DuckDBPyConnection, select: str, last_day: date) -> list[tuple]:
    statement = (SQL / f"{select}.sql").read_text(encoding="utf-8")
    return connection.execute(statement, {"last_day": last_day}).fetchall()


def _present(files: Iterable[Path] | Iterator[Path]) -> list[Path]:
    return sorted(file for file in files if file.is_file())

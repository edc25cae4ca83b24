"""What a published warehouse was made from, as one hash: nothing new means nothing to do."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from flows.settings import PROJECT, PROJECT_POLICY
from warehouse.connection import connect
from warehouse.home import Home

PROGRAM_ROOMS = ("connectors", "matching", "checks", "warehouse")


def fingerprint(
    connection: duckdb.DuckDBPyConnection, home: Home, as_of: date, *, answers: Sequence[tuple[str, str]] = ()
) -> str:
    """Hash of the day, the deliveries in force, people's answers, the program and the policy.

    `answers`: (sha256, status) of returned files that this run is about to take in.
    """
    digest = hashlib.sha256(as_of.isoformat().encode())
    deliveries = connection.execute(
        "select delivery_id, sha256, source_file, sheet, status from raw.delivery order by delivery_id"
    ).fetchall()
    digest.update(repr(deliveries).encode())
    (judgements,) = connection.execute("select count(*) from identity.judgement").fetchall()[0]
    digest.update(str(judgements).encode())
    (withdrawn,) = connection.execute("select count(*) from answers.withdrawn").fetchall()[0]
    digest.update(f"withdrawn {withdrawn}".encode())
    (removals,) = connection.execute("select count(*) from raw.removal").fetchall()[0]
    digest.update(str(removals).encode())
    known = connection.execute("select sha256, status from answers.file").fetchall()
    digest.update(repr(sorted({**dict(known), **dict(answers)}.items())).encode())
    for room in PROGRAM_ROOMS:
        _add_files(digest, PROJECT / room)
    _add_files(digest, PROJECT_POLICY)
    if home.policy.is_dir():
        _add_files(digest, home.policy)
    return digest.hexdigest()


def last_committed(connection: duckdb.DuckDBPyConnection, schema: str = "run") -> str | None:
    """The fingerprint of the last run that committed, None where there was none."""
    rows = connection.execute(
        f"select fingerprint from {schema}.log where committed_at is not null order by run_id desc limit 1"
    ).fetchall()
    return rows[0][0] if rows else None


def published_fingerprint(home: Home) -> str | None:
    """The fingerprint of what readers see now, None where nothing (or only half) is published."""
    if not (home.full_database.exists() and home.analyst_database.exists()):
        return None
    with connect(home.full_database, read_only=True) as connection:
        return last_committed(connection)


def _add_files(digest: "hashlib._Hash", folder: Path) -> None:
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".sql", ".toml"}:
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())

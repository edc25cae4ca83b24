"""Where the quality gate stands in a night: before a delivery counts, and before anything is published."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from checks.quality.gate import open_gate
from checks.quality.judging import import_ahead
from checks.quality.settling import settle
from connectors.intake import IntakeReport, load_contracts, take_in
from warehouse.home import DEPARTMENTS, Home


def take_in_judged(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    inbox: Path,
    run_id: int,
    received_at: datetime,
    on_progress: Callable[[str], None],
) -> IntakeReport:
    """Intake with every delivery judged before it takes the place of another; BangfuError for a wrong quality.toml."""
    gate = open_gate(connection, home.root, {one.table: list(one.columns) for one in load_contracts().values()})
    if _something_new(connection, inbox):
        import_ahead()
    report = take_in(connection, home, inbox, run_id, received_at, on_progress, gate.judge)
    settle(connection, gate.bounds)
    return report


def _something_new(connection: duckdb.DuckDBPyConnection, inbox: Path) -> bool:
    """Whether a file lies in the inbox under a name that was never seen; only then is there time to be won."""
    known = connection.execute("select distinct department, source_file from raw.delivery").fetchall()
    seen = [Path(department or "", file).parts for department, file in known]
    opened = {parts[:length] for parts in seen for length in range(len(parts) + 1)}  # an archive and its members
    files = (path for department in DEPARTMENTS for path in (inbox / department).rglob("*") if path.is_file())
    return any(file.relative_to(inbox).parts not in opened for file in files)

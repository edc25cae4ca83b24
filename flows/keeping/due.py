"""What has been kept long enough: rows, archived files, workbooks, replays, logs, back-ups; and its deletion.

What a finding rests on, what a person's answer is about and what somebody may still object to is not due.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from flows.audit_log import record
from flows.keeping import archive, files
from flows.keeping.backups import count_backups, delete_backups
from flows.keeping.prefect_runs import NoAnswer, count_runs, delete_runs
from flows.keeping.rows import SQL, choose, remove_chosen, start_removing
from flows.keeping.schedule import Schedule, Term
from warehouse.home import Home

ROW_TERMS = ("superseded_rows", "left_rows")
ARCHIVED = {
    "closed_deliveries": archive.closed_files,
    "originals": archive.old_originals,
    "returned_answers": archive.old_answers,
}
BESIDE: dict[str, Callable[[Home, date], list[Path]]] = {
    "workbooks": files.old_workbooks,
    "replays": files.old_replays,
    "reports_on_people": files.old_reports_on_people,
    "logs": files.old_logs,
    "bounces": files.old_bounces,
}
BECAUSE = "按保留期限"


@dataclass(frozen=True)
class Due:
    """What of one kind goes: rows, runs, back-ups, or the files named. problem: why it could not be asked (Chinese)."""

    term: Term
    count: int
    files: tuple[Path, ...] = ()
    problem: str = ""


def find_due(connection: duckdb.DuckDBPyConnection, home: Home, schedule: Schedule, today: date) -> list[Due]:
    """What is due today, in the order of the schedule; nothing stays changed."""
    connection.execute("begin")
    try:
        due = [*_remove_rows(connection, schedule, today), *_archived_due(connection, home, schedule, today)]
    finally:
        connection.execute("rollback")
    return [*due, *_beside_due(home, schedule, today), *_elsewhere_due(schedule, today)]


def delete_due(
    connection: duckdb.DuckDBPyConnection, home: Home, schedule: Schedule, today: date, *, command: str
) -> list[Due]:
    """Delete what is due: rows in one transaction, then files. What was built from the rows is the caller's to renew.

    Killed in between, the next time finds the rest.
    """
    connection.execute("begin")
    try:
        due = [*_remove_rows(connection, schedule, today), *_archived_due(connection, home, schedule, today)]
        due += [*_beside_due(home, schedule, today), *_elsewhere_due(schedule, today)]
        counts = {one.term.name: one.count for one in due if one.count}
        if counts:
            record(home, "removing", command=command, because="retention", counts=counts)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    for one in due:
        files.remove(home, one.files)
    delete_backups(home, schedule.terms["backups"], today)
    if any(one.count for one in due if one.term.name == "prefect_runs"):
        with suppress(NoAnswer):  # it has just answered; what is left is due the next time
            delete_runs(schedule.terms["prefect_runs"], today)
    return due


def _remove_rows(connection: duckdb.DuckDBPyConnection, schedule: Schedule, today: date) -> list[Due]:
    """Delete the rows that are due, in the caller's transaction."""
    objection_from = schedule.terms["objection"].last_day(today)
    _prepare(connection, "needed_row", objection_from=objection_from)
    due = []
    for name in ROW_TERMS:
        term = schedule.terms[name]
        count, last_day = 0, term.last_day(today)
        if last_day:
            start_removing(connection)
            if name == "left_rows":
                _prepare(connection, "staying_person", last_day=last_day)
            choose(connection, name, last_day=last_day)
            count = remove_chosen(connection, because=BECAUSE, today=today)
        due.append(Due(term, count))
    return due


def _prepare(connection: duckdb.DuckDBPyConnection, name: str, **parameters: date | None) -> None:
    statement = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace temp table {name} as {statement}", parameters)


def _archived_due(connection: duckdb.DuckDBPyConnection, home: Home, schedule: Schedule, today: date) -> list[Due]:
    """Archived files as they stand after the rows were deleted."""
    due = []
    for name, find in ARCHIVED.items():
        last_day = schedule.terms[name].last_day(today)
        due.append(_of(schedule.terms[name], find(connection, home, last_day) if last_day else []))
    return due


def _beside_due(home: Home, schedule: Schedule, today: date) -> list[Due]:
    due = []
    for name, find in BESIDE.items():
        last_day = schedule.terms[name].last_day(today)
        due.append(_of(schedule.terms[name], find(home, last_day) if last_day else []))
    return due


def _elsewhere_due(schedule: Schedule, today: date) -> list[Due]:
    """What lies outside the home. A server that does not answer keeps nothing else from being deleted."""
    backups, runs = schedule.terms["backups"], schedule.terms["prefect_runs"]
    try:
        told = Due(runs, count_runs(runs, today))
    except NoAnswer as reason:
        told = Due(runs, 0, problem=str(reason))
    return [Due(backups, count_backups(backups, today)), told]


def _of(term: Term, found: list[Path]) -> Due:
    return Due(term, len(found), tuple(found))

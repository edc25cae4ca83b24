"""What goes into the audit log, and when: before the act it describes is finished.

An event names files, counts and keyed hashes, never a person.
"""

import hmac
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from flows.audit_log import audit_log, record
from flows.home_secret import home_secret
from warehouse.errors import BangfuError
from warehouse.home import Home

# These show counts and the catalogue alone, and some run every few minutes.
UNRECORDED = frozenset({"audit", "rules", "status", "watch", "services"})
FAILED, INCOMPLETE = 1, 3
MARK_LETTERS = 32
RECEIVED = """
select delivery.department, delivery.source_file, delivery.sheet, delivery.sha256, delivery.status, delivery.rows_in
from raw.delivery as delivery
left join run.log as log on log.run_id = delivery.run_id
where delivery.run_id > ? and (delivery.status <> 'refused' or delivery.received_at >= log.started_at)
order by delivery.delivery_id
"""
ANSWERED = "select source_file, sha256, status from answers.file where run_id = ? order by file_id"


def audited(home: Home, command: str, run: Callable[[], int]) -> int:
    """Run a command between a line that it began and one with its exit status.

    What is done by then is done: where the last line cannot be written, that is said and the status tells of it.
    """
    if command in UNRECORDED:
        return run()
    record(home, "started", command=command)
    try:
        status = run()
    except BaseException:
        with suppress(BangfuError):  # the first error is the one to tell
            record(home, "ended", command=command, status=FAILED)
        raise
    try:
        record(home, "ended", command=command, status=status)
        record_settings(home, command=command)
    except BangfuError as error:
        print(f"已做完,但没有记下:{error.where}:{error.found}", file=sys.stderr)
        return status or INCOMPLETE
    return status


def record_received(connection: duckdb.DuckDBPyConnection, home: Home, run_id: int) -> None:
    """Which files came in since the last such line, also those of a run that was killed before it could say so."""
    told = max((entry["run"] for entry in audit_log(home).entries() if entry["event"] == "received"), default=0)
    files = _named(connection.execute(RECEIVED, [told]), ("department", "file", "sheet", "sha256", "status", "rows"))
    if files:
        record(home, "received", command="nightly", run=run_id, files=files)


def record_answers(connection: duckdb.DuckDBPyConnection, home: Home, run_id: int) -> None:
    """Which returned workbooks this run took in."""
    files = _named(connection.execute(ANSWERED, [run_id]), ("file", "sha256", "status"))
    if files:
        record(home, "answers", command="nightly", run=run_id, files=files)


def keep_anchor(connection: duckdb.DuckDBPyConnection, home: Home, run_id: int) -> None:
    """Remember in the night's transaction where the log stood: it cannot be written anew afterwards."""
    if head := audit_log(home).head():
        connection.execute("insert into run.audit_anchor values (?, ?, ?)", [run_id, head.seq, head.seal])


def record_settings(home: Home, *, command: str) -> None:
    """Which settings and local policy are others than when the log last said so, by whatever hand."""
    if not home.warehouse.is_dir():
        return
    now = {_name(home, file): _mark(home, f"{_name(home, file)}|", file.read_bytes()) for file in _settings_files(home)}
    last: Mapping[str, str] = next(
        (entry["now"] for entry in reversed(audit_log(home).entries()) if entry["event"] == "settings"), {}
    )
    if now != last:
        record(
            home, "settings", command=command,
            added=sorted(now.keys() - last.keys()),
            changed=sorted(name for name in now.keys() & last.keys() if now[name] != last[name]),
            removed=sorted(last.keys() - now.keys()),
            now=now,
        )  # fmt: skip


def person_mark(home: Home, person_id: str) -> str:
    """A keyed hash: the same for the same person, and nothing to who lacks the home's secret."""
    return _mark(home, "person|", person_id.encode())


def record_people(home: Home, event: str, people: Iterable[str], *, command: str, **facts: Any) -> None:
    """Write down who was explained, reported on or forgotten."""
    record(home, event, command=command, people=[person_mark(home, person) for person in people], **facts)


def _mark(home: Home, kind: str, content: bytes) -> str:
    """Keyed, because a list of protected people is short enough to be guessed from a plain hash."""
    return hmac.new(home_secret(home), kind.encode() + content, "sha256").hexdigest()[:MARK_LETTERS]


def _settings_files(home: Home) -> list[Path]:
    beside = [file for file in home.root.glob("*") if file.suffix in {".toml", ".csv"}]
    below = [file for folder in (home.policy, home.root / "passwords") for file in folder.rglob("*")]
    return sorted(file for file in (*beside, *below) if file.is_file())


def _name(home: Home, file: Path) -> str:
    return file.relative_to(home.root).as_posix()


def _named(found: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

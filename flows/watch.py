"""Is there something new and settled in the inbox? Looks at names, sizes and times alone: no file is opened.

A file is settled when an earlier look saw the same size and time. What was seen is kept as hashes: the name of a file
may be a person's.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from connectors.readers.zip_members import is_ignored
from flows.state_file import read_state, write_state
from warehouse.errors import BangfuError, HomeBusy
from warehouse.home import Home

Result = TypeVar("Result")
FILE_NAME = "watch.json"
SETTLED_AFTER = timedelta(seconds=60)
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Look:
    """What a look at the inbox found: hashes of all its files, and how many of them no run was started for yet."""

    files: frozenset[str]
    new: int
    is_settled: bool


def look(home: Home, now: datetime) -> Look:
    """Compare the inbox with what the last run was started for.

    While a new file still changes nothing is settled, but a settled one waits an hour for it at most.
    """
    files = frozenset(_prints(home.inbox))
    taken, seen = _read(home)
    first_seen = {one: seen.get(one, now) for one in files - taken}
    _write(home, taken & files, first_seen)
    waited = [now - since for since in first_seen.values()]
    is_settled = bool(waited) and (min(waited) >= SETTLED_AFTER or max(waited) >= PATIENCE)
    return Look(files, len(first_seen), is_settled)


def when_settled(home: Home, found: Look, run: Callable[[], Result]) -> Result:
    """Run for what a look has found, and remember that: well or badly, no second run is made for the same files.

    The nightly run tries them all the same. A run that found the home busy, or was killed, is made again.
    """
    try:
        result = run()
    except HomeBusy:
        raise
    except BangfuError:
        _write(home, found.files, {})
        raise
    _write(home, found.files, {})
    return result


def _prints(inbox: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(inbox):
        folders[:] = [name for name in folders if not is_ignored(name)]
        for name in names:
            if is_ignored(name):
                continue
            path = Path(folder, name)
            try:
                about = path.stat()
            except OSError:  # gone since, or a link to nowhere: the run says so
                continue
            told = f"{about.st_size}|{about.st_mtime_ns}|".encode() + os.fsencode(path.relative_to(inbox))
            yield hashlib.sha256(told).hexdigest()[:24]


def _read(home: Home) -> tuple[frozenset[str], dict[str, datetime]]:
    """Files taken, and when the others were first seen. Where that is lost, everything is new again: harmless."""
    told = read_state(home.warehouse / FILE_NAME)
    seen = {one: datetime.fromisoformat(at) for one, at in told.get("seen", {}).items()}
    return frozenset(told.get("taken", ())), seen


def _write(home: Home, taken: frozenset[str], seen: dict[str, datetime]) -> None:
    told = {"taken": sorted(taken), "seen": {one: at.isoformat() for one, at in seen.items()}}
    write_state(home.warehouse / FILE_NAME, told)

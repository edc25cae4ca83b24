"""The door of this room's fetching: every source of pulling.toml once, none stopping the others.

Settling costs one wait for all sources together: look at every folder, read the views, then fetch what has not changed
since its look.
"""

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from connectors.pulling.faults import Cause, PullFault, again
from connectors.pulling.files import Look, look, take
from connectors.pulling.landing import folder_of, on_disk, remove_parts
from connectors.pulling.memory import FILE_NAME, Memory, remembered
from connectors.pulling.passwords import Vault
from connectors.pulling.places import opened
from connectors.pulling.result import Pulled
from connectors.pulling.sources import FileSource, Pulling, Source, ViewSource
from connectors.pulling.views import pull_view
from warehouse.errors import BangfuError
from warehouse.home import Home

log = logging.getLogger(__name__)
Result = TypeVar("Result")
OURS = Cause("程序内部错误", "把这个代号告知维护人员;其他来源不受影响")


@dataclass(frozen=True)
class Run:
    """What every source needs in one run. sleep takes seconds."""

    vault: Vault
    inbox: Path
    memory: Memory
    sleep: Callable[[float], None] = time.sleep


def pull(
    pulling: Pulling,
    home: Home,
    inbox: Path,
    environment: Callable[[str], str | None],
    sleep: Callable[[float], None] = time.sleep,
) -> list[Pulled]:
    """Fetch what is new below `<inbox>/<department>/pulled/`; only one such run at a time for a home.

    environment gives the value of a variable that holds a secret. A fault of a source stands in its result; BangfuError
    is raised only where the home itself cannot be used.
    """
    with remembered(home.warehouse / FILE_NAME) as memory:
        remove_parts(inbox)
        run = Run(Vault(home.root, environment), inbox, memory, sleep)
        results = {one.name: Pulled(one.name) for one in pulling.sources}
        _pull_all(run, pulling.sources, results)
    refused = [Pulled(name, fault=fault) for name, fault in pulling.faults.items()]
    return [*results.values(), *refused]


def _pull_all(run: Run, sources: Sequence[Source], results: Mapping[str, Pulled]) -> None:
    files = [one for one in sources if isinstance(one, FileSource)]
    looked = {one.name: _look(run, one, results[one.name]) for one in files}
    for one in sources:
        if isinstance(one, ViewSource):
            _view(run, one, results[one.name])
    for one in files:
        seen = looked[one.name]
        if seen is not None and seen.fresh:
            _take(run, one, seen, results[one.name])


def _look(run: Run, source: FileSource, result: Pulled) -> Look | None:
    def work() -> Look:
        with opened(source, run.vault) as place:
            return look(source, place, run.memory)

    seen = _kept_apart(run, result, work)
    if seen is not None:
        result.unchanged, result.waiting = seen.unchanged, seen.waiting
        result.odd, result.forbidden = seen.odd, seen.forbidden
    return seen


def _take(run: Run, source: FileSource, seen: Look, result: Pulled) -> None:
    def work() -> None:
        with on_disk(source.name):
            folder = folder_of(run.inbox, source.department, source.folder)
        with opened(source, run.vault) as place:
            take(source, place, seen.fresh, folder, run.memory, result)

    missing = source.settle_seconds - (time.monotonic() - seen.at)
    if missing > 0 and not source.marker:
        run.sleep(missing)
    _kept_apart(run, result, work)


def _view(run: Run, source: ViewSource, result: Pulled) -> None:
    _kept_apart(run, result, lambda: pull_view(source, run.vault, run.inbox, run.memory, datetime.now(), result))


def _kept_apart(run: Run, result: Pulled, work: Callable[[], Result]) -> Result | None:
    """Work on one source, again where that helps; what goes wrong is noted there and stops no other."""
    try:
        return again(work, run.sleep)
    except BangfuError as fault:
        result.fault = fault
    except Exception as error:  # noqa: BLE001 - the text of a foreign error may hold hosts and values
        frame = traceback.extract_tb(error.__traceback__)[-1]
        code = f"{type(error).__name__}@{Path(frame.filename).name}:{frame.lineno}"
        log.error("pulling failed: %s", code)
        result.fault = PullFault(result.source, OURS, code)
    return None

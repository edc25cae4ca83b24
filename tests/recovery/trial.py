"""One command in a process of its own that may be killed, beside a reader who never stops looking.

Children are forked from a process that has imported everything and never opened a database, so a trial costs no
start-up. What a child says goes to a file beside the home.
"""

import contextlib
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from tests.recovery.contents import digest, published
from warehouse.home import Home

Result = TypeVar("Result")
PAUSE = 0.02


def fork(work: Callable[[], int], output: Path) -> int:
    """Start `work` in a child that ends with its exit status; gives the child's process id."""
    child = os.fork()
    if child:
        return child
    status = 99
    try:
        os.setpgid(0, 0)
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        status = work()
    except BaseException:  # noqa: BLE001 - the child must end here, whatever happened; the log says what
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def end_of(child: int) -> int:
    """Wait for a child: its exit status, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def apart(work: Callable[[], Result], scratch: Path) -> Result:
    """What `work` returns, worked out in a child: this process must never open a database itself."""
    answer = scratch / f"answer-{time.monotonic_ns()}"

    def write() -> int:
        answer.write_bytes(pickle.dumps(work()))
        return 0

    log = scratch / "apart.log"
    if end_of(fork(write, log)) != 0:
        raise RuntimeError(f"a child failed: {log.read_text()[-2000:]}")
    try:
        return pickle.loads(answer.read_bytes())
    finally:
        answer.unlink()


def run(home: Home, arguments: Sequence[str], output: Path, prepare: Callable[[], None] | None = None) -> int:
    """Start a command of bangfu on a home; `prepare` runs in the child first. Gives the child's process id."""

    def work() -> int:
        from flows.cli import main

        if prepare:
            prepare()
        return main([*arguments, "--home", str(home.root), "--quiet"])

    return fork(work, output)


def kill(child: int) -> None:
    """Kill -9 of the whole group: the command and whatever readers it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


class Reader:
    """A process that opens the published file again and again while something else replaces it."""

    def __init__(self, home: Home, allowed: set[str], scratch: Path) -> None:
        self._home, self._allowed = home, allowed
        self._told = scratch / "reader.txt"
        self._stop = scratch / "stop"
        for file in (self._told, self._stop):
            file.unlink(missing_ok=True)
        self._child = fork(self._look, scratch / "reader.log")

    def _look(self) -> int:
        looked, mixed, errors = 0, 0, 0
        while not self._stop.exists():
            if self._home.full_database.exists():
                try:
                    mixed += digest(published(self._home.full_database)) not in self._allowed
                except Exception as error:  # noqa: BLE001 - whatever a reader meets is what is counted
                    print(type(error).__name__, error, flush=True)
                    errors += 1
                looked += 1
            time.sleep(PAUSE)
        self._told.write_text(f"{looked} {mixed} {errors}")
        return 0

    def stop(self) -> tuple[int, int, int]:
        """How often the reader looked, saw neither the old nor the new state, met an error."""
        self._stop.touch()
        if end_of(self._child) != 0:
            raise RuntimeError("the reader itself failed; see reader.log")
        looked, mixed, errors = map(int, self._told.read_text().split())
        return looked, mixed, errors

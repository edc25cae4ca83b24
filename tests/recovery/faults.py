"""A disk that fails at the Nth change below a home: full from then on, or one input/output error.

`faults.c` stands between the program and the C library; it is compiled here and loaded into a process that is
started anew (LD_PRELOAD), whose children then arm it, each for itself.
"""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.recovery.contents import Contents, differences, digest, offered, published
from tests.recovery.kills import Unkilled, left_behind
from tests.recovery.scenes import Scene
from tests.recovery.trial import apart, end_of, run
from warehouse.home import Home

SOURCE = Path(__file__).with_suffix(".c")
KINDS = {"no space": errno.ENOSPC, "input/output error": errno.EIO}
FAILED, LOADED = 1, "LD_PRELOAD"
MEGABYTES = (4, 8, 12, 16, 24, 32, 48, 64, 96, 128)
Prepare = Callable[[Home], None]


@dataclass(frozen=True)
class Failure:
    """One fault: the change that failed, the exit status then (below 0: died by that signal, as DuckDB does when it
    cannot undo), and what was wrong afterwards."""

    nth: int
    status: int
    wrong: list[str]
    repair_seconds: float


def compile_faults(folder: Path) -> Path:
    """The shared library. Needs a C compiler."""
    library = folder / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def start_again_with(library: Path, module: str, arguments: list[str]) -> None:
    """Replace this process by the same one with the library loaded; never returns."""
    environment = os.environ | {LOADED: str(library)}
    os.execve(sys.executable, [sys.executable, "-m", module, *arguments], environment)


def failing_change(nth: int, error: int) -> Prepare:
    """Preparation of a child: its Nth change below the home fails (0: none does, they are only counted)."""

    def set_up(home: Home) -> None:
        _library().faults_arm(str(home.root).encode(), ctypes.c_long(nth), error)

    return set_up


def changes_of(scene: Scene, scratch: Path) -> int:
    """How many changes an untroubled run makes: beyond that number no fault can hit."""
    home = scene.copy(scratch / "counted")

    def count() -> int:
        from flows.cli import main

        failing_change(0, 0)(home)
        main([*scene.arguments, "--home", str(home.root), "--quiet"])
        library = _library()
        library.faults_seen.restype = ctypes.c_long
        return int(library.faults_seen())

    try:
        return apart(count, scratch)
    finally:
        shutil.rmtree(home.root)


def short_of_memory(megabytes: int) -> Prepare:
    """Preparation of a child: DuckDB may use no more than this."""

    def set_up(home: Home) -> None:
        os.environ["BANGFU_MEMORY"] = f"{megabytes}MB"

    return set_up


def failed_once(scene: Scene, truth: Unkilled, nth: int, prepare: Prepare, scratch: Path) -> Failure:
    """Let a run fail as `prepare` arranges it; then run again untroubled and say what differs.

    In between readers must see the old state or the new one, and a run that failed must have published nothing.
    """
    home = scene.copy(scratch / "trial")
    try:
        before = _state(home, scratch)
        status = end_of(run(home, scene.arguments, scratch / "fault.log", lambda: prepare(home)))
        wrong = list(_seen_between(home, truth, before, status, scratch))
        started = time.perf_counter()
        again = end_of(run(home, scene.arguments, scratch / "repair.log"))
        seconds = time.perf_counter() - started
        if again != 0:
            wrong.append(f"the next run ended with {again}")
        else:
            wrong += differences(truth.expected, apart(lambda: offered(home), scratch))
        return Failure(nth, status, [*wrong, *left_behind(home)], seconds)
    finally:
        shutil.rmtree(home.root)


def _seen_between(home: Home, truth: Unkilled, before: str, status: int, scratch: Path) -> Iterator[str]:
    after = _state(home, scratch)
    if after not in {before, *truth.allowed}:
        yield "readers saw a mixture"
    if status == FAILED and after != before and "night" in truth.name:
        yield "said that nothing was published, and published"


def _state(home: Home, scratch: Path) -> str:
    def look() -> str:
        contents: Contents = published(home.full_database) if home.full_database.exists() else {}
        return digest(contents)

    return apart(look, scratch)


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(os.environ[LOADED])

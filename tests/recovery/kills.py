"""Kill a command, run it again, and compare with a run that nobody killed."""

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.recovery.contents import Contents, differences, digest, offered, published
from tests.recovery.points import Moment, kill_at, watch
from tests.recovery.scenes import Scene
from tests.recovery.trial import Reader, apart, end_of, kill, run
from warehouse.home import Home

KILLED = -9


@dataclass(frozen=True)
class Unkilled:
    """A scene's run that nobody touched: what it offers, how long it took, the moments it passed."""

    name: str
    expected: Contents
    allowed: set[str]
    seconds: float
    moments: list[Moment]


@dataclass(frozen=True)
class Outcome:
    """One kill: when, whether it hit, what differed after the next run, what the reader saw, seconds of that run."""

    moment: str
    hit: bool
    wrong: list[str]
    looked: int
    mixed: int
    errors: int
    repair_seconds: float

    @property
    def is_wrong(self) -> bool:
        return bool(self.wrong or self.mixed or self.errors)


def unkilled(scene: Scene, scratch: Path) -> Unkilled:
    """Run a scene to its end and keep what it offers. Raises RuntimeError if it does not end well."""
    home = scene.copy(scratch / "unkilled")
    passed = scratch / "passed.txt"
    passed.unlink(missing_ok=True)

    def note(point: str, call: int, after: bool) -> None:
        with passed.open("a") as stream:
            stream.write(f"{point} {call} {int(after)}\n")

    started = time.perf_counter()
    status = end_of(run(home, scene.arguments, scratch / "unkilled.log", lambda: watch(note)))
    seconds = time.perf_counter() - started
    if status != 0:
        raise RuntimeError(f"{scene.name} ended with {status}: {(scratch / 'unkilled.log').read_text()[-2000:]}")
    lines = [line.split() for line in passed.read_text().splitlines()]
    moments = [Moment(point, int(call), after == "1") for point, call, after in lines]
    expected = apart(lambda: offered(home), scratch)
    states = [home.full_database, scene.home / "warehouse" / "full.duckdb"]
    allowed = {apart(lambda file=file: digest(published(file)), scratch) for file in states if file.exists()}
    shutil.rmtree(home.root)
    return Unkilled(scene.name, expected, allowed, seconds, moments)


def trials(truth: Unkilled, count: int, seed: int) -> Iterator[Moment | float]:
    """Named moments spread over all points, and as many random seconds."""
    choose = random.Random(seed)
    named = list(truth.moments)
    choose.shuffle(named)
    first = {(moment.point, moment.after): moment for moment in named}
    ordered = [*first.values(), *(moment for moment in named if moment not in first.values())]
    yield from ordered[: count - count // 3]
    for _ in range(count // 3):
        yield choose.uniform(0, truth.seconds)


def killed_once(scene: Scene, truth: Unkilled, moment: Moment | float, scratch: Path) -> Outcome:
    """Kill one run of a scene, run it again, and say what differs. The reader looks all the time."""
    home = scene.copy(scratch / "trial")
    try:
        reader = Reader(home, truth.allowed, scratch)
        hit = _kill(scene, home, moment, scratch)
        started = time.perf_counter()
        status = end_of(run(home, scene.arguments, scratch / "repair.log"))
        seconds = time.perf_counter() - started
        looked, mixed, errors = reader.stop()
        wrong = differences(truth.expected, apart(lambda: offered(home), scratch))
        if status != 0:
            wrong.append(f"the next run ended with {status}")
        wrong += left_behind(home)
        name = moment.name if isinstance(moment, Moment) else f"after {moment:.2f} seconds"
        return Outcome(name, hit, wrong, looked, mixed, errors, seconds)
    finally:
        shutil.rmtree(home.root)


def _kill(scene: Scene, home: Home, moment: Moment | float, scratch: Path) -> bool:
    if isinstance(moment, Moment):
        return end_of(run(home, scene.arguments, scratch / "killed.log", kill_at(moment))) == KILLED
    child = run(home, scene.arguments, scratch / "killed.log")
    time.sleep(moment)
    kill(child)
    return end_of(child) == KILLED


def left_behind(home: Home) -> list[str]:
    """Half-made things that no run has cleared away."""
    halves = [
        *home.warehouse.glob("*.partial*"),
        *home.spill.iterdir(),
        *home.outbox.glob(".*"),
        *home.warehouse.glob("*.new"),
    ]
    return [f"left behind: {path.relative_to(home.root)}" for path in halves]

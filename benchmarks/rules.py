"""Every rule over a sample city's twelve months, timed: `python -m benchmarks.rules --people 200000`.

A real night each for half the people and for all: the seconds of each rule, of all together, and how much twice the
people cost. Aim: all rules over 200 000 people within 30 s on two cores, twice the people at most 2.2 times. Growth is
that of CPU seconds, which a machine shared with others does not change.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.demo_city import write_city
from flows.demo import DEMO_AS_OF, _claim
from flows.nightly import nightly
from flows.settings import read_settings

RULE_STEP = "规则 "


class Stopwatch:
    """Runs the steps of a night and keeps the wall and CPU seconds of each rule; `run` is what nightly asks for."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}

    def run(self, name: str, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = function(*arguments, **named)
        if name.startswith(RULE_STEP):
            spent = (time.perf_counter() - wall, time.process_time() - cpu)
            self.seconds[name.removeprefix(RULE_STEP)] = spent
        return result


def rule_seconds(people: int, seed: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Wall and CPU seconds of each rule in the first night of a new city."""
    settings = read_settings(folder / f"home-{people}")
    _claim(settings.home, people=people, seed=seed)
    write_city(settings.home.inbox, people=people, seed=seed, as_of=DEMO_AS_OF)
    watch = Stopwatch()
    nightly(settings, as_of=DEMO_AS_OF, run_step=watch.run)
    return watch.seconds


def report(people: int, seed: int, folder: Path) -> None:
    """Print the table of rules, all together first, then the slowest."""
    half = rule_seconds(people // 2, seed, folder)
    whole = rule_seconds(people, seed, folder)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, seed {seed}\n")
    print(f"| rule | CPU s, {people // 2} people | CPU s, {people} people | growth | seconds |\n|---|---|---|---|---|")
    rows = {rule: (half[rule][1], *reversed(spent)) for rule, spent in whole.items()}
    rows[f"all {len(whole)} rules"] = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    for rule, (before, after, wall) in sorted(rows.items(), key=lambda row: -row[1][1]):
        print(f"| {rule} | {before:.2f} | {after:.2f} | {after / before:.2f} | {wall:.2f} |")


def main() -> None:
    """Measure the size given on the command line and half of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report(options.people, options.seed, Path(folder))


if __name__ == "__main__":
    main()

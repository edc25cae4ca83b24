"""Who is who, measured: `python -m benchmarks.identity --people 100000` prints Markdown tables.

Per city (people, seed, damage, perhaps one office with many damaged numbers): our step from written identities to
persons in a process of its own (the mapping of rows to identities before it is told with the steps, not counted); in
the same run the exact join on cleaned numbers and, with `--splink <python>`, Splink 5 under that interpreter (one of an
environment that has splink==5.0.0, pypinyin and opencc-python-reimplemented), at the one threshold of several that the
truth likes best. All three are given the same cleaning of names and numbers. City, truth and scoring are not timed.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import identity_score as truth
from benchmarks.identity_fields import clean_fields
from benchmarks.whole_way import measure

SPLINK_THRESHOLDS = (0.5, 0.9, 0.99, 0.999, 0.9999)
SHOWN_CAUSES = 12
HEAD = (
    "| city | who | precision | recall | F1 | B-cubed | seconds | CPU seconds | peak MB |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Trial:
    """One city to be linked; `office` is (table, share of damaged numbers)."""

    people: int
    seed: int
    damage: float
    office: tuple[str, float] | None = None

    @property
    def name(self) -> str:
        extra = f", {self.office[0]} {self.office[1]:.0%} damaged" if self.office else ""
        return f"{self.people:,} people, seed {self.seed}, damage x{self.damage:g}{extra}"


def run(trial: Trial, folder: Path, *, splink: str | None, memory: str) -> None:
    """Build, link and score one city; print its lines."""
    database, written, identities = folder / "city.duckdb", folder / "truth.parquet", folder / "identities.parquet"
    office = [str(part) for part in trial.office] if trial.office else []
    city = [str(trial.people), str(trial.seed), str(trial.damage), *office]
    measure([sys.executable, "-m", "benchmarks.identity_city", str(database), str(written), *city])
    ours = measure([sys.executable, "-m", "benchmarks.identity_link", str(database), str(identities), memory])
    report = json.loads(ours.log.splitlines()[-1])
    with truth.open_truth(database, written) as connection:
        print(f"\n### {trial.name}: {report['identities']:,} written identities\n\n{HEAD}")
        clean_fields(connection, str(identities))
        _line(trial, "exact join on numbers", exact_join(connection), truth.score(connection, "exact_join"))
        if splink:
            _splink(trial, connection, folder, splink)
        cost = (report["seconds"], report["cpu"], report["peak_mb"])
        _line(trial, "bangfu", cost, truth.score(connection, "home.identity.link"))
        _details(connection, report)


def exact_join(connection: duckdb.DuckDBPyConnection) -> tuple[float, float, float]:
    """The plain way: one person per cleaned valid number; seconds without the cleaning."""
    started, cpu = time.perf_counter(), time.process_time()
    connection.execute(
        "create or replace table exact_join as select identity_id, coalesce(number, 'i' || identity_id) as person_id"
        " from fields"
    )
    return time.perf_counter() - started, time.process_time() - cpu, 0.0


def _splink(trial: Trial, connection: duckdb.DuckDBPyConnection, folder: Path, python: str) -> None:
    try:
        command = [python, "-m", "benchmarks.identity_splink", str(folder / "identities.parquet"), str(folder)]
        measured = measure(command)
    except SystemExit as failed:
        print(f"| {trial.name} | Splink 5.0.0 | failed: {str(failed).splitlines()[-1]} | | | | | | |")
        return
    found = json.loads(measured.log.splitlines()[-1])
    scores = {
        threshold: truth.score(connection, f"read_parquet('{folder}/splink_{threshold}.parquet')")
        for threshold in SPLINK_THRESHOLDS
    }
    best = max(scores, key=lambda threshold: scores[threshold].f1)
    _line(trial, f"Splink 5.0.0 at {best}", (found["seconds"], found["cpu"], measured.peak_mb), scores[best])


def _line(trial: Trial, who: str, cost: tuple[float, float, float], score: truth.Score) -> None:
    peak = f"{cost[2]:.0f}" if cost[2] else ""
    print(f"| {trial.name} | {who} | {score.precision:.5f} | {score.recall:.4f} | {score.f1:.4f} | {score.bcubed:.4f}"
          f" | {cost[0]:.1f} | {cost[1]:.1f} | {peak} |", flush=True)  # fmt: skip


def _details(connection: duckdb.DuckDBPyConnection, report: dict[str, Any]) -> None:
    possible = truth.possible_recall(connection)
    certain, wrong = truth.certain_wrong(connection)
    print(f"\nRecall possible at all {possible:.4f}; certain {certain:,}, of these wrong {wrong}; review"
          f" {report['reviews']:,}; possible_same {report['possible_pairs']:,}; steps {report['steps']}\n")  # fmt: skip
    print("| linked to somebody else: damage | method | identities |\n|---|---|---|")
    for label, method, count in truth.wrong_by_cause(connection)[:SHOWN_CAUSES]:
        print(f"| {label or 'none'} | {method} | {count} |")
    print("\n| apart from the rest of their person: damage | identities |\n|---|---|")
    for label, count in truth.apart_by_cause(connection)[:SHOWN_CAUSES]:
        print(f"| {label or 'none'} | {count} |", flush=True)


def main() -> None:
    """Measure the cities given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100_000])
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--damage", type=float, nargs="+", default=[1.0])
    parser.add_argument("--office", nargs=2, metavar=("TABLE", "SHARE"), help="one office with this share damaged")
    parser.add_argument("--splink", metavar="PYTHON", help="interpreter of an environment with splink==5.0.0")
    parser.add_argument("--memory", default="1200MB", help="DuckDB's limit for our own step")
    options = parser.parse_args()
    print(f"Machine: {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python"
          f" {platform.python_version()}, {date.today()}")  # fmt: skip
    office = (options.office[0], float(options.office[1])) if options.office else None
    for people in options.people:
        for seed in options.seed:
            for damage in options.damage:
                with tempfile.TemporaryDirectory() as folder:
                    trial = Trial(people, seed, damage, office)
                    run(trial, Path(folder), splink=options.splink, memory=options.memory)


if __name__ == "__main__":
    main()

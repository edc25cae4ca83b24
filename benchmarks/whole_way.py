"""The whole way, measured: `make bench` prints figures and ratios as Markdown.

Per size: writing the sample city, the first night, the month's workbooks, a night with nothing new;
seconds and peak memory of each as its own process. Peer, in the same run: plain DuckDB reading the
same CSV files (as UTF-8, all text) into a table. Steps are compared between sizes: none should grow
faster than its rows.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

BANGFU = [sys.executable, "-m", "flows.cli"]
STEP_LINE = re.compile(r"^\d\d:\d\d:\d\d (?P<step>.+) 用时 (?P<seconds>[\d.]+) 秒$", re.MULTILINE)
WRITE_CITY = (
    "from connectors.demo_city import write_city; from pathlib import Path; from flows.demo import _claim;"
    "from warehouse.home import Home; import sys;"
    "home = Home(Path(sys.argv[1])); _claim(home, people=int(sys.argv[2]), seed=1);"
    "write_city(home.inbox, people=int(sys.argv[2]), seed=1)"
)


@dataclass(frozen=True)
class Measured:
    """One process: wall seconds, peak resident memory in MB, what it logged."""

    seconds: float
    peak_mb: float
    log: str


def measure(command: list[str]) -> Measured:
    """Run a command as its own process; exit status 3 (refused deliveries) counts as done."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        output.seek(0)
        log = output.read()
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{command} failed:\n{log[-2000:]}")
    return Measured(seconds, usage.ru_maxrss / 1024, log)


def run_size(people: int, folder: Path) -> tuple[dict[str, Measured], int, float]:
    """All phases for a city of this many people; with its loaded rows and the peer's seconds."""
    home = folder / f"home-{people}"
    at = ["--home", str(home)]
    phases = {
        "city": measure([sys.executable, "-c", WRITE_CITY, str(home), str(people)]),
        "nightly": measure([*BANGFU, "nightly", *at, "--as-of", "2026-06-30"]),
        "monthly": measure([*BANGFU, "monthly", *at, "--month", "2026-06"]),
        "nothing new": measure([*BANGFU, "nightly", *at, "--as-of", "2026-06-30"]),
    }
    with duckdb.connect(str(home / "warehouse" / "full.duckdb"), read_only=True) as connection:
        (rows,) = connection.execute("select sum(rows_in) from mart.delivery").fetchall()[0]
    return phases, int(rows), plain_duckdb(home / "inbox", folder / f"utf8-{people}")


def plain_duckdb(inbox: Path, scratch: Path) -> float:
    """Seconds DuckDB takes to read the CSV files of an inbox, transcoded to UTF-8 before the clock starts."""
    scratch.mkdir()
    files = []
    for number, source in enumerate(sorted(inbox.rglob("*.csv"))):
        raw = source.read_bytes()
        text = raw.decode("utf-8-sig") if _is_utf8(raw) else raw.decode("gb18030")
        files.append(scratch / f"{number}.csv")
        files[-1].write_text(text, encoding="utf-8")
    started = time.perf_counter()
    with duckdb.connect(str(scratch / "peer.duckdb")) as connection:
        for number, file in enumerate(files):
            connection.execute(
                f"create table t{number} as select * from read_csv(?, all_varchar = true, header = false,"
                " delim = ',', quote = '\"', null_padding = true, strict_mode = false, parallel = false)",
                [str(file)],
            )
    return time.perf_counter() - started


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def steps(measured: Measured) -> dict[str, float]:
    """Seconds of each named step, from the log of a run."""
    return {match["step"]: float(match["seconds"]) for match in STEP_LINE.finditer(measured.log)}


def report(sizes: list[int], folder: Path) -> None:
    """Print the figures of every size and, between the first and the last, the growth of each step."""
    print(f"Machine: {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python"
          f" {platform.python_version()}, {date.today()}\n")  # fmt: skip
    print("| people | rows | phase | seconds | peak MB |\n|---|---|---|---|---|")
    nights = {}
    for people in sizes:
        phases, rows, peer = run_size(people, folder)
        nights[people] = (steps(phases["nightly"]), rows)
        for name, measured in phases.items():
            print(f"| {people} | {rows} | {name} | {measured.seconds:.1f} | {measured.peak_mb:.0f} |")
        ratio = phases["nightly"].seconds / peer
        print(f"| {people} | {rows} | plain DuckDB, same CSV files | {peer:.1f} | nightly: {ratio:.1f} x |", flush=True)
    small, large = sizes[0], sizes[-1]
    growth = nights[large][1] / nights[small][1]
    print(f"\nSteps from {small} to {large} people (rows x {growth:.1f}):\n")
    print("| step | seconds | seconds | growth | per row |\n|---|---|---|---|---|")
    for step, seconds in nights[large][0].items():
        before = nights[small][0].get(step, 0.0)
        times = seconds / before if before else float("nan")
        print(f"| {step} | {before:.2f} | {seconds:.2f} | {times:.1f} | {times / growth:.2f} |")


def main() -> None:
    """Measure the sizes given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20_000, 200_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report(options.people, Path(folder))


if __name__ == "__main__":
    main()

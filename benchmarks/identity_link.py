"""Our own linking of a staged city in a process of its own; prints one JSON line.

`python -m benchmarks.identity_link <file.duckdb> <identities.parquet> [memory limit]`
"""

import json
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path

# DuckDB imports it when a first Arrow table is handed over; like Splink's own imports that is not the step's time.
import pandas  # noqa: F401

from matching.link import link
from warehouse.connection import DEFAULT_MEMORY, connect


def main() -> None:
    """Link as a night does, in one transaction, and write the identities out for the peers (not timed)."""
    database, identities, *memory = sys.argv[1:]
    steps: list[tuple[str, float]] = []
    with connect(
        Path(database), spill=Path(database + ".spill"), memory_limit=memory[0] if memory else DEFAULT_MEMORY
    ) as connection:
        started, cpu = time.perf_counter(), time.process_time()
        connection.execute("begin")
        report = link(connection, on_progress=lambda step: steps.append((step, time.perf_counter())))
        connection.execute("commit")
        steps.append(("", time.perf_counter()))
        seconds, cpu = steps[-1][1] - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        connection.execute(f"copy identity.identity to '{identities}' (format parquet)")
    taken = {step: round(steps[place + 1][1] - begun, 1) for place, (step, begun) in enumerate(steps[:-1])}
    cost = {"seconds": seconds, "cpu": cpu, "peak_mb": peak, "steps": taken}
    print(json.dumps(cost | asdict(report), ensure_ascii=False))


if __name__ == "__main__":
    main()

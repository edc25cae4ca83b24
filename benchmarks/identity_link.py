"""Our own linking of a staged city in a process of its own; prints one JSON line.

`python -m benchmarks.identity_link <file.duckdb> <identities.parquet> [memory limit]`
"""

import json
import resource
import sys
import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

# DuckDB imports it when a first Arrow table is handed over; like Splink's own imports that is not the step's time.
import pandas  # noqa: F401

from matching.link import link
from warehouse.connection import DEFAULT_MEMORY, connect


def main() -> None:
    """Link as a night does, in one transaction, and write the identities out for the peers (not timed).

    `seconds` and `cpu` are those from written identities to persons, which is what the peers are given to do; the
    mapping of rows to identities before that is told apart.
    """
    database, identities, *memory = sys.argv[1:]
    steps: list[tuple[str, float, float]] = []

    def note(step: str) -> None:
        steps.append((step, time.perf_counter(), time.process_time()))

    with connect(
        Path(database), spill=Path(database + ".spill"), memory_limit=memory[0] if memory else DEFAULT_MEMORY
    ) as connection:
        connection.execute("begin")
        report = link(connection, on_progress=note)
        connection.execute("commit")
        note("")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        connection.execute(f"copy identity.identity to '{identities}' (format parquet)")
    taken = {step: round(after - begun, 1) for (step, begun, _), (_, after, _) in pairwise(steps)}
    (_, begun, _), (_, written, cpu_written), *_, (_, ended, cpu_ended) = steps
    cost = {"seconds": ended - written, "cpu": cpu_ended - cpu_written, "mapping": written - begun}
    cost |= {"peak_mb": peak, "steps": taken}
    print(json.dumps(cost | asdict(report), ensure_ascii=False))


if __name__ == "__main__":
    main()

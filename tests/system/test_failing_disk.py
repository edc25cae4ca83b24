"""A disk that fills up or fails in the middle of a night: the next night is as if nothing had happened."""

import subprocess
import sys

from flows.settings import PROJECT


def test_a_night_on_a_failing_disk_or_short_of_memory_leaves_nothing_half_done():
    """A sample of the changes of files; `python -m tests.recovery --faults 1` tries every single one."""
    command = [sys.executable, "-m", "tests.recovery", "--faults", "90"]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=900, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    rows = [line.strip("| ").split(" | ") for line in told.stdout.splitlines()[2:]]
    assert len(rows) == 3
    assert all(int(failed) + int(died) > 0 for _, _, _, failed, died, *_ in rows)

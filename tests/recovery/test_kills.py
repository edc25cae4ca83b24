"""Killed at any moment, the next run repairs itself: nothing lost, nothing twice, readers never see a mixture."""

import subprocess
import sys

import pytest

from flows.settings import PROJECT

pytestmark = pytest.mark.slow


def test_runs_killed_at_four_moments_end_as_runs_that_were_not():
    """In a process of its own, which forks: this one may have databases open. All 200: `python -m tests.recovery`."""
    command = [sys.executable, "-m", "tests.recovery", "--kills", "4"]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=500, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    rows = [line.strip("| ").split(" | ") for line in told.stdout.splitlines()[2:]]
    assert [row[0] for row in rows] == ["first night", "night with new files", "workbooks", "night with answers"]
    assert all(int(kills) == int(hit) == 1 for _, kills, hit, *_ in rows)
    assert all(int(looked) > 0 for *_, looked, _mixed, _errors, _seconds in rows)

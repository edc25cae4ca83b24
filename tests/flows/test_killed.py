"""Killed at any moment, the next run repairs itself: nothing lost, nothing twice, readers never see a mixture."""

import subprocess
import sys
from datetime import date

import duckdb
import pytest

from connectors.demo_city import write_city
from flows.nightly import nightly
from flows.settings import PROJECT, read_settings

pytestmark = pytest.mark.slow
PUBLISHED = {
    "delivery": "department, source_table, source_file, sheet, sha256, rows_in, rows_loaded, rows_rejected,"
    " rows_skipped, status, reason",
    "rejected_row": "department, source_file, source_row, column_name, reason",
    "identity_link": "department, source_file, sheet, source_row, person_id, method, probability, certain",
    "person": "*",
    "finding": "* exclude (state)",
    "finding_evidence": "finding_id, position, department, source_file, source_row, event_date, what",
    "household": "*",
}
# Each is a line of the log; the run is killed as soon as it is printed.
MOMENTS = ("医疗费用结算明细", "规则 relapse", "发布 …")


def contents(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table: connection.execute(f"select {columns} from mart.{table} order by all").fetchall()
            for table, columns in PUBLISHED.items()
        }


def run_until(settings, moment):
    """Start a night and kill it with -9 when a line with these words appears; False if it ended before."""
    command = [sys.executable, "-m", "flows.cli", "nightly", "--home", str(settings.home.root), "--as-of", "2026-06-30"]
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for line in process.stderr:
        if moment in line:
            process.kill()
            break
    process.stderr.close()
    return process.wait() == -9


def test_a_night_killed_again_and_again_ends_as_one_that_was_not(tmp_path):
    whole, killed = read_settings(tmp_path / "whole"), read_settings(tmp_path / "killed")
    for settings in (whole, killed):
        write_city(settings.home.inbox, people=1_000, seed=5)
    nightly(whole, as_of=date(2026, 6, 30))
    expected = contents(whole.home.full_database)

    assert [moment for moment in MOMENTS if not run_until(killed, moment)] == []
    nightly(killed, as_of=date(2026, 6, 30))
    assert contents(killed.home.full_database) == expected
    assert list(killed.home.spill.iterdir()) == []
    assert [path.name for path in killed.home.warehouse.glob("*.partial*")] == []

    new = "证明编号,姓名,死亡日期\nD1,某人,2026-06-01\n"
    (killed.home.inbox / "health" / "new.csv").write_text(new, encoding="utf-8")
    assert run_until(killed, "发布 …")
    assert contents(killed.home.full_database) == expected
    nightly(killed, as_of=date(2026, 6, 30))
    assert len(contents(killed.home.full_database)["delivery"]) == len(expected["delivery"]) + 1

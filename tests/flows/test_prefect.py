"""Prefect for real: the flow under its harness, and a deployment that its server does schedule."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from connectors.demo_city import write_city
from flows.settings import PROJECT

BIN = Path(sys.executable).parent
QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_CLI_PROMPT": "false"}


@pytest.mark.slow
def test_the_nightly_flow_runs_under_prefect_and_its_database_knows_no_person(tmp_path):
    home, truth = tmp_path / "home", tmp_path / "truth"
    write_city(home / "inbox", people=1_000, seed=3, truth=truth)
    script = (
        "from prefect.testing.utilities import prefect_test_harness\n"
        "import sys\n"
        "from flows.prefect_flows import nightly_flow\n"
        "from pathlib import Path\n"
        "import sqlite3, shutil\n"
        "from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL as url\n"
        "with prefect_test_harness(server_startup_timeout=180):\n"
        f"    nightly_flow(home={str(home)!r}, as_of='2026-06-30')\n"
        "    database = url.value().split(':///')[1]\n"
        f"    with sqlite3.connect(database) as live, sqlite3.connect({str(tmp_path / 'prefect.db')!r}) as copy:\n"
        "        live.backup(copy)\n"
    )
    environment = os.environ | QUIET | {"PREFECT_HOME": str(tmp_path / "prefect")}
    run = subprocess.run([sys.executable, "-c", script], env=environment, cwd=PROJECT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    assert (home / "warehouse" / "full.duckdb").exists()
    stored = _everything_stored(tmp_path / "prefect.db")
    assert {"收取文件", "归并人员", "发布"} <= {name for name in re.findall(r"[一-鿿0-9:]+", stored)}
    persons = _persons(truth)
    assert len(persons) > 800
    assert [number for _, number in persons if number in stored + run.stderr + run.stdout] == []


@pytest.mark.slow
def test_after_deploying_to_a_real_server_runs_are_scheduled_in_shanghai_time(tmp_path):
    port = _free_port()
    environment = os.environ | QUIET | {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }  # fmt: skip
    server = subprocess.Popen(
        [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _prefect(["work-pool", "create", "etl", "--type", "process"], environment, patience=180)
        _prefect(["--no-prompt", "deploy", "--all"], environment, patience=0)
        states = _scheduled(tmp_path / "prefect" / "prefect.db", wanted={"nightly", "monthly"}, patience=120)
    finally:
        server.terminate()
        server.wait(30)
    assert states["nightly"] and all(start.endswith("18:30:00.000000") for start in states["nightly"])
    assert states["monthly"] and all(start[8:10] == "01" and "21:00:00" in start for start in states["monthly"])


def _prefect(arguments, environment, *, patience):
    deadline = time.monotonic() + patience
    while True:
        run = subprocess.run(
            [BIN / "prefect", *arguments], env=environment, cwd=PROJECT, capture_output=True, text=True, check=False
        )
        if run.returncode == 0 or time.monotonic() > deadline:
            assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
            return
        time.sleep(2)


def _scheduled(database, *, wanted, patience):
    """Start times (UTC) of runs in state SCHEDULED by deployment, once every wanted deployment has some."""
    deadline = time.monotonic() + patience
    found = {}
    while time.monotonic() < deadline and not wanted <= found.keys():
        time.sleep(2)
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            rows = connection.execute(
                "select deployment.name, flow_run.next_scheduled_start_time from flow_run"
                " join deployment on deployment.id = flow_run.deployment_id where flow_run.state_type = 'SCHEDULED'"
            ).fetchall()
        found = {name: [start for other, start in rows if other == name] for name, _ in rows}
    assert wanted <= found.keys(), f"no scheduled runs for {wanted - found.keys()}"
    return found


def _everything_stored(database):
    with sqlite3.connect(database) as connection:
        return "\n".join(connection.iterdump())


def _persons(truth):
    import duckdb

    return duckdb.sql(f"select name, id_no from '{truth}/persons.parquet' where length(id_no) = 18").fetchall()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

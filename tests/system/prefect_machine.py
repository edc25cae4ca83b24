"""Prefect's server and worker on loopback, with a home of their own; all of it gone when the test ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from flows.settings import PROJECT

PREFECT = [sys.executable, "-m", "prefect"]
PATIENCE = 300  # seconds; a bound, not a measure
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Machine:
    """A PREFECT_HOME with its server; runs are looked at through the API, as anybody would."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        port = free_port()
        self.port = port
        self.environment = os.environ | {
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "BANGFU_HOME": str(home),
            "PYTHONPATH": str(PROJECT),
        }
        self.api = httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=30, trust_env=False)
        self.processes: dict[str, subprocess.Popen] = {}

    def start(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*PREFECT, *arguments],
                env=self.environment,
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_server(self) -> None:
        self.start("server", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        until(self.is_healthy)

    def is_healthy(self) -> bool:
        try:
            return self.api.get("/health").status_code == 200
        except httpx.TransportError:
            return False

    def start_worker(self) -> None:
        self.start("worker", "worker", "start", "--pool", "etl", "--type", "process")

    def command(self, *arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.environment, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
        return run.stdout

    def run(self, deployment: str, **parameters: str) -> str:
        """Ask for a run now; gives its id."""
        asked = self.api.post(f"{self._path(deployment)}/create_flow_run", json={"parameters": parameters})
        asked.raise_for_status()
        return asked.json()["id"]

    def pause(self, deployment: str) -> None:
        """No more runs by the clock, only those asked for."""
        self.api.post(f"{self._path(deployment)}/pause_deployment").raise_for_status()

    def _path(self, deployment: str) -> str:
        found = self.api.get(f"/deployments/name/bangfu-{deployment}/{deployment}")
        return f"/deployments/{found.raise_for_status().json()['id']}"

    def seen(self, run_id: str) -> dict:
        return self.api.get(f"/flow_runs/{run_id}").json()

    def ended(self, run_id: str) -> dict:
        """The run, once it has ended."""
        until(lambda: self.seen(run_id)["state_type"] in ENDED)
        return self.seen(run_id)

    def processes_of(self, run_id: str) -> list[int]:
        """Who works at a run."""
        return processes_with(f"PREFECT__FLOW_RUN_ID={run_id}")

    def left(self) -> list[int]:
        """Processes that belong to this machine."""
        return processes_with(f"PREFECT_HOME={self.environment['PREFECT_HOME']}")

    def kill(self, name: str) -> None:
        """A worker and everything it has started, at once."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """The worker before the server; nothing of them is left."""
        for name in ("worker", "server"):
            process = self.processes.pop(name, None)
            if process is not None:
                process.terminate()
                process.wait(30)
        self.api.close()


def until(is_so, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def processes_with(variable: str) -> list[int]:
    """The processes whose environment holds this `NAME=value`."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # ended meanwhile
            if variable.encode() in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

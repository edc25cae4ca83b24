"""Runs that Prefect believes running though their process is gone: a killed worker leaves them so.

They would hold back the next runs of their deployment, so every flow sweeps first, and the worker's service before it
starts. Works on the machine of the worker: a run is alive where a process carries its id in its environment.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

PROCESSES = Path("/proc")
VARIABLE = b"PREFECT__FLOW_RUN_ID="
STARTING = timedelta(minutes=10)  # a pending run has no process of its own yet
MESSAGE = "进程已不在(被终止或机器重启),标为崩溃,以免挡住后面的运行"


def sweep() -> int:
    """Set every run of a deployment that is left over to Crashed; gives how many."""
    alive = living_runs()
    states = {"type": {"any_": [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]}}
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=FlowRunFilter.model_validate({"state": states}))
        stale = [run for run in found if is_stale(run, alive, datetime.now(UTC))]
        for run in stale:
            client.set_flow_run_state(run.id, Crashed(message=MESSAGE), force=True)
    return len(stale)


def is_stale(run: FlowRun, alive: set[str], now: datetime) -> bool:
    """No process works at this run any more. Runs called by hand, without a deployment, are left alone."""
    if run.deployment_id is None or run.state is None or str(run.id) in alive:
        return False
    return run.state.type != StateType.PENDING or now - run.state.timestamp > STARTING


def living_runs() -> set[str]:
    """The ids of the runs that processes of this user work at."""
    found = set()
    for environment in PROCESSES.glob("[0-9]*/environ"):
        try:
            told = environment.read_bytes()
        except OSError:  # another user's, or ended meanwhile
            continue
        found |= {entry.removeprefix(VARIABLE).decode() for entry in told.split(b"\0") if entry.startswith(VARIABLE)}
    return found


if __name__ == "__main__":
    print(f"清理了 {sweep()} 个残留的运行")

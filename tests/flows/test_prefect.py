"""The Prefect side without a server: what is deployed, what is kept of a run, and how a busy home ends it.

The server itself is tried in tests/system/test_prefect_for_real.py.
"""

import inspect
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import yaml
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed, Failed

from connectors.intake import IntakeReport
from flows import prefect_flows, prefect_tasks, sweep
from flows.nightly import NightlyReport
from flows.prefect_flows import day, previous_month
from flows.prefect_tables import nightly_tables
from flows.settings import PROJECT
from flows.watch import look
from warehouse.errors import BangfuError, HomeBusy
from warehouse.home import Home
from warehouse.lock import exclusive

DECLARED = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
FLOWS = [prefect_flows.nightly_flow, prefect_flows.monthly_flow, prefect_flows.replay_flow, prefect_flows.watch_flow]


def test_every_flow_is_deployed_one_at_a_time():
    deployed = {one["name"]: one["entrypoint"].split(":")[1] for one in DECLARED}
    assert deployed == {name: f"{name}_flow" for name in ("nightly", "monthly", "watch", "replay")}
    assert {flow.name for flow in FLOWS} == {f"bangfu-{name}" for name in deployed}
    assert {str(one["concurrency_limit"]) for one in DECLARED} == {"{'limit': 1, 'collision_strategy': 'CANCEL_NEW'}"}
    assert all("schedules" in one for one in DECLARED if one["name"] != "replay")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_no_flow_keeps_results_or_runs_for_ever(flow):
    assert flow.persist_result is False
    assert flow.timeout_seconds and flow.timeout_seconds < 24 * 3600
    assert flow.on_failure_hooks and flow.on_crashed_hooks


def test_a_step_is_a_task_that_keeps_nothing_and_takes_no_input(monkeypatch):
    made = []

    def task(**options):
        made.append(options)
        return lambda step: step if not inspect.signature(step).parameters else None

    monkeypatch.setattr(prefect_tasks, "task", task)
    assert prefect_tasks.as_task("收取文件", lambda name: f"{name}!", "张三") == "张三!"
    assert made == [{"name": "收取文件", "cache_policy": NO_CACHE, "persist_result": False}]
    with pytest.raises(BangfuError) as failed:
        prefect_tasks.as_task("收取文件", lambda: int("张三"))
    assert "张三" not in str(failed.value) and "ValueError" in str(failed.value)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(prefect_flows, "sweep", lambda: 0)
    monkeypatch.setattr(prefect_flows, "WAITING_MINUTES", Counter())
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def test_a_run_that_finds_the_home_busy_is_cancelled_with_the_reason(home):
    with exclusive(home.lock_file, command="replay"):
        state = prefect_flows.nightly_flow.fn(home=str(home.root))
    assert state.type == StateType.CANCELLED
    assert "replay" in state.message


def test_a_watch_that_finds_the_home_busy_comes_again_for_the_same_file(home):
    (home.inbox / "health" / "x.csv").write_text("x")
    look(home, datetime.now() - timedelta(minutes=5))
    with exclusive(home.lock_file, command="replay"):
        assert prefect_flows.watch_flow.fn(home=str(home.root)).type == StateType.CANCELLED
    assert look(home, datetime.now()).is_settled


def test_mail_that_another_run_is_sending_is_left_to_it(home, monkeypatch):
    def busy(*arguments, **named):
        raise HomeBusy(where="x", found="y", remedy="z")

    monkeypatch.setattr(prefect_flows, "deliver", busy)
    monkeypatch.setattr(prefect_flows, "monthly", lambda *arguments, **named: [])
    monkeypatch.setattr(prefect_flows, "create_table_artifact", lambda **told: None)
    state = prefect_flows.monthly_flow.fn(home=str(home.root), month="2026-06")
    assert (state.type, state.message) == (StateType.COMPLETED, "2026-06 写出 0 个工作簿")


def test_a_watch_with_nothing_new_does_nothing(home):
    state = prefect_flows.watch_flow.fn(home=str(home.root))
    assert (state.type, state.message) == (StateType.COMPLETED, "没有新文件")
    assert not home.work_database.exists()


def test_the_hooks_tell_the_command_and_the_reason(home, monkeypatch):
    told = []
    monkeypatch.setattr(prefect_flows, "tell_failure", lambda settings, *rest: told.append((settings.home.root, *rest)))
    run = SimpleNamespace(parameters={"home": str(home.root)})
    raised = Failed(message="Flow run encountered an exception: BangfuError: 收取文件:磁盘已满。处理办法:清理")
    for state in (raised, Crashed(message="status code: -9")):
        prefect_flows.tell_failed(prefect_flows.nightly_flow, run, state)
    assert told == [
        (home.root, "nightly", "收取文件:磁盘已满。处理办法:清理"),
        (home.root, "nightly", "进程意外结束:status code: -9"),
    ]


@dataclass
class Delivery:
    department: str | None
    status: str
    rows_loaded: int = 0
    rows_rejected: int = 0
    source_file: str = field(default="张三.csv")


def test_the_tables_hold_counts_by_department_and_no_file_name():
    deliveries = (
        Delivery("health", "accepted", 10, 2), Delivery("health", "refused"), Delivery("health", "accepted", 5, 1),
        Delivery(None, "refused"),
    )  # fmt: skip
    tables = nightly_tables(NightlyReport(date(2026, 6, 30), IntakeReport(deliveries), True))
    assert tables["bangfu-nightly"] == [
        {"核对日": "2026-06-30", "新行": 15, "拒收文件": 2, "拒收行": 3, "已发布": True}
    ]
    assert tables["bangfu-deliveries"] == [
        {"部门": "health", "接收": 2, "拒收": 1, "行": 15, "拒收行": 3},
        {"部门": "部门目录以外", "接收": 0, "拒收": 1, "行": 0, "拒收行": 0},
    ]
    assert "张三" not in str(tables)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in tables)


@pytest.mark.parametrize(
    ("today", "wanted"), [("2026-03-31", "2026-02-01"), ("2026-01-01", "2025-12-01"), ("2024-03-01", "2024-02-01")]
)
def test_the_month_before_is_found_from_any_day(today, wanted):
    assert previous_month(date.fromisoformat(today)) == date.fromisoformat(wanted)


def test_a_wrong_day_is_said_as_ours():
    with pytest.raises(BangfuError, match="2026-06-30"):
        day("30.06.2026")


NOW = datetime(2026, 11, 23, tzinfo=UTC)


def run_in(state_type, *, minutes=60, deployment=True):
    state = SimpleNamespace(type=state_type, timestamp=NOW - timedelta(minutes=minutes))
    return SimpleNamespace(id=uuid4(), deployment_id=uuid4() if deployment else None, state=state)


def test_a_run_without_a_process_is_stale_unless_it_is_only_starting_or_was_called_by_hand():
    running = run_in(StateType.RUNNING, minutes=0)
    assert sweep.is_stale(running, set(), NOW)
    assert not sweep.is_stale(running, {str(running.id)}, NOW)
    assert not sweep.is_stale(run_in(StateType.RUNNING, deployment=False), set(), NOW)
    assert not sweep.is_stale(run_in(StateType.PENDING, minutes=10), set(), NOW)
    assert sweep.is_stale(run_in(StateType.PENDING, minutes=11), set(), NOW)
    assert sweep.is_stale(run_in(StateType.CANCELLING), set(), NOW)


def test_a_run_is_alive_where_a_process_carries_its_id(tmp_path, monkeypatch):
    for pid, told in (("12", b"A=1\0PREFECT__FLOW_RUN_ID=one\0B=2\0"), ("13", b"A=PREFECT__FLOW_RUN_ID=two\0")):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "environ").write_bytes(told)
    (tmp_path / "14").mkdir()
    monkeypatch.setattr(sweep, "PROCESSES", tmp_path)
    assert sweep.living_runs() == {"one"}

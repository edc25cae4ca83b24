"""Prefect on loopback: deploy, schedule, run, fail, retry, notice, kill, recover; and its files know no person.

One machine for all of it, in the order a bad week would have it: starting a server takes longer than the rest.
"""

import base64
import json
import os
import pickle
import signal
import sqlite3
import zlib
from datetime import datetime, timedelta

import duckdb
import pytest

from flows.settings import PROJECT
from flows.watch import look
from tests.flows.delivery.mail_server import Mailbox, served
from tests.flows.notices.hook import hook_served
from tests.system import canaries
from tests.system.prefect_machine import Machine, until
from warehouse.home import Home

MAIL = """
host = "127.0.0.1"
port = {}
security = "none"
from = "bangfu@city.example"
[recipients]
office = "office@city.example"
"""
NOTICES = '[mail]\nadmin = "it@city.example"\n[webhook]\nurl = "{}"\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("machine") / "home")
    home.prepare()
    canaries.plant(home.inbox)
    return home


@pytest.fixture(scope="module")
def hook():
    with hook_served() as hook:
        yield hook


@pytest.fixture(scope="module")
def mailbox(home, hook):
    mailbox = Mailbox()
    with served(mailbox) as port:
        (home.root / "delivery.toml").write_text(MAIL.format(port))
        (home.root / "notices.toml").write_text(NOTICES.format(hook.url))
        yield mailbox


@pytest.fixture(scope="module")
def machine(home, mailbox):
    machine = Machine(home.root.parent, home.root)
    try:
        machine.start_server()
        machine.command("prefect", "work-pool", "create", "etl", "--type", "process", "--overwrite")
        declared = (PROJECT / "prefect.yaml").read_text(encoding="utf-8")
        assert declared.count('"600"') == 1
        (machine.folder / "prefect.yaml").write_text(declared.replace('"600"', '"1"'), encoding="utf-8")
        file = str(machine.folder / "prefect.yaml")
        machine.command("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", file)
        machine.start_worker()
        yield machine
    finally:
        machine.stop()


def published(home):
    with duckdb.connect(str(home.full_database), read_only=True) as connection:
        return connection.execute(
            "select (select max(as_of) from run.context)::varchar, (select count(*) from mart.identity_link)"
        ).fetchall()[0]


def in_the_middle(machine, home, run_id):
    """Wait until the run takes files in; gives its processes."""

    def begun() -> int:
        return sum(log.read_text(encoding="utf-8").count("收取文件 …") for log in home.logs.glob("*.log"))

    before = begun()
    until(lambda: begun() > before)
    return machine.processes_of(run_id)


def test_a_night_runs_and_says_in_numbers_what_it_did(machine, home):
    run = machine.ended(machine.run("nightly", as_of="2024-04-30"))
    assert (run["state_type"], run["state"]["message"]) == ("COMPLETED", "已发布,拒收 0 份")
    as_of, linked = published(home)
    assert (as_of, linked >= 18) == ("2024-04-30", True)
    tables = {
        one["key"]: json.loads(one["data"]) for one in machine.api.post("/artifacts/latest/filter", json={}).json()
    }
    assert tables.keys() >= {"bangfu-nightly", "bangfu-deliveries", "bangfu-findings"}
    assert tables["bangfu-nightly"][0]["拒收行"] == 36 - linked


def test_runs_are_scheduled_in_shanghai_time(machine):
    """With SQLAlchemy 2.1 everything works except that no schedule ever fires."""
    wanted = {"nightly": "18:30:00", "monthly": "21:00:00", "watch": ":00"}
    query = (
        "select deployment.name, flow_run.next_scheduled_start_time from flow_run"
        " join deployment on deployment.id = flow_run.deployment_id"
        " where flow_run.state_type = 'SCHEDULED' and flow_run.auto_scheduled"
    )

    def scheduled():
        with sqlite3.connect(f"file:{machine.folder}/prefect/prefect.db?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()

    until(lambda: {name for name, _ in scheduled()} == wanted.keys())
    assert [(name, start) for name, start in scheduled() if wanted[name] not in start] == []
    for deployment in wanted:  # the clock would meddle with what follows
        machine.pause(deployment)


def test_a_failing_run_is_tried_once_more_and_then_told(machine, home, hook, mailbox):
    broken = home.policy / "parameters" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("broken =")
    run = machine.ended(machine.run("nightly", as_of="2024-05-31"))
    broken.unlink()
    assert (run["state_type"], run["run_count"]) == ("FAILED", 2)
    until(lambda: "运行失败(nightly)" in hook.subjects())
    assert hook.subjects().count("运行失败(nightly)") == 1
    failed = [letter["Subject"] for letter in mailbox.of("it@city.example") if "运行失败" in letter["Subject"]]
    assert failed == ["帮扶通知:运行失败(nightly)"]
    assert published(home)[0] == "2024-04-30"


def test_a_killed_run_is_crashed_and_the_worker_tells(machine, home, hook):
    run_id = machine.run("nightly", as_of="2024-05-31")
    for pid in in_the_middle(machine, home, run_id):
        os.kill(pid, signal.SIGKILL)
    assert machine.ended(run_id)["state_type"] == "CRASHED"
    until(lambda: "进程意外结束" in hook.posts[-1]["text"])
    assert published(home)[0] == "2024-04-30"


def test_what_a_killed_worker_left_is_swept_and_the_next_run_recovers(machine, home):
    _, linked = published(home)
    stale = machine.run("nightly", as_of="2024-05-31")
    in_the_middle(machine, home, stale)
    machine.kill("worker")
    for pid in machine.processes_of(stale):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not machine.processes_of(stale))
    assert machine.seen(stale)["state_type"] == "RUNNING"

    (home.inbox / "health" / "更多.csv").write_text("证明编号,姓名,死亡日期\nD1,某人,2024-04-01\n", encoding="utf-8")
    look(home, datetime.now() - timedelta(minutes=5))
    machine.start_worker()
    run = machine.ended(machine.run("watch"))
    assert run["state_type"] == "COMPLETED"
    assert machine.seen(stale)["state_type"] == "CRASHED"
    as_of, linked_now = published(home)
    assert (as_of > "2024-05-31", linked_now) == (True, linked + 1)


def test_nothing_that_prefect_keeps_names_a_person(machine, home):
    """Last, so that everything above has left its traces."""
    assert canaries.found_below(home.archive)
    machine.stop()
    assert (machine.folder / "prefect" / "prefect.db").exists()
    assert canaries.found_below(machine.folder / "prefect") == set()
    assert canaries.found_below(home.logs) == set()
    logs = b"".join((machine.folder / f"{name}.log").read_bytes() for name in ("server", "worker"))
    assert canaries.canaries_in(logs) == set()
    assert machine.left() == []


def test_the_search_itself_finds_what_is_wrapped():
    kept = pickle.dumps(ValueError(canaries.NAME))
    for wrapped in (
        kept,
        base64.b64encode(kept),
        base64.b64encode(zlib.compress(kept)),
        repr({"x": "a"}).encode() + kept,
    ):
        assert canaries.canaries_in(wrapped) == {canaries.NAME}
    assert canaries.canaries_in(b'"\\u6b27\\u9633\\u91d1\\u4e1d\\u96c0"') == {canaries.NAME}
    assert canaries.canaries_in(b"nothing at all, and a long base64 token AAAAAAAAAAAAAAAAAAAAAAAA") == set()

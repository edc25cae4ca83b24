"""The Prefect side: the same functions the commands call, each step a task of its own.

Flow parameters, task names, states and artifacts are stored by Prefect in clear: they hold a
folder, a day and counts, never anything about a person. Inputs and results are not persisted.
A run that finds the home held by another waits for it, and ends as Cancelled where that takes too long.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import FlowRun
from prefect.flows import Flow
from prefect.states import Cancelled, Completed, State

from flows.audit import audited
from flows.delivery import deliver
from flows.logs import start_logs
from flows.monthly import monthly
from flows.nightly import nightly
from flows.prefect_tables import findings_table, monthly_table, nightly_tables, replay_table
from flows.prefect_tasks import as_task
from flows.replay import replay
from flows.settings import Settings, read_settings
from flows.steps import without_values
from flows.sweep import sweep
from flows.telling import tell_failure, tell_month, tell_night
from flows.waiting import when_free
from flows.watch import look, when_settled
from reports.delivery.mailing import Mailed
from warehouse.errors import BangfuError, HomeBusy
from warehouse.scratch import owner_only

logger = logging.getLogger("bangfu")
PREFIX = "bangfu-"
RAISED = "Flow run encountered an exception: BangfuError: "  # what Prefect puts before our words
DONE = 0
NIGHTLY, MONTHLY, REPLAY, WATCH = "nightly", "monthly", "replay", "watch"
HOURS = 6  # after which any run is stopped
# The watch comes again by itself; for the others it is worth an hour or three to wait for a home that is busy.
WAITING_MINUTES = {NIGHTLY: 60, MONTHLY: 180, REPLAY: 180, WATCH: 0}


def tell_failed(flow: "Flow[..., Any]", flow_run: FlowRun, state: State) -> None:
    """A hook: the run has failed for good, or its process is gone while the worker lives."""
    settings = read_settings((flow_run.parameters or {}).get("home"))
    reason = (state.message or state.name or "").removeprefix(RAISED)
    tell_failure(settings, flow.name.removeprefix(PREFIX), f"进程意外结束:{reason}" if state.is_crashed() else reason)


def as_flow(command: str, *, retries: int) -> "Callable[[Callable[..., State]], Flow[..., Any]]":
    """What every flow of ours has in common. A retry begins the whole run anew: half a night cannot be continued.

    How long to wait before it is the worker's setting PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS (prefect.yaml).
    """

    def decorate(function: Callable[..., State]) -> "Flow[..., Any]":
        @wraps(function)
        def run(*arguments: Any, **named: Any) -> State:
            try:
                with owner_only():
                    return function(*arguments, **named)
            except HomeBusy as busy:
                return Cancelled(message=f"没有运行:{busy.found}")

        return flow(
            name=f"{PREFIX}{command}",
            retries=retries,
            timeout_seconds=HOURS * 3600,
            persist_result=False,
            validate_parameters=False,
            on_failure=[tell_failed],
            on_crashed=[tell_failed],
        )(run)

    return decorate


@as_flow(NIGHTLY, retries=1)
def nightly_flow(home: str | None = None, inbox: str | None = None, as_of: str | None = None) -> State:
    """Take in, link, judge, publish."""
    settings = begin(home, NIGHTLY)
    return run_alone(settings, NIGHTLY, lambda: _nightly(settings, inbox=inbox, as_of=as_of))


@as_flow(MONTHLY, retries=1)
def monthly_flow(home: str | None = None, month: str | None = None) -> State:
    """Write the workbooks of a month and mail them where that is set up; without one, of the month before today."""
    settings = begin(home, MONTHLY)
    wanted = day(f"{month}-01") if month else previous_month(date.today())
    return run_alone(settings, MONTHLY, lambda: _monthly(settings, wanted))


@as_flow(REPLAY, retries=0)
def replay_flow(as_of: str, home: str | None = None) -> State:
    """What the system would have said on that day; what is published stays as it is."""
    settings = begin(home, REPLAY)
    return run_alone(settings, REPLAY, lambda: _replay(settings, day(as_of)))


@as_flow(WATCH, retries=0)
def watch_flow(home: str | None = None) -> State:
    """Run the night's work when something new and settled lies in the inbox; otherwise nothing."""
    settings = begin(home, WATCH)
    found = look(settings.home, datetime.now())
    if not found.is_settled:
        return Completed(message=f"{found.new} 个新文件还在复制" if found.new else "没有新文件")
    return when_settled(settings.home, found, lambda: run_alone(settings, WATCH, lambda: _nightly(settings)))


def begin(home: str | None, command: str) -> Settings:
    """Settings and logs of a run, after clearing away what killed runs left."""
    settings = read_settings(home)
    settings.home.prepare()
    start_logs(settings.home, command=command, quiet=True)
    swept = without_values("清理残留的运行", sweep)
    if swept:
        logger.info("清理了 %s 个残留的运行", swept)
    return settings


def run_alone(settings: Settings, command: str, run: Callable[[], str]) -> State:
    """Run when the home is free, on record; gives Completed with what `run` says of it.

    Raises HomeBusy when the home stays busy, and otherwise a BangfuError whatever goes wrong.
    """
    told: list[str] = []

    def once() -> int:
        told.append(when_free(lambda: without_values(command, run), minutes=WAITING_MINUTES[command]))
        return DONE

    audited(settings.home, command, once)
    return Completed(message=told[0])


def _nightly(settings: Settings, *, inbox: str | None = None, as_of: str | None = None) -> str:
    report = nightly(
        settings, inbox=Path(inbox) if inbox else None, as_of=day(as_of) if as_of else None, run_step=as_task
    )
    tell_night(settings)
    tables = nightly_tables(report) | findings_table(settings.home)
    for key, table in tables.items():
        create_table_artifact(key=key, table=table, description="只有数量")
    return f"{'已发布' if report.published else '没有新内容'},拒收 {report.intake.refused} 份"


def _monthly(settings: Settings, month: date) -> str:
    paths = monthly(settings, month, run_step=as_task)
    mailed = _mailed(settings, month)
    tell_month(settings, month)
    create_table_artifact(key="bangfu-monthly", table=monthly_table(paths, mailed), description="只有数量")
    return f"{month:%Y-%m} 写出 {len(paths)} 个工作簿"


def _mailed(settings: Settings, month: date) -> list[Mailed]:
    """What became of the mail; nothing where another run is mailing: then it is that one's."""
    try:
        return deliver(settings, month, run_step=as_task) or []
    except HomeBusy as busy:
        logger.info("没有寄邮件:%s", busy.found)
        return []


def _replay(settings: Settings, as_of: date) -> str:
    report = replay(settings, as_of, run_step=as_task)
    create_table_artifact(key="bangfu-replay", table=replay_table(report), description="只有数量")
    return f"{as_of} 计入 {report.received} 份数据"


def day(text: str) -> date:
    """A parameter of a run as a day. Raises BangfuError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BangfuError(where="运行参数", found="日期写得不对", remedy="写作 2026-06-30,月份写作 2026-06") from None


def previous_month(today: date) -> date:
    """The first day of the month before a day."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)

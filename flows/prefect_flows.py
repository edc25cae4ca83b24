"""The Prefect side: the same functions the commands call, each step a task of its own.

Flow parameters, task names, states and artifacts are stored by Prefect in clear: they hold a
folder, a day and counts, never anything about a person. Inputs and results are not persisted.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.delivery import deliver
from flows.monthly import monthly
from flows.nightly import NightlyReport, nightly
from flows.settings import read_settings
from flows.steps import without_values
from reports.delivery.ledger import SENT

Result = TypeVar("Result")
RETRIED = {"收取文件", "月度工作簿"}


def as_task(name: str, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Result:
    """Run a step as a Prefect task. A step is retried only where trying again can help: reading and writing files."""

    def step() -> Result:
        return without_values(name, function, *arguments, **named)

    as_named = task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=1 if name in RETRIED else 0,
        retry_delay_seconds=30,
    )
    return as_named(step)()


@flow(name="bangfu-nightly", persist_result=False, validate_parameters=False)
def nightly_flow(home: str | None = None, inbox: str | None = None, as_of: str | None = None) -> None:
    """Take in, link, judge, publish."""
    report = nightly(
        read_settings(home),
        inbox=Path(inbox) if inbox else None,
        as_of=date.fromisoformat(as_of) if as_of else None,
        run_step=as_task,
    )
    create_table_artifact(key="bangfu-nightly", table=counts(report), description="本次收取与发布(只有数量)")


@flow(name="bangfu-monthly", persist_result=False, validate_parameters=False)
def monthly_flow(home: str | None = None, month: str | None = None) -> None:
    """Write the workbooks of a month and mail them where that is set up; without one, of the month before today."""
    wanted = date.fromisoformat(f"{month}-01") if month else previous_month(date.today())
    settings = read_settings(home)
    paths = monthly(settings, wanted, run_step=as_task)
    mailed = deliver(settings, wanted, run_step=as_task) or []
    sent = sum(one.entry.state == SENT for one in mailed)
    told = {"工作簿": len(paths), "已寄出": sent, "没有送达": len(mailed) - sent}
    create_table_artifact(key="bangfu-monthly", table=[told], description="月度工作簿(只有数量)")


def previous_month(day: date) -> date:
    """The first day of the month before a day."""
    return (
        day.replace(year=day.year - 1, month=12, day=1) if day.month == 1 else day.replace(month=day.month - 1, day=1)
    )


def counts(report: NightlyReport) -> list[dict[str, Any]]:
    """A night as numbers for Prefect's own page."""
    return [
        {
            "核对日": report.as_of.isoformat(),
            "新行": report.intake.new_rows,
            "拒收文件": report.intake.refused,
            "拒收行": report.intake.rejected_rows,
            "已发布": report.published,
        }
    ]

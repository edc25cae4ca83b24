"""`bangfu retention`: what is due to be deleted, and its deletion."""

from datetime import date

from flows.keeping.due import ROW_TERMS, Due, delete_due, find_due
from flows.keeping.rebuild import publish_again
from flows.keeping.schedule import Schedule, load_schedule
from flows.nightly import work_database
from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.scratch import private_run


def plan(settings: Settings, today: date) -> list[Due]:
    """What would go today; nothing changes. Raises BangfuError before the first run."""
    home, schedule = _opened(settings)
    with exclusive(home.lock_file, command="retention"), private_run(home), work_database(settings) as connection:
        return find_due(connection, home, schedule, today)


def apply(settings: Settings, today: date, *, run_step: RunStep = call) -> list[Due]:
    """Delete what is due and publish what is left; gives what went. Raises BangfuError before the first run."""
    home, schedule = _opened(settings)
    with exclusive(home.lock_file, command="retention"), private_run(home):
        with work_database(settings) as connection:
            due = run_step("按保留期限删除", delete_due, connection, home, schedule, today, command="retention")
        if any(one.count for one in due if one.term.name in ROW_TERMS):
            publish_again(settings, run_step)
    return due


def _opened(settings: Settings) -> tuple[Home, Schedule]:
    home = settings.home
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly")
    home.prepare()
    return home, load_schedule(home.root)

"""After rows were deleted: everything built from them made anew, and published."""

from datetime import date

import duckdb

from flows.keeping.compaction import compact_if_due
from flows.nightly import derive, publish, start_run, work_database
from flows.settings import Settings
from flows.steps import RunStep
from warehouse.analyst import build_analyst
from warehouse.errors import BangfuError
from warehouse.publish import partial_path


def publish_again(settings: Settings, run_step: RunStep) -> None:
    """Link, judge and publish what is left, as of the day readers see now; takes nothing in.

    The caller holds the home's lock. Killed at any moment, the next night does what is missing.
    """
    home = settings.home
    with work_database(settings) as connection:
        day = published_day(connection)
        run_id = start_run(connection, day)
        derive(connection, home, run_id, day, 0, [], run_step)
        run_step("分析库", build_analyst, connection, partial_path(home.analyst_database))
    compact_if_due(settings, run_step)
    run_step("发布", publish, home, partial_path(home.analyst_database))


def published_day(connection: duckdb.DuckDBPyConnection) -> date:
    """The day of the last run that committed. Raises BangfuError where there was none."""
    rows = connection.execute(
        "select as_of from run.log where committed_at is not null order by run_id desc limit 1"
    ).fetchall()
    if not rows:
        raise BangfuError(where="工作库", found="还没有发布过数据", remedy="先运行 bangfu nightly")
    return rows[0][0]

"""When an answer is due."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from reports.answers.working_days import Calendar, read_calendar
from reports.session import open_published

ONE_DAY = timedelta(days=1)


def due_date(full_database: Path, issued_on: date) -> date:
    """The day by which a list handed out on `issued_on` is to be answered, by the published parameters.

    Raises BangfuError where nothing has been published yet.
    """
    with open_published(full_database) as connection:
        return working_days_after(issued_on, read_waiting_days(connection, issued_on), read_calendar(connection))


def read_waiting_days(connection: duckdb.DuckDBPyConnection, day: date) -> int:
    """The working days somebody has for an answer, as in force on a day."""
    ((waiting_days,),) = connection.execute(
        "select arg_max(value, valid_from) from policy.answer_working_days where valid_from <= ?", [day]
    ).fetchall()
    return int(waiting_days)


def working_days_after(day: date, working_days: int, calendar: Calendar) -> date:
    """The day so many working days later; the day itself does not count."""
    while working_days:
        day += ONE_DAY
        working_days -= calendar.is_working_day(day)
    return day

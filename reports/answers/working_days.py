"""Working days between two days, by the arrangement of holidays where the home has set one."""

from datetime import date, timedelta

import duckdb

SATURDAY = 5
REST, WORK = "休息", "上班"


class Calendar:
    """`arrangement`: day → 休息 or 上班, for the days that differ from the week."""

    def __init__(self, arrangement: dict[date, str]) -> None:
        self._arrangement = arrangement

    @property
    def knows_holidays(self) -> bool:
        return bool(self._arrangement)

    def is_working_day(self, day: date) -> bool:
        told = self._arrangement.get(day)
        return told == WORK if told else day.weekday() < SATURDAY

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 where end is not later."""
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)


def read_calendar(connection: duckdb.DuckDBPyConnection) -> Calendar:
    """The calendar from policy.holiday_arrangement; unset, only weekends are off."""
    return Calendar(dict(connection.execute("select day, kind from policy.holiday_arrangement").fetchall()))

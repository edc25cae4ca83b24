"""When an answer is due."""

from datetime import date, timedelta

ANSWER_WORKING_DAYS = 10
SATURDAY = 5


def working_days_after(day: date, working_days: int = ANSWER_WORKING_DAYS) -> date:
    """The day so many working days later; the day itself does not count.

    Only weekends are left out: the yearly holiday arrangement is not known to us, and the sheets say so.
    """
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < SATURDAY
    return day

"""Months as whole numbers (year * 12 + month - 1), so that twelve months of a city are a plain range."""

from calendar import monthrange
from datetime import date


def month_of(day: date) -> int:
    """The month a day lies in."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    year, number = month // 12, month % 12 + 1
    return date(year, number, monthrange(year, number)[1])


def add_months(day: date, count: int) -> date:
    """The same day `count` months later, or that month's last day where it has no such day."""
    month = month_of(day) + count
    return first_day(month).replace(day=min(day.day, last_day(month).day))


def years_before(day: date, years: int) -> date:
    """The day `years` years earlier."""
    return add_months(day, -12 * years)

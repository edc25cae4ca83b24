"""Dates and months in every form departments print, with the precision they really have.

A form that could be two dates is a Problem: 1985.1 is what a spreadsheet leaves of 1985.10.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from connectors.date_layouts import year_first
from connectors.values import BLANK, Problem, Reading, Value, clean, is_blank

EXCEL_DAY_ZERO = date(1899, 12, 30)  # so that 25569 is 1970-01-01
FIRST_DAY = date(1900, 1, 1)  # itself what a database prints for "no date"
NO_END_YEAR = 2099
NO_END_WORDS = frozenset({"长期", "长期有效", "永久", "永久有效", "无期限", "无固定期限", "无限期", "长久"})
AHEAD = timedelta(days=731)  # an event further ahead than two years is a slip of the year
AHEAD_OF_END = timedelta(days=366 * 100)  # contracts and certificates may run long

_TIME = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
_HALF = "(?:上午|下午|[AaPp][Mm])?"
_WITH_TIME = re.compile(rf"(.{{8,11}}?)(?:T|\s+){_HALF}\s*{_TIME}\s*{_HALF}(Z|z|\+08:?00)?")
_DIGITS_WITH_TIME = re.compile(r"(\d{8})([01]\d|2[0-3])([0-5]\d)([0-5]\d)")
_AROUND = re.compile(r"\s*([-/.年月])\s*|\s+(?=[日号])")
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?$")
_DASHES = str.maketrans("—–−", "---")  # typed by hand
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)")
_DAY_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))")
_SHORT_POINT_MONTH = re.compile(r"(\d{4})\.1")
_YEAR = re.compile(r"(\d{4})年?")
_WHOLE = re.compile(r"^(\d{5,8})\.0+$")  # 20240506 after a program that knows only floats
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d{3,})?")  # a long fraction is the time of day

UNREADABLE = Problem("日期读不出")
IMPOSSIBLE = Problem("日期不存在")
IMPLAUSIBLE = Problem("日期的年份不可信")
AMBIGUOUS = Problem("日期有两种读法(1月或10月)")
NO_END = Value(None, note="写明没有终止日期,按无终止日期处理")


@dataclass(frozen=True)
class DateRules:
    """today: the day of receipt, which bounds plausible years. The others are the contract column's."""

    today: date
    open_end: bool = False
    year_is_enough: bool = False
    layout: str | None = None


def read_date(text: str, rules: DateRules) -> Reading:
    """A date with its precision; a month or year stands for its first day. Times are cut off."""
    printed = _WEEKDAY.sub("", clean(text))
    cleaned = _WHOLE.sub(r"\1", _AROUND.sub(lambda found: found[1] or "", printed.translate(_DASHES)))
    if is_blank(cleaned):
        return BLANK
    if rules.open_end and cleaned in NO_END_WORDS:
        return NO_END
    cut = _without_time(year_first(cleaned, rules.layout))
    return UNREADABLE if cut is None else _plausible(_parse(cut, rules), rules)


def read_month(text: str, rules: DateRules) -> Reading:
    """The first day of a month, from a month or any date."""
    reading = read_date(text, rules)
    if isinstance(reading, Problem) or not isinstance(reading.content, date):
        return reading
    return UNREADABLE if reading.precision == "year" else Value(reading.content.replace(day=1))


def _without_time(text: str) -> str | None:
    """The date part. A UTC afternoon may be the next day here, so it is not cut but refused."""
    digits = _DIGITS_WITH_TIME.fullmatch(text)
    if digits:
        return digits[1]
    timed = _WITH_TIME.fullmatch(text)
    if not timed:
        return text
    hour, minute, second = int(timed[2]), int(timed[3]), int(timed[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return None if timed[5] in ("Z", "z") and hour >= 16 else timed[1]


def _parse(text: str, rules: DateRules) -> Reading:
    if day := _DAY.fullmatch(text):
        return _day(day[1], day[3] or day[5], day[4] or day[6])
    if digits := _DAY_DIGITS.fullmatch(text):
        return _day(digits[1], digits[2], digits[3])
    if point := _SHORT_POINT_MONTH.fullmatch(text):
        return _year(point[1]) if rules.year_is_enough else AMBIGUOUS
    if month := _MONTH.fullmatch(text):
        return _first_of(month[1], month[2] or month[3] or month[4])
    if year := _YEAR.fullmatch(text):
        return _year(year[1]) if rules.year_is_enough else Problem("只有年份")
    if serial := _SERIAL.fullmatch(text):
        return Value(EXCEL_DAY_ZERO + timedelta(days=int(serial[1])), "day")
    return UNREADABLE


def _day(year: str, month: str, day: str) -> Reading:
    try:
        return Value(date(int(year), int(month), int(day)), "day")
    except ValueError:
        return IMPOSSIBLE


def _first_of(year: str, month: str) -> Reading:
    reading = _day(year, month, "1")
    return reading if isinstance(reading, Problem) else Value(reading.content, "month")


def _year(year: str) -> Reading:
    reading = _day(year, "1", "1")
    if isinstance(reading, Problem):
        return reading
    return Value(reading.content, "year", note="只能读出年份")


def _plausible(reading: Reading, rules: DateRules) -> Reading:
    if isinstance(reading, Problem) or not isinstance(reading.content, date):
        return reading
    if rules.open_end and reading.content.year >= NO_END_YEAR:
        return NO_END
    ahead = AHEAD_OF_END if rules.open_end else AHEAD
    if reading.content <= FIRST_DAY or reading.content > rules.today + ahead:
        return IMPLAUSIBLE
    return reading

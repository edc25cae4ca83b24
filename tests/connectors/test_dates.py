"""Every written form of every date reads back; nothing else reads as a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.dates import EXCEL_DAY_ZERO, NO_END, DateRules, read_date, read_month
from connectors.values import BLANK, Problem, Value

TODAY = date(2026, 11, 23)
EVENT = DateRules(TODAY)
END = DateRules(TODAY, open_end=True)
BIRTH = DateRules(TODAY, year_is_enough=True)
DAY_FORMS = [
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d:%Y-%m-%d} 00:00:00",
    lambda d: f"{d:%Y-%m-%d} 00:00:00.000",
    lambda d: f"{d:%Y-%m-%d}T13:05:00",
    lambda d: f"{d:%Y-%m-%d}T13:05:00+08:00",
    lambda d: f"{d.year}/{d.month}/{d.day} 9:05",
    lambda d: f"{d:%Y%m%d}235959",
    lambda d: f"{d.year}/{d.month}/{d.day} 下午 1:05",
    lambda d: f"{d:%Y-%m-%d} 01:05:00 PM",
    lambda d: f"{d.year}年{d.month}月{d.day}日{'星期' if d.day % 2 else ' (周'}三{'' if d.day % 2 else ')'}",
    lambda d: f"{d:%Y—%m—%d}",
    lambda d: f'="{d:%Y-%m-%d}"',
    lambda d: f"'{d:%Y-%m-%d}",
    lambda d: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{d:%Y-%m-%d}"),
    lambda d: str((d - EXCEL_DAY_ZERO).days) if d >= date(1927, 5, 18) else d.isoformat(),
    lambda d: f"\u3000{d:%Y-%m-%d}\u00a0\u200b",
]
MONTH_FORMS = [
    lambda d: f"{d:%Y-%m}",
    lambda d: f"{d.year}-{d.month}",
    lambda d: f"{d:%Y%m}",
    lambda d: f"{d.year}/{d.month}",
    lambda d: f"{d:%Y.%m}",
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d.year}年{d.month:02d}月份",
]
dates = st.dates(date(1900, 1, 2), date(2028, 11, 1))


@settings(deadline=None)
@given(dates, st.sampled_from(DAY_FORMS))
def test_every_form_of_a_day_reads_back(day, form):
    assert read_date(form(day), EVENT) == Value(day, "day")


@settings(deadline=None)
@given(dates.filter(lambda day: day >= date(1900, 2, 1)), st.sampled_from(MONTH_FORMS))
def test_every_form_of_a_month_reads_back(day, form):
    first = day.replace(day=1)
    assert read_date(form(day), EVENT) == Value(first, "month")
    assert read_month(form(day), EVENT) == Value(first)


@settings(deadline=None)
@given(dates.filter(lambda day: day >= date(1900, 2, 1)), st.sampled_from(DAY_FORMS))
def test_a_day_serves_as_a_month(day, form):
    assert read_month(form(day), EVENT) == Value(day.replace(day=1))


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.年月日 T:", max_size=12))
def test_whatever_reads_as_a_day_says_that_day(text):
    """Year, month and day stand in the text in this order: no other date can be meant."""
    reading = read_date(text, EVENT)
    if isinstance(reading, Value) and isinstance(reading.content, date):
        day, digits = reading.content, "".join(c for c in text if c.isdigit())
        serial = text.strip()[5:6] in ("", ".") and EXCEL_DAY_ZERO + timedelta(days=int(digits[:5])) == day
        assert serial or digits.startswith(str(day.year))
        assert serial or str(day.month) in digits[4:]


@pytest.mark.parametrize(
    "text",
    ["2023-02-30", "2023-13-01", "20230231", "85-1-1", "85.01.01", "850101", "1900-01-00", "1899-12-31", "1900-01-01",
     "2204-05-01", "2029-01-01", "9999-12-31", "长期", "01/05/2023", "2023 1 12", "2023-1", "2023年", "1985", "待定",
     "2023-05-01至2023-06-01", "2023-05-01 25:00", "2023-04-30T16:00:00Z", "1985.1", "2023-5/1", "1", "0", "123456"],
)  # fmt: skip
def test_unreadable(text):
    reading = read_date(text, EVENT)
    if text == "2023-1":
        assert reading == Value(date(2023, 1, 1), "month")
    else:
        assert isinstance(reading, Problem)
        assert text not in reading.reason


@pytest.mark.parametrize("text", ["", " ", "无", "-", "－", "—", "/", "NULL", "\u3000"])
def test_blank(text):
    assert read_date(text, EVENT) == read_month(text, END) == BLANK


@pytest.mark.parametrize("text", ["长期", "永久", "9999-12-31", "2099-12-31", "2100/1/1", "99991231", "9999年12月31日"])
def test_no_end(text):
    assert read_date(text, END) == NO_END
    assert isinstance(read_date(text, EVENT), Problem)


def test_the_lost_zero():
    """1985.10 kept as a number becomes 1985.1; 1985.2 can only be February."""
    assert read_date("1985.1", BIRTH) == Value(date(1985, 1, 1), "year", note="只能读出年份")
    assert isinstance(read_month("1985.1", EVENT), Problem)
    assert read_date("1985.2", EVENT) == Value(date(1985, 2, 1), "month")
    assert read_date("1985.10", EVENT) == Value(date(1985, 10, 1), "month")
    assert read_date("1985.01", EVENT) == Value(date(1985, 1, 1), "month")


def test_a_year_is_enough_for_a_birth_alone():
    assert read_date("1985", BIRTH).precision == "year"
    assert isinstance(read_date("1985", EVENT), Problem)


def test_serials():
    assert read_date("20240506.0", EVENT) == Value(date(2024, 5, 6), "day")
    assert read_month("202405.0", EVENT) == Value(date(2024, 5, 1))
    assert read_date("25569", EVENT) == Value(date(1970, 1, 1), "day")
    assert isinstance(read_date("99999", EVENT), Problem)
    assert read_date("45331.5729", EVENT) == Value(date(2024, 2, 9), "day")
    assert isinstance(read_date("19850.1", EVENT), Problem)

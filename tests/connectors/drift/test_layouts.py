"""Dates whose year does not stand first: read only as the office has said, and never in two ways."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.dates import DateRules, read_date, read_month
from connectors.values import Problem, Value
from tests.connectors.drift.exports import in_hanzi

TODAY = date(2026, 11, 23)
UNTOLD = DateRules(TODAY)
FORMS = {
    "日月年": ["{0:%d/%m/%Y}", "{0.day}-{0.month}-{0.year}", "{0:%d.%m.%Y} 08:30:00"],
    "月日年": ["{0:%m/%d/%Y}", "{0.month}-{0.day}-{0.year}"],
    "民国": ["民国{1}年{0.month}月{0.day}日", "{1:03d}/{0:%m/%d}", "{1:03d}{0:%m%d}"],
}


@given(st.dates(date(2012, 1, 1), TODAY), st.sampled_from([(name, form) for name in FORMS for form in FORMS[name]]))
def test_a_declared_layout_reads_every_day_and_an_undeclared_one_none(day, layout):
    name, form = layout
    text = form.format(day, day.year - 1911)
    assert read_date(text, DateRules(TODAY, layout=name)) == Value(day, "day")
    assert isinstance(read_date(text, UNTOLD), Problem)


@given(st.dates(date(2000, 1, 1), TODAY))
def test_years_of_two_digits_are_of_this_century_where_that_is_said(day):
    assert read_date(f"{day:%y-%m-%d}", DateRules(TODAY, layout="两位年")) == Value(day, "day")
    assert isinstance(read_date(f"{day:%y-%m-%d}", UNTOLD), Problem)


@given(st.integers(0, 9_000))
def test_hanzi_have_one_reading(days):
    day = date(2001, 1, 1) + timedelta(days)
    assert read_date(in_hanzi(day.isoformat()), UNTOLD) == Value(day, "day")


@pytest.mark.parametrize("layout", [None, "日月年", "月日年", "民国", "两位年"])
def test_a_year_that_stands_first_needs_no_layout(layout):
    rules = DateRules(TODAY, layout=layout)
    assert read_date("2024-05-06", rules) == read_date("2024年5月6日", rules) == Value(date(2024, 5, 6), "day")


@pytest.mark.parametrize(
    "text", ["二〇二四年十三月一日", "二〇二四年二月三十日", "二〇二四年五六月一日", "二四年五月六日"]
)
def test_impossible_hanzi(text):
    assert isinstance(read_date(text, UNTOLD), Problem)


MONTHS = {"05/2024": "日月年", "5-2024": "月日年", "113年5月": "民国", "24-05": "两位年", "二〇二四年五月": None}


@pytest.mark.parametrize("text", MONTHS)
def test_months(text):
    assert read_month(text, DateRules(TODAY, layout=MONTHS[text])) == Value(date(2024, 5, 1))

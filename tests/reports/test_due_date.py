"""Ten working days, weekends left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.due_date import working_days_after


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2026, 7, 3), date(2026, 7, 17)),  # a Friday
        (date(2026, 7, 4), date(2026, 7, 17)),  # a Saturday counts like the Friday before
        (date(2026, 7, 5), date(2026, 7, 17)),
        (date(2026, 7, 6), date(2026, 7, 20)),
    ],
)
def test_ten_weekdays(issued, due):
    assert working_days_after(issued) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_exactly_so_many_weekdays_lie_between(day, working_days):
    due = working_days_after(day, working_days)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(each.weekday() < 5 for each in between) == working_days
    assert due.weekday() < 5

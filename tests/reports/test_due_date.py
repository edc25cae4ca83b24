"""So many working days later: weekends and the home's holidays left out, worked weekend days counted."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.answers.working_days import REST, WORK, Calendar
from reports.due_date import due_date, working_days_after
from tests.reports.published import City, publish

WEEKENDS_ONLY = Calendar({})


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
    assert working_days_after(issued, 10, WEEKENDS_ONLY) == due


def test_holidays_put_the_day_off_and_a_worked_saturday_brings_it_back():
    friday = date(2026, 7, 3)
    off = {date(2026, 7, 6): REST, date(2026, 7, 7): REST}
    assert working_days_after(friday, 10, Calendar(off)) == date(2026, 7, 21)
    assert working_days_after(friday, 10, Calendar({**off, date(2026, 7, 11): WORK})) == date(2026, 7, 20)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 60),
    st.dictionaries(st.integers(1, 90), st.sampled_from([REST, WORK]), max_size=20),
)
def test_exactly_so_many_working_days_lie_between(day, working_days, told):
    calendar = Calendar({day + timedelta(days=number): kind for number, kind in told.items()})
    due = working_days_after(day, working_days, calendar)
    assert calendar.between(day, due) == working_days
    assert calendar.is_working_day(due)


def test_the_published_parameters_decide(tmp_path):
    database = publish(City(), tmp_path / "full.duckdb")
    with duckdb.connect(str(database)) as connection:
        connection.execute("insert into policy.answer_working_days values (date '2026-07-01', 3)")
        connection.execute(f"insert into policy.holiday_arrangement values ('2026-07-06', '2026-07-06', '{REST}', '')")
    assert due_date(database, date(2026, 7, 3)) == date(2026, 7, 9)
    assert due_date(database, date(2026, 6, 5)) == date(2026, 6, 19)

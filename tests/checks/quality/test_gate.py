"""A stopped delivery leaves everything as it was, says why, and one line of the home takes it in."""

import re

import pytest

from reports.quality.page import write_quality_page
from tests.checks.quality.judged_home import mixed
from tests.connectors.small_home import table
from warehouse import dictionary, models
from warehouse.errors import BangfuError

ROSTER, DEATHS = "assistance_roster", "deaths"
MAY, JUNE = {"month": "2026-05"}, {"month": "2026-06"}


@pytest.fixture
def stopped(home):
    """The May list of 100 was taken in; the corrected May list of 40 was stopped."""
    home.deliver(ROSTER, table(ROSTER, 100, **MAY), "名册 2026-05.csv")
    home.delivery = home.deliver(ROSTER, table(ROSTER, 40, **MAY), "名册 2026-05-20.csv")
    return home


def accepting_line(delivery) -> str:
    return re.search(r"accept\.[0-9a-f]+ = \".+\"$", delivery.reason)[0]


def test_the_last_good_list_stays_in_force(stopped):
    assert stopped.delivery.status == "refused"
    assert stopped.in_force(ROSTER, "count(*)") == [(100,)]
    assert stopped.rows("select count(*) from staging.assistance_roster") == [(100,)]
    assert stopped.rows("select status from raw.delivery order by delivery_id") == [("accepted",), ("refused",)]


def test_its_rows_are_counted_as_not_taken_in(stopped):
    one = stopped.delivery
    assert (one.rows_in, one.rows_loaded, one.rows_rejected, one.rows_skipped) == (41, 0, 40, 1)
    assert not (stopped.home.archive / "rows" / f"{one.delivery_id}.parquet").exists()


def test_the_proposed_line_takes_it_in(stopped):
    stopped.allow(accepting_line(stopped.delivery))
    (taken,) = stopped.night().deliveries
    assert (taken.status, taken.rows_loaded) == ("accepted", 40)
    assert stopped.in_force(ROSTER, "count(*)") == [(100,)], "40 corrected, 60 as before"
    assert stopped.rows("select count(*) from raw.delivery") == [(2,)]
    assert stopped.failed("critical") == {("rows_ratio", None)}
    assert stopped.night().deliveries == ()


def test_a_moved_bound_takes_it_in_too(stopped):
    stopped.allow("bound.assistance_roster.rows_ratio.critical_lower = 0.3")
    assert [one.status for one in stopped.night().deliveries] == ["accepted"]


def test_a_bound_of_another_table_does_not(stopped):
    stopped.allow("bound.properties.rows_ratio.critical_lower = 0.3")
    assert [one.status for one in stopped.night().deliveries] == ["refused"]


def test_a_bound_can_be_switched_off(stopped):
    stopped.allow("bound.any.rows_ratio.critical_lower = false")
    assert [one.status for one in stopped.night().deliveries] == ["accepted"]


def test_tried_each_night_it_stands_once(stopped):
    stopped.night()
    stopped.night()
    assert stopped.rows("select count(*) from raw.delivery where status = 'refused'") == [(1,)]
    twice = "select 1 from quality.profile group by delivery_id, measure, column_name having count(*) > 1"
    assert stopped.rows(twice) == []
    assert stopped.rows("select count(distinct delivery_id) from quality.outcome") == [(2,)]


def test_another_file_of_the_same_night_is_taken_in(home):
    home.put_table(DEATHS, mixed(DEATHS, 100, 100, name="甲"), "坏.csv")
    home.put_table(DEATHS, table(DEATHS, 30, first=200), "好.csv")
    assert {one.source_file: one.status for one in home.night().deliveries} == {
        "坏.csv": "refused",
        "好.csv": "accepted",
    }


def test_a_stopped_delivery_is_nobodys_measure(stopped):
    """The next list is compared with the last good one."""
    assert stopped.deliver(ROSTER, table(ROSTER, 45, **JUNE), "名册 2026-06.csv").status == "refused"


def test_a_wrong_line_stops_before_anything_is_taken_in(home):
    home.put_table(DEATHS, table(DEATHS, 3))
    home.allow("bound.deaths.rows_ratoi.critical_lower = 0.3")
    with pytest.raises(BangfuError, match="rows_ratoi"):
        home.night()
    assert home.rows("select count(*) from raw.delivery") == [(0,)]


def test_warnings_that_always_come_propose_the_bound_that_ends_them(home):
    for month in range(1, 7):
        rows = mixed(DEATHS, 100, 20, first=100 * month, death_date="某日")
        assert home.deliver(DEATHS, rows, f"殡葬 2026-0{month}.csv").status == "accepted"
        assert len(home.rows("select line from quality.proposal")) == (month == 6)
    ((line, what),) = home.rows("select line, what from quality.proposal")
    assert line == "bound.deaths.rejected_share.warning_upper = 0.22"
    assert "最近 6 次" in what and "未能读出" in what
    home.allow(line)
    home.deliver(DEATHS, mixed(DEATHS, 100, 20, first=800, death_date="某日"), "殡葬 2026-07.csv")
    assert ("rejected_share", None) not in home.failed("warning")


def test_no_value_of_a_row_is_in_any_table_reason_or_page(home):
    canary = {"name": "金丝雀", "id_no": "320583199001017777", "death_date": "金丝雀日"}
    rows = mixed(DEATHS, 100, 95, **canary)
    home.deliver(DEATHS, rows, "殡葬.csv")
    home.deliver(ROSTER, table(ROSTER, 1, person_amount="98765.43", name="金丝雀"), "名册.csv")
    told = [home.rows(f"select * from quality.{name}") for name in ("profile", "outcome", "proposal")]
    told.append(home.rows("select reason from raw.delivery"))
    build_mart(home)
    told.append(write_quality_page(home.connection, home.home.outbox).read_text("utf-8"))
    for value in (*canary.values(), "98765.43", "98,765"):
        assert value not in str(told)


def build_mart(home) -> None:
    """The quality views and what they read."""
    dictionary.load(home.connection)
    for name in ("delivery", "quality_profile", "quality_check", "quality_proposal"):
        text = models.model_files("mart")[f"mart.{name}"].read_text("utf-8")
        home.connection.execute(f"create or replace view mart.{name} as {text}")


def test_the_history_of_an_expectation_is_published(stopped):
    build_mart(stopped)
    found = stopped.rows(
        "select source_file, status, passed, round(measured, 2) from mart.quality_check "
        "where measure = 'rows_ratio' and severity = 'critical'"
    )
    assert found == [("名册 2026-05-20.csv", "refused", False, 0.4)]
    headings = "select distinct printed_heading from mart.quality_profile where measured_column = 'family_no'"
    assert stopped.rows(headings) == [("家庭编号",)]

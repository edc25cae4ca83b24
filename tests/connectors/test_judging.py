"""Another room may look at a loaded delivery and stop it; what was read of each column is kept for it."""

from datetime import datetime

import pytest

from connectors.intake import take_in
from tests.connectors.small_home import SmallHome, table, with_cell, without


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path / "home")


def judged(home: SmallHome, judge):
    home.runs += 1
    return take_in(
        home.connection, home.home, home.home.inbox, home.runs, datetime(2026, 11, 20 + home.runs), judge=judge
    )


def test_each_column_is_kept_as_printed_with_what_could_not_be_read(home):
    rows = table("deaths", 6)
    for row, column, text in ((1, "death_date", "某日"), (2, "death_date", None), (4, "name", None)):
        rows = with_cell(rows, "deaths", row, column, text)
    home.put_table("deaths", without(rows, "deaths", "id_no"))
    home.night()
    found = home.rows("select column_name, heading, unread, rejecting from raw.read_column")
    kept = {name: told for name, *told in found}
    assert kept["death_date"] == ["死亡日期", 1, 2]
    assert kept["name"] == ["死者姓名", 0, 1]
    assert "id_no" not in kept


def test_the_judge_sees_the_rows_before_they_replace_any(home):
    home.put_table("assistance_roster", table("assistance_roster", 4), "旧.csv")
    judged(home, None)
    home.put_table("assistance_roster", table("assistance_roster", 3), "新.csv")
    seen = []

    def look(connection, delivery_id):
        counts = "select count(*), count(superseded_by) from staging.assistance_roster"
        seen.append((delivery_id, *connection.execute(counts).fetchall()[0]))

    judged(home, look)
    assert seen == [(2, 7, 0)]


def test_what_is_stopped_leaves_nothing_but_its_marks_and_the_reason(home):
    rows = with_cell(table("assistance_roster", 4), "assistance_roster", 1, "month", "某月")
    home.put_table("assistance_roster", rows)
    (delivery,) = judged(home, lambda *_: "看着不对").deliveries
    assert (delivery.status, delivery.reason) == ("refused", "看着不对")
    assert (delivery.rows_loaded, delivery.rows_rejected, delivery.rows_skipped) == (0, 4, 1)
    assert home.rows("select count(*) from staging.assistance_roster") == [(0,)]
    assert home.rows("select source_row from raw.rejected_row") == [(2,)]
    home.check_conservation()


def test_a_judge_that_fails_refuses_the_delivery_without_quoting_it(home):
    def broken(connection, delivery_id):
        raise ValueError("320583198501010012")

    home.put_table("assistance_roster", table("assistance_roster", 4))
    (delivery,) = judged(home, broken).deliveries
    assert delivery.status == "refused"
    assert "程序内部错误" in delivery.reason and "320583" not in delivery.reason
    assert home.rows("select count(*) from staging.assistance_roster") == [(0,)]
    assert [one.status for one in judged(home, None).deliveries] == ["accepted"]

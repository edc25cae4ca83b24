"""The same file again changes nothing; a corrected one takes its place; parts stand side by side."""

import io
import os
import zipfile
from datetime import datetime

import pytest

from connectors.order import processing_order
from tests.connectors.small_home import SmallHome, csv_bytes, table, with_cell, xlsx_bytes

ROSTER = "assistance_roster"


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path / "home")


def statuses(home):
    return home.rows("select source_file, status from raw.delivery order by delivery_id")


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_the_same_file_again_renamed_and_zipped(home):
    content = csv_bytes(table("deaths", 3))
    home.put_table("deaths", content, "a.csv")
    assert home.night().new_rows == 3
    assert home.night().deliveries == ()
    home.put_table("deaths", content, "b/renamed.txt")
    home.put_table("deaths", zipped("inner.csv", content), "bundle.zip")
    report = home.night()
    assert report.new_rows == 0
    assert [(one.status, one.rows_in, one.rows_skipped) for one in report.deliveries] == [("unchanged", 4, 4)] * 2
    assert home.night().deliveries == ()
    assert len(statuses(home)) == 3


def test_a_refused_file_is_tried_again_without_piling_up(home):
    home.put_table("deaths", [["姓名", "死亡时"], ["甲", "2024-01-01"]], "bad.csv")
    first = home.night().deliveries[0]
    again = home.night().deliveries[0]
    assert (first.status, again.status) == ("refused", "refused")
    assert again.received_at == first.received_at
    assert len(statuses(home)) == 1


def test_a_refused_file_accepted_meanwhile_elsewhere_is_not_loaded_twice(home):
    content = csv_bytes(table("deaths", 3))
    home.put_table("deaths", content, "z.csv")
    home.night()
    home.connection.execute("update raw.delivery set status = 'refused'")
    home.connection.execute("delete from staging.deaths; delete from raw.skipped_row")
    os.utime(home.put_table("deaths", content, "a.csv"), (0, 0))
    home.night()
    assert statuses(home) == [("a.csv", "accepted"), ("z.csv", "unchanged")]
    assert home.in_force("deaths", "count(*)") == [(3,)]


def test_an_increment_is_corrected_by_key(home):
    home.put_table("deaths", table("deaths", 4))
    home.night()
    corrected = with_cell(table("deaths", 1, first=2), "deaths", 1, "sex", "女")
    home.put_table("deaths", corrected, "later.csv")
    home.night()
    assert home.in_force("deaths", "name, sex") == [
        ("name0", "male"), ("name1", "male"), ("name2", "female"), ("name3", "male"),
    ]  # fmt: skip
    assert home.rows("select superseded_by from staging.deaths where superseded_by is not null") == [(2,)]


def test_a_delivery_repeated_whole_is_superseded(home):
    home.put_table("deaths", table("deaths", 2), "a.csv")
    home.night()
    home.put_table("deaths", table("deaths", 3), "b.csv")
    home.night()
    assert statuses(home) == [("a.csv", "superseded"), ("b.csv", "accepted")]


def test_a_correction_in_the_same_run_comes_after_whatever_its_date(home):
    corrected = home.put_table("deaths", with_cell(table("deaths", 2), "deaths", 1, "sex", "女"), "a更正.csv")
    home.put_table("deaths", table("deaths", 6), "b.csv")
    os.utime(corrected, (0, 0))
    home.night()
    assert home.in_force("deaths", "count(*), count(*) filter (sex = 'female')") == [(6, 1)]


def test_a_file_split_in_two_keeps_an_overlap_and_says_so(home):
    rows = table("deaths", 12)
    home.put_table("deaths", rows[:7], "part1.csv")
    home.put_table("deaths", [rows[0], *rows[6:]], "part2.csv")
    report = home.night()
    assert report.new_rows == 13
    assert home.in_force("deaths", "count(*)") == [(13,)]
    assert "两部分" in report.deliveries[1].reason


def test_rows_without_a_key_replace_nothing_in_an_increment(home):
    home.put_table("deaths", table("deaths", 2, id_no=None))
    home.night()
    home.put_table("deaths", table("deaths", 2, id_no=None, sex="女"), "b.csv")
    home.night()
    assert home.in_force("deaths", "count(*)") == [(4,)]


def test_a_corrected_snapshot_replaces_its_month_whole(home):
    may = [*table(ROSTER, 4), *table(ROSTER, 1, first=8, id_no=None)[1:]]
    home.put_table(ROSTER, may, "202405.csv")
    home.put_table(ROSTER, table(ROSTER, 4, month="2024-06"), "202406.csv")
    home.night()
    home.put_table(ROSTER, table(ROSTER, 3), "202405b.csv")
    home.night()
    assert home.in_force(ROSTER, "month::varchar, count(*)") == [("2024-05-01", 3), ("2024-06-01", 4)]
    assert statuses(home) == [("202405.csv", "superseded"), ("202406.csv", "accepted"), ("202405b.csv", "accepted")]


def test_a_small_correction_of_a_snapshot_leaves_the_rest(home):
    home.put_table(ROSTER, table(ROSTER, 6))
    home.night()
    home.put_table(ROSTER, table(ROSTER, 1, category="特困"), "b.csv")
    home.night()
    assert home.in_force(ROSTER, "category, count(*)") == [("destitute", 1), ("dibao", 5)]


def test_a_corrected_list_of_one_town_leaves_the_other_towns(home):
    home.put_table(ROSTER, table(ROSTER, 8), "east.csv")
    home.put_table(ROSTER, table(ROSTER, 2, first=20), "west.csv")
    home.night()
    home.put_table(ROSTER, table(ROSTER, 7), "east2.csv")
    home.night()
    assert home.in_force(ROSTER, "count(*)") == [(9,)]


def test_one_book_of_all_towns_replaces_the_month_sheet_by_sheet(home):
    home.put_table(ROSTER, table(ROSTER, 12), "all.csv")
    home.night()
    towns = {f"镇{n}": table(ROSTER, 3, first=3 * n) for n in range(3)}
    home.put_table(ROSTER, xlsx_bytes(towns), "towns.xlsx")
    home.night()
    assert home.in_force(ROSTER, "count(*)") == [(9,)]


def test_sheets_of_one_book_do_not_replace_one_another(home):
    book = {"甲": table(ROSTER, 3), "乙": table(ROSTER, 3, category="特困")}
    home.put_table(ROSTER, xlsx_bytes(book), "a.xlsx")
    home.night()
    assert home.in_force(ROSTER, "count(*)") == [(6,)]


def test_the_later_list_of_a_table_without_months_is_in_force(home):
    table_name = "disability_certificates"
    late = home.put_table(table_name, table(table_name, 3, status="注销"), "持证202407.csv")
    early = home.put_table(table_name, table(table_name, 4), "持证202406.csv")
    os.utime(late, (1_000, 1_000))
    os.utime(early, (2_000, 2_000))
    home.night()
    assert home.in_force(table_name, "status, count(*)") == [("cancelled", 3)]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_names_that_say_nothing_leave_it_to_the_latest_event_inside(home, names):
    table_name = "disability_certificates"
    newer = table(table_name, 4, status="注销", issued_on="2024-06-20")
    home.put_table(table_name, newer, names[0])
    home.put_table(table_name, table(table_name, 4, issued_on="2023-12-20"), names[1])
    home.night()
    assert home.in_force(table_name, "status, count(*)") == [("cancelled", 4)]


def test_a_correction_without_the_latest_event_still_corrects(home):
    table_name = "disability_certificates"
    home.put_table(table_name, table(table_name, 4, issued_on="2024-06-20"), "a.csv")
    home.put_table(table_name, table(table_name, 4, status="注销", issued_on="2024-06-01"), "a更正.csv")
    home.night()
    assert home.in_force(table_name, "status, count(*)") == [("cancelled", 4)]


def test_an_older_month_delivered_later_touches_no_other(home):
    home.put_table(ROSTER, table(ROSTER, 3, month="2024-06"), "b.csv")
    home.night()
    home.put_table(ROSTER, table(ROSTER, 3, month="2024-04"), "a.csv")
    home.night()
    assert home.in_force(ROSTER, "count(*)") == [(6,)]


def test_split_files_and_any_order_give_the_same_rows(tmp_path):
    rows = table("deaths", 9)
    results = []
    for index, parts in enumerate(([rows], [rows[:5], [rows[0], *rows[5:]]], [[rows[0], *rows[5:]], rows[:5]])):
        home = SmallHome(tmp_path / str(index))
        for part, content in enumerate(parts):
            home.put_table("deaths", content, f"{part}.csv")
        home.night()
        results.append(home.in_force("deaths", "name, id_no, row_key, death_date"))
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("册202405.xlsx", "册202406.xlsx"), ("册2024年9月.xlsx", "册2024年10月.xlsx"), ("册.xlsx", "册(更正).xlsx"),
     ("202405更正/a.csv", "202406/a.csv"), ("202405/a.csv", "202405/a_v2.csv"), ("a(2).csv", "a(3).csv")],
)  # fmt: skip
def test_order_of_names(earlier, later):
    now, before = datetime(2026, 1, 2), datetime(2026, 1, 1)
    assert processing_order(earlier, before) < processing_order(later, before)
    if earlier != "a(2).csv":
        assert processing_order(earlier, now) < processing_order(later, before)

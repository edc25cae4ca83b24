"""The month before, delivered again: told as a correction with its families' names, never as a move of this month."""

from datetime import datetime

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, ROW_BASE, SECRET, publish
from tests.reports.reopened import Reopened

# May as it was delivered first, as number 6; delivery 1 came later and took its place. F3 was not listed, F4 had two
# more members and 900 yuan, F99 is gone.
SIXTH = 6 * ROW_BASE
FIRST_MAY = """
insert into raw.delivery select 6, department, source_table, '花名册_202605_初.xlsx', sheet, 'sha6', $first, rows_in,
    rows_loaded, rows_rejected, rows_skipped, 'superseded', null, 1
from raw.delivery where delivery_id = 1;
"""
LATER = "update raw.delivery set received_at = ? where delivery_id = 1"
ROWS = f"""
insert into staging.assistance_roster
select month, 1, {SIXTH} + row_id % {ROW_BASE}, 6, family_no, category, relation,
    if(family_no = 'F4', 900, household_amount)
from core.roster where month = date '2026-05-01' and family_no <> 'F3';
insert into staging.assistance_roster values (date '2026-05-01', 1, {SIXTH} + 77, 6, 'F99', 'dibao', 'head', 700);
insert into identity.row_identity
select {SIXTH} + row_id % {ROW_BASE}, identity_id from identity.row_identity where row_id // {ROW_BASE} = 1;
"""
ISSUED_MAY = "insert into answers.issued values ('t', 'p', 'finding', 'f', null, date '2026-05-01', ?)"
BETWEEN, AFTER = datetime(2026, 6, 3), datetime(2026, 6, 20)


def written(tmp_path, *, handed_out: datetime | None):
    def change(connection):
        connection.execute(FIRST_MAY, {"first": datetime(2026, 5, 31, 8)})
        connection.execute(LATER, [datetime(2026, 6, 10, 8)])
        connection.execute(ROWS)
        if handed_out:
            connection.execute(ISSUED_MAY, [handed_out])

    path = publish(small_city(), tmp_path / "full.duckdb", change)
    paths = write_month(path, tmp_path / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    return load_workbook(next(path for path in paths if path.name.startswith("月度")))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return written(tmp_path_factory.mktemp("corrected"), handed_out=BETWEEN)


def corrections(book) -> dict[str, dict]:
    return {row["单位"]: row for row in Reopened(book["勾稽"]).rows if row["核对"].startswith("更正")}


def test_the_closing_on_paper_and_the_opening_stand_beside_each_other(book):
    told = corrections(book)
    # 29 families now; then without F3 and with F99.
    assert (told["户"]["左边数"], told["户"]["右边数"], told["户"]["核对结果"]) == (29, 29, "更正")
    assert (told["元"]["左边数"], told["元"]["右边数"]) == (17400 - 600 + 300 + 700, 17400)
    assert told["户"]["说明"].endswith("补列 1 户、删去 1 户、改动 1 户")


def test_the_opening_is_that_of_the_checks(book):
    rows = [row for row in Reopened(book["勾稽"]).rows if row["核对"].startswith("家庭")]
    assert sum(row["期初"] for row in rows) == corrections(book)["户"]["右边数"]


def test_each_family_is_named_and_none_is_a_move(book):
    rows = {row["家庭编号"]: row for row in Reopened(book["家庭变动"]).rows if row["方向"] == "更正"}
    assert {family: row["变动"].split(":")[1] for family, row in rows.items()} == {
        "F3": "补列", "F4": "金额更正", "F99": "删去",
    }  # fmt: skip
    assert "900" in rows["F4"]["转来或转往"] and "600" in rows["F4"]["转来或转往"]
    assert {row[column] for row in rows.values() for column in ("户数增减", "人数增减", "金额增减(元)")} == {0}
    moves = {row["家庭编号"]: row["变动"] for row in Reopened(book["家庭变动"]).rows if row["方向"] != "更正"}
    assert "F3" not in moves and "F99" not in moves


def test_where_the_book_was_handed_out_after_the_correction_there_is_none(tmp_path):
    assert corrections(written(tmp_path, handed_out=AFTER)) == {}


def test_without_a_book_of_that_month_the_first_delivery_counts(tmp_path):
    assert corrections(written(tmp_path, handed_out=None)).keys() == {"户", "人", "元"}


def test_a_month_delivered_once_has_no_such_line(workbooks):
    assert corrections(workbooks["月度核对总表_2026-06.xlsx"]) == {}

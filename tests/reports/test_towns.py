"""The towns' lists: what Civil Affairs asks about people who live there, and nothing of anybody else."""

import pytest

from reports.tokens import row_token
from tests.reports.conftest import NUMBERS
from tests.reports.published import JUNE, SECRET
from tests.reports.reopened import Reopened, all_text

FIXED = ["说明", "跟踪走访", "身份待核", "数据质量"]


def town_book(workbooks, town: str):
    return workbooks[f"区镇清单_{town}_2026-06.xlsx"]


def matters(book) -> list[dict]:
    return [row for name in book.sheetnames if name not in FIXED for row in Reopened(book[name]).rows]


def test_towns_lie_in_a_folder_of_their_own(written):
    assert written["区镇清单_玉山镇_2026-06.xlsx"].parent.name == "区镇"
    assert written["区镇清单_玉山镇_2026-06.xlsx"].parent.parent == written["月度核对总表_2026-06.xlsx"].parent


def test_each_matter_is_in_the_book_of_the_town_where_the_person_lives(workbooks):
    assert town_book(workbooks, "玉山镇").sheetnames[1:] == ["退出后仍发放(缺口)", *FIXED[1:]]
    assert town_book(workbooks, "巴城镇").sheetnames[1:] == ["危房治理与补助", "返困监测", *FIXED[1:]]
    for town in ("玉山镇", "巴城镇"):
        rows = matters(town_book(workbooks, town))
        assert {row["区镇"] for row in rows} == {town}


def test_what_health_alone_receives_is_not_the_towns(workbooks):
    assert all("家庭医生签约缺口" not in town_book(workbooks, town).sheetnames for town in ("玉山镇", "巴城镇"))


def test_the_same_matter_carries_the_same_token_as_in_the_departments_book(workbooks):
    sheet = Reopened(town_book(workbooks, "巴城镇")["危房治理与补助"])
    assert [row["校验码(请勿改动)"] for row in sheet.rows] == [row_token(SECRET, row="finding", key="f04", month=JUNE)]
    assert sheet.rows[0]["状态"] == "待核实"


def test_towns_see_masked_numbers_and_no_fact_of_health(workbooks):
    for town in ("玉山镇", "巴城镇"):
        text = all_text(town_book(workbooks, town))
        assert not [number for number in NUMBERS.values() if number in text]
        assert "就医自付" not in text
    assert "320583********001X" in all_text(town_book(workbooks, "巴城镇"))
    assert "内容不在知悉范围(卫生健康委)" in all_text(town_book(workbooks, "巴城镇"))


def test_bad_rows_of_the_roster_go_to_the_town_they_name(workbooks):
    rows = {town: Reopened(town_book(workbooks, town)["数据质量"]).rows for town in ("玉山镇", "巴城镇")}
    assert {town: sorted(row["来源行号"] for row in found) for town, found in rows.items()} == {
        "玉山镇": [11],
        "巴城镇": [12],
    }


@pytest.mark.parametrize("town", ["玉山镇", "巴城镇"])
def test_the_contents_lead_to_every_sheet(workbooks, town):
    book = town_book(workbooks, town)
    targets = [cell.hyperlink.location for row in book["说明"].iter_rows() for cell in row if cell.hyperlink]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]

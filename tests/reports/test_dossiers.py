"""一户一档: a file per household, on request, and never outside its folder."""

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import NUMBERS, small_city
from tests.reports.published import ISSUED, JUNE, ROW_BASE, SECRET, publish
from tests.reports.reopened import Reopened, all_text


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dossiers")
    city = small_city()
    city.person("P90", "钱某", None)
    city.on_roster(2 * ROW_BASE + 500, "P90", JUNE, "../../F/90", town="../巴城")
    database = publish(city, folder / "full.duckdb")
    write_month(database, folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED, dossiers=True)
    return folder / "outbox" / "2026-06"


def test_every_household_of_the_month_has_one(month):
    files = list((month / "一户一档").rglob("*.xlsx"))
    assert len(files) == 30
    assert (month / "一户一档" / "玉山镇" / "F9.xlsx").is_file()
    assert not (month / "一户一档" / "巴城镇" / "F7.xlsx").exists()


def test_a_family_number_cannot_lead_out_of_the_folder(month):
    strange = [path for path in month.parent.parent.rglob("*90.xlsx")]
    assert len(strange) == 1
    assert strange[0].parent.parent == month / "一户一档"


def test_a_dossier_shows_members_measures_and_open_matters_without_full_numbers(month):
    book = load_workbook(month / "一户一档" / "巴城镇" / "F1.xlsx")
    assert book.sheetnames == ["家庭", "成员", "措施", "事项", "已发放", "部门记录"]
    (member,) = Reopened(book["成员"]).rows
    assert (member["姓名"], member["身份证号码(部分隐去)"]) == ("张三", "320583********001X")
    measures = {row["规则"]: row["情况"] for row in Reopened(book["措施"]).rows}
    assert (measures["返困监测"], measures["危房治理与补助"], measures["技能培训"]) == ("有待办", "未列出", "待建")
    assert [row["性质"] for row in Reopened(book["事项"]).rows] == ["缺口"]
    assert {row["部门"] for row in Reopened(book["部门记录"]).rows} == {"民政局", "卫生健康委"}
    assert NUMBERS["P1"] not in all_text(book)

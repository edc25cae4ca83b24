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
    city.measures.append(("F1", "housing_gap", "三(三)1", "住房保障", "received", "正在享受住房保障", JUNE, 0,
                          "housing", "housing_security", "名册.csv", None, 12))  # fmt: skip
    city.measures.append(("F1", "relapse", "三(五)4", "返困监测", "due", "有返困风险", JUNE, 1, *[None] * 5))
    city.known.append(("F1", "P1", "health", "medical_settlements", "有医疗费用结算", None, None, 3, True,
                       "结算_01.csv", None, 9, 4))  # fmt: skip
    database = publish(city, folder / "full.duckdb")
    write_month(
        database, folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED, dossiers=True, protected=frozenset({"P4"})
    )
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
    first, second = Reopened(book["措施"]).rows
    assert (first["规则"], first["情况"], first["凭什么"]) == ("返困监测", "应享未享", "有返困风险")
    assert (second["情况"], second["部门"], second["来源文件"], second["来源行号"]) == (
        "已享",
        "住建局",
        "名册.csv",
        12,
    )
    assert [row["性质"] for row in Reopened(book["事项"]).rows] == ["缺口"]
    (known,) = Reopened(book["部门记录"]).rows
    assert (known["部门"], known["事实"], known["日期"], known["条数"]) == ("卫生健康委", "有医疗费用结算", None, 3)
    family = {row[0].value: row[1].value for row in book["家庭"].iter_rows()}
    assert (family["待办事项"], family["一对一联系人"]) == ("缺口 1 条,核实 0 条", "(请填写)")
    assert NUMBERS["P1"] not in all_text(book)


def test_the_community_of_a_protected_persons_family_is_left_out(month):
    shown = all_text(load_workbook(month / "一户一档" / "巴城镇" / "F1.xlsx"))
    hidden = all_text(load_workbook(month / "一户一档" / "巴城镇" / "F4.xlsx"))
    assert "新城社区" in shown
    assert "巴城镇" in hidden
    assert "新城社区" not in hidden

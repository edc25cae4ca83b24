"""Every table is recognised by its own headings, however they are written, ordered and surrounded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.headings import accepted_headings, fold, match, stated_unit
from connectors.recognise import Fit, Recogniser, Unrecognised
from tests.connectors.small_home import CONTRACTS, table

RECOGNISER = Recogniser(CONTRACTS)
UNKNOWN = st.sampled_from(["序号", "备注", "录入人", "操作时间", "经办机构", "民族", "学历", "银行账号", None])
DECORATION = st.sampled_from(["{}", " {} ", "*{}", "{}:", "{}：", "{}（必填）", "　{}", "{}\n"])


@st.composite
def headings(draw, name):
    """One accepted heading per column, in any order, decorated, with unknown columns between."""
    contract = CONTRACTS[name]
    printed = [draw(st.sampled_from(column.headings)) for column in contract.columns.values()]
    printed = [draw(DECORATION).format(heading) for heading in printed]
    return draw(st.permutations(printed + draw(st.lists(UNKNOWN, max_size=3, unique=True))))


def found(rows, department=None, names=""):
    return RECOGNISER.recognise(rows, department=department, names=names)


@pytest.mark.parametrize("name", CONTRACTS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_own_headings_are_recognised_anywhere(name, data):
    fit = found([data.draw(headings(name))])
    assert isinstance(fit, Fit)
    assert fit.contract.table == name
    assert fit.sources.keys() == CONTRACTS[name].columns.keys()


@pytest.mark.parametrize("name", CONTRACTS)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_optional_columns_may_be_absent_in_the_own_folder(name, data):
    contract = CONTRACTS[name]
    kept = [
        column for column in contract.columns.values() if column.required or data.draw(st.booleans(), label=column.name)
    ]
    row = [data.draw(st.sampled_from(column.headings)) for column in kept]
    fit = found([row], contract.department, contract.title)
    assert isinstance(fit, Fit)
    assert fit.contract.table == name


def test_a_list_with_everybodys_headings_is_not_believed_in_a_foreign_folder():
    """Payments without the kind of benefit look like pensions: month, name, number, amount."""
    row = ["发放月份", "姓名", "身份证号码", "发放金额"]
    assert isinstance(found([row], "civil_affairs"), Unrecognised)
    assert found([row], "hr_social_security").contract.table == "pensions"


def test_a_table_that_fits_two_is_refused_unless_a_name_tells():
    row = ["姓名", "身份证号码", "性别", "死亡日期"]
    assert found([row], "civil_affairs").contract.table == "deaths"
    assert isinstance(found([row], "health"), Unrecognised)


def test_heading_below_titles_and_blank_rows():
    rows = [["某市救助对象花名册", *[None] * 20], [None] * 21, *table("assistance_roster")]
    rows = [row[:20] for row in rows]
    assert found(rows).rows == (2,)


def test_two_heading_rows_with_merged_groups():
    upper = ["统计月份", "家庭编号", "户主", None, "成员", None, "救助类别", "享受起始日期"]
    lower = [None, None, "姓名", "身份证号", "姓名", "身份证号", None, None]
    fit = found([upper, lower, ["2024-05", "F1", "甲", "1", "乙", "2", "低保", "2024-01-01"]])
    assert fit.rows == (0, 1)
    assert {name: sources[0].position for name, sources in fit.sources.items()} == {
        "month": 0, "family_no": 1, "head_name": 2, "head_id_no": 3, "name": 4, "id_no": 5, "category": 6,
        "start_date": 7,
    }  # fmt: skip


def test_group_over_details_that_stand_alone():
    upper = ["基本信息", None, None, "发放信息", None]
    lower = ["姓名", "身份证号", "家庭编号", "发放项目", "发放金额"]
    fit = found([[*upper, "发放月份"], [*lower, None]])
    assert fit.contract.table == "benefit_payments"
    assert fit.rows == (0, 1)


def test_item_codes_and_field_names_cut_to_ten_bytes():
    assert found([["AAE003", "aac003", "AAC002", "参保身份", "AAE180"]]).contract.table == "contributions"
    cut = [heading.encode("gb18030")[:10].decode("gb18030", "ignore") for heading in
           (column.headings[0] for column in CONTRACTS["assistance_exits"].columns.values())]  # fmt: skip
    fit = found([cut])
    assert fit.contract.table == "assistance_exits"
    assert fit.sources.keys() == CONTRACTS["assistance_exits"].columns.keys()


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_table_survives_field_names_of_ten_bytes(name):
    row = [
        column.headings[0].encode("gb18030")[:10].decode("gb18030", "ignore")
        for column in CONTRACTS[name].columns.values()
    ]
    fit = found([row])
    assert fit.contract.table == name
    assert fit.sources.keys() == CONTRACTS[name].columns.keys()


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("总费用", None),
        ("总费用/万元", "万元"),
        ("总费用(元)", "元"),
        ("总费用（万元）", "万元"),
        ("总费用[分]", "分"),
        ("总费用(单位:万元)", "万元"),
        ("总费用分", "分"),
        ("总费用元", "元"),
        ("总费用（￥）", "元"),
    ],
)
def test_unit_in_the_heading(heading, unit):
    assert match(fold(heading), accepted_headings(CONTRACTS["medical_settlements"])).unit == unit


@pytest.mark.parametrize("heading", ["总费用(元/年)", "总费用美元", "姓名(户主)", "姓名拼音", "总费用合计", "名"])
def test_another_thing_is_not_the_column(heading):
    assert match(fold(heading), accepted_headings(CONTRACTS["medical_settlements"])) is None


def test_unit_of_a_title():
    assert stated_unit("单位：万元") == stated_unit("计量单位:万元") == stated_unit("（单位：户、人、万元）") == "万元"
    assert stated_unit("填报单位:分局") is None

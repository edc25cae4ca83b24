"""The eighteen contracts, and what a mistake in one is told."""

import tomllib

import pytest

from connectors.contract import DELIVERIES, FOLDER, TYPES, load_contracts
from tests.connectors.small_home import CONTRACTS
from warehouse.errors import BangfuError
from warehouse.home import DEPARTMENTS

GOOD = """title = "甲"
delivery = "snapshot"
key = ["name"]
[columns.name]
headings = ["姓名"]
type = "text"
required = true
[columns.sex]
headings = ["性别"]
type = "code"
codes = { "男" = "male" }
"""


def test_eighteen_tables_of_five_departments():
    assert len(CONTRACTS) == 18
    assert {one.department for one in CONTRACTS.values()} == set(DEPARTMENTS)
    per_department = [sum(one.department == name for one in CONTRACTS.values()) for name in DEPARTMENTS]
    assert per_department == [4, 6, 1, 4, 3]


@pytest.mark.parametrize("name", CONTRACTS)
def test_structure(name):
    contract = CONTRACTS[name]
    assert contract.title
    assert contract.delivery in DELIVERIES
    assert set(contract.key) <= contract.columns.keys()
    assert contract.columns["name"].required
    assert (contract.month_column is not None) == (name in MONTHLY)
    for column in contract.columns.values():
        assert column.type in TYPES
        assert column.headings
        assert bool(column.codes) == (column.type == "code")
    content = tomllib.loads((FOLDER / contract.department / f"{name}.toml").read_text(encoding="utf-8"))
    assert content["columns"].keys() == contract.columns.keys()


MONTHLY = {"assistance_roster", "benefit_payments", "contributions", "pensions"}
PROTECTING = [("assistance_exits", "grace_until"), ("dangerous_houses", "subsidy_paid")]
SUMMED = ["basic_paid", "major_paid", "aid_paid", "copay", "eligible_selfpay", "other_selfpay"]


@pytest.mark.parametrize(("table", "column"), [*PROTECTING, *(("medical_settlements", name) for name in SUMMED)])
def test_a_sum_or_a_protection_is_never_unknown(table, column):
    assert not CONTRACTS[table].columns[column].keep_unreadable


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "甲"', "", ["title", "缺少"]),
        ('title = "甲"', 'title = "甲"\nglob = "*"', ["glob", "不认识"]),
        ('"snapshot"', '"weekly"', ["delivery", "snapshot"]),
        ('["name"]', '["number"]', ["key", "number", "不是本表的列"]),
        ('["name"]', "[]", ["key", "不能为空"]),
        ('["性别"]', '["性 别", "姓名"]', ["columns.sex", "姓名", "已属于name"]),
        ('["性别"]', "[]", ["columns.sex", "至少写一个"]),
        ('type = "text"', 'type = "string"', ["columns.name", "type", "text"]),
        ('type = "text"', 'type = "text"\nunreadable = "keep"', ["unreadable", "必填"]),
        ('type = "text"', 'type = "text"\ndefault = "x"', ["default", "不认识"]),
        ('codes = { "男" = "male" }', "", ["columns.sex", "代码表"]),
        ('"男" = "male"', '"男" = "male", "Ｍ" = "male", "M" = "female"', ["M", "两个代码"]),
        ('"男" = "male"', '"男" = "male", "女" = 2', ["全是文字"]),
        ("columns.name", "columns.row_id", ["row_id", "重名"]),
        ('title = "甲"', "title = ", ["TOML"]),
        ('title = "甲"', 'title = "甲"\ntitle = "乙"', ["TOML"]),
    ],
)
def test_a_mistake_is_told_with_place_and_remedy(tmp_path, old, new, words):
    folder = tmp_path / "housing"
    folder.mkdir()
    (folder / "thing.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BangfuError) as told:
        load_contracts(tmp_path)
    for word in ["housing/thing.toml", "处理办法", *words]:
        assert word in str(told.value)


def test_a_good_contract_loads(tmp_path):
    (tmp_path / "housing").mkdir()
    (tmp_path / "housing" / "thing.toml").write_text(GOOD, encoding="utf-8")
    assert load_contracts(tmp_path)["thing"].columns["sex"].codes == {"男": "male"}


def test_one_table_in_two_departments(tmp_path):
    for department in ("housing", "health"):
        (tmp_path / department).mkdir()
        (tmp_path / department / "thing.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BangfuError, match="重复"):
        load_contracts(tmp_path)

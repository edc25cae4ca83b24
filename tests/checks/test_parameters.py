"""Parameters: dated, cited, overridable by a home, and refused with a reason when not understood."""

import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from checks.parameters import load_parameters
from warehouse.errors import BangfuError

POLICY = Path(__file__).parents[2] / "policy"
WAIT = """
label  = "期限"
unit   = "个月"
clause = "三(五)3"
type   = "integer"
"""


def policy_folder(root: Path, **files: str) -> Path:
    (root / "parameters").mkdir(parents=True)
    for name, text in files.items():
        (root / "parameters" / f"{name}.toml").write_text(text, encoding="utf-8")
    return root


def value(day: str, amount: str, cite: str = "某文件第一条") -> str:
    return f'[[value]]\nfrom = {day}\nvalue = {amount}\ncite = "{cite}"\n'


def load(project: Path, home: Path | None = None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    load_parameters(connection, project, home)
    return connection


def test_every_parameter_of_the_project_loads_and_every_value_has_a_cite():
    connection = load(POLICY)
    rows = connection.execute("select name, is_set, cite, unit, clause, why_unset from policy.parameter").fetchall()
    assert len({row[0] for row in rows}) > 20
    for name, is_set, cite, unit, clause, why_unset in rows:
        assert bool(cite) == is_set and unit and clause, name
        assert is_set or why_unset, name


def test_an_unset_parameter_is_an_empty_table_with_its_columns():
    connection = load(POLICY)
    columns = connection.execute("select valid_from, scope, value, cite from policy.medical_burden_threshold")
    assert columns.fetchall() == []
    shown = connection.execute("select value, is_set from policy.parameter where name = 'dibao_standard'")
    assert shown.fetchall() == [(None, False)]


def test_money_and_shares_are_exact_decimals():
    shares = load(POLICY).execute("select category, value from policy.rural_rebuild_share").fetchall()
    assert dict(shares) == {"dibao_edge": Decimal("0.3000"), "dibao": Decimal("0.5000")}


def test_a_home_value_replaces_the_one_of_its_date_and_stands_beside_the_others(tmp_path):
    project = policy_folder(tmp_path / "p", wait=WAIT + value("2017-05-04", "6") + value("2024-01-01", "5"))
    home = policy_folder(tmp_path / "h", wait=value("2017-05-04", "7") + value("2020-01-01", "8"))
    rows = load(project, home).execute("select valid_from, value from policy.wait order by valid_from").fetchall()
    assert rows == [(datetime.date(2017, 5, 4), 7), (datetime.date(2020, 1, 1), 8), (datetime.date(2024, 1, 1), 5)]


def test_a_home_sets_what_the_project_leaves_open(tmp_path):
    text = '[[value]]\nfrom = 2024-01-01\nscope = "own"\nvalue = 12000.50\ncite = "示例"\n'
    home = policy_folder(tmp_path, medical_burden_threshold=text)
    rows = load(POLICY, home).execute("select scope, value from policy.medical_burden_threshold").fetchall()
    assert rows == [("own", Decimal("12000.5000"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WAIT, "没有任何取值"),
        (WAIT + value("2017-05-04", "6") + value("2017-05-04", "7"), "有两个取值"),
        (WAIT + value("2017-05-04", '"6"'), "类型不对"),
        (WAIT + value("2017-05-04", "6.5"), "类型不对"),
        (WAIT + value("2017-05-04", "true"), "类型不对"),
        (WAIT + value('"2017-05-04"', "6"), "不是日期"),
        (WAIT + value("2017-05-04T00:00:00", "6"), "不是日期"),
        (WAIT + value("2017-05-04", "6", cite=" "), "没有 cite"),
        (WAIT + "[[value]]\nfrom = 2017-05-04\nvalue = 6\n", "没有 cite"),
        (WAIT + value("2017-05-04", "6") + "until = 2018-01-01\n", "不认识的项 until"),
        (WAIT.replace('"integer"', '"number"') + value("2017-05-04", "6"), "不认识"),
        (WAIT.replace('clause = "三(五)3"', "") + value("2017-05-04", "6"), "缺少 clause"),
        (WAIT + "[[value]\n", "TOML"),
    ],
)
def test_a_parameter_file_that_is_wrong_is_refused_with_file_and_reason(tmp_path, text, found):
    with pytest.raises(BangfuError) as refused:
        load(policy_folder(tmp_path, wait=text))
    assert found in str(refused.value) and "wait.toml" in refused.value.where and refused.value.remedy


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("wait", 'unit = "天"\n' + value("2020-01-01", "8"), "单位"),
        ("wiat", value("2020-01-01", "8"), "没有叫这个名字"),
        ("wait", value("2020-01-01", "8") + value("2020-01-01", "9"), "有两个取值"),
        ("wait", 'why_unset = "x"\n', "不认识的项"),
    ],
)
def test_a_home_file_that_is_wrong_is_refused(tmp_path, name, text, found):
    project = policy_folder(tmp_path / "p", wait=WAIT + value("2017-05-04", "6"))
    with pytest.raises(BangfuError, match=found):
        load(project, policy_folder(tmp_path / "h", **{name: text}))


TIERS = """
label = "分段"
unit = "元"
clause = "三(一)1"
key = ["above"]
tier = "above"
why_unset = "未定"
[columns]
per = "text"
above = "decimal"
share = "decimal"
[choices]
per = ["month", "year"]
"""


def tier(above: str, *, per: str = "year", day: str = "2024-01-01") -> str:
    return f'[[value]]\nfrom = {day}\nper = "{per}"\nabove = {above}\nshare = 0.5\ncite = "示例"\n'


def test_tiers_of_a_home_are_taken_whole_from_nought_on(tmp_path):
    project = policy_folder(tmp_path / "p", tiers=TIERS)
    home = policy_folder(tmp_path / "h", tiers=tier("0") + tier("10000.5") + tier("0", per="month", day="2025-01-01"))
    rows = load(project, home).execute("select above, per from policy.tiers order by valid_from, above").fetchall()
    assert rows == [(Decimal("0.0000"), "year"), (Decimal("10000.5000"), "year"), (Decimal("0.0000"), "month")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (tier("1") + tier("10000"), "不从 0 开始"),
        (tier("0") + tier("5000") + tier("3000", day="2025-01-01"), "2025-01-01 起的分段不从 0 开始"),
        (tier("0") + tier("0"), "有两个取值"),
        (tier("0", per="day"), "不认识"),
        (tier("0") + tier("5000", per="month"), "不一致"),
    ],
)
def test_tiers_with_a_gap_or_of_two_kinds_are_refused(tmp_path, text, found):
    project = policy_folder(tmp_path / "p", tiers=TIERS)
    with pytest.raises(BangfuError, match=found):
        load(project, policy_folder(tmp_path / "h", tiers=text))

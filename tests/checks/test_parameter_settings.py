"""Local values: set, refused with the reason and nothing changed, and read back as a night would."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest

from checks.clauses import load_clauses
from checks.parameter_files import read_parameters
from checks.parameter_settings import LocalSettings, Typed, problems
from checks.parameter_text import describe_settings
from warehouse.errors import BangfuError

POLICY = Path(__file__).parents[2] / "policy"
DAY = datetime.date(2026, 7, 1)
TIERS = ("per=year,above=0,share=0.5", "per=year,above=20000,share=0.7")


def put(home: Path, name: str, *rows: str, day: datetime.date = DAY, cite: str = "某市文件", **more):
    return LocalSettings(POLICY, home, name).set(Typed(rows, day, cite), **more)


def values(home: Path, name: str) -> list[tuple]:
    parameter = next(one for one in read_parameters(POLICY, home) if one.name == name)
    return [(value.valid_from, *value.cells.values()) for value in parameter.values if value.is_local]


def files(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (home / "parameters").glob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("name", "rows", "stored"),
    [
        ("dibao_standard", ["1170"], [(DAY, 1170)]),
        ("dibao_standard", ["１１７０．５０"], [(DAY, Decimal("1170.50"))]),
        ("dibao_standard", ["1E+3"], [(DAY, 1000)]),
        ("dwelling_limit", ["2"], [(DAY, 2)]),
        ("medical_burden_threshold", ["scope=own,value=30000"], [(DAY, "own", 30000)]),
        ("medical_aid_tiers", TIERS, [(DAY, "year", 0, Decimal("0.5")), (DAY, "year", 20000, Decimal("0.7"))]),
        ("good_refusal_reasons", ["住院、怀孕，上学"], [(DAY, ["住院", "怀孕", "上学"])]),
    ],
)
def test_what_is_set_is_what_a_night_reads(tmp_path, name, rows, stored):
    put(tmp_path, name, *rows)
    assert values(tmp_path, name) == stored
    assert problems(POLICY, tmp_path) == []


def test_a_second_date_stands_behind_the_first_and_remarks_stay(tmp_path):
    put(tmp_path, "dibao_standard", "1130", day=datetime.date(2025, 7, 1))
    file = tmp_path / "parameters" / "dibao_standard.toml"
    file.write_text("# 王某录入\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    put(tmp_path, "dibao_standard", "1170")
    assert [value for _, value in values(tmp_path, "dibao_standard")] == [1130, 1170]
    assert file.read_text(encoding="utf-8").startswith("# 王某录入\n")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_value_gives_way_only_when_that_is_said(tmp_path):
    put(tmp_path, "dibao_standard", "1170")
    with pytest.raises(BangfuError, match="已有本地取值"):
        put(tmp_path, "dibao_standard", "1180")
    put(tmp_path, "dibao_standard", "1180", replace=True)
    assert values(tmp_path, "dibao_standard") == [(DAY, 1180)]


def test_one_of_two_series_of_a_date_may_follow_the_other(tmp_path):
    put(tmp_path, "medical_burden_threshold", "scope=own,value=30000")
    put(tmp_path, "medical_burden_threshold", "scope=household,value=50000")
    assert len(values(tmp_path, "medical_burden_threshold")) == 2


def test_tiers_of_a_date_are_one_thing(tmp_path):
    put(tmp_path, "medical_aid_tiers", *TIERS)
    with pytest.raises(BangfuError, match="已有本地取值"):
        put(tmp_path, "medical_aid_tiers", "per=year,above=50000,share=0.8")
    put(tmp_path, "medical_aid_tiers", "per=month,above=0,share=0.6", replace=True)
    assert values(tmp_path, "medical_aid_tiers") == [(DAY, "month", 0, Decimal("0.6"))]


@pytest.mark.parametrize(
    ("name", "rows", "more", "found"),
    [
        ("dibao_standart", ["1"], {}, "是不是 dibao_standard"),
        ("../dibao_standard", ["1"], {}, "没有叫这个名字"),
        ("dibao_standard", ["1180元"], {}, "不是数"),
        ("dibao_standard", ["1,180"], {}, "不是数"),
        ("dibao_standard", ["-1"], {}, "超出范围"),
        ("dibao_standard", ["NaN"], {}, "不是数"),
        ("dibao_standard", ["1170.12345"], {}, "至多四位小数"),
        ("dibao_standard", ["1E+20"], {}, "超出范围"),
        ("dibao_standard", ["1170"], {"cite": " "}, "没有 cite"),
        ("dibao_standard", ["1170"], {"unit": "元/人·年"}, "单位是 元/人·月"),
        ("dibao_standard", ["1170"], {"day": datetime.date(2206, 7, 1)}, "年份不对"),
        ("dibao_standard", ["1170", "1180"], {}, "有两个取值"),
        ("hiring_subsidy_share", ["20"], {}, "0 到 1 之间"),
        ("dwelling_limit", ["1.5"], {}, "不是整数"),
        ("medical_burden_threshold", ["30000"], {}, "scope=…,value=…"),
        ("medical_burden_threshold", ["scope=own"], {}, "各项不齐"),
        ("medical_burden_threshold", ["scope=本人,value=1"], {}, "own、household"),
        ("medical_aid_tiers", [TIERS[1]], {}, "不从 0 开始"),
        ("medical_aid_tiers", [TIERS[0], TIERS[0]], {}, "有两个取值"),
        ("medical_aid_tiers", [TIERS[0], "per=month,above=1,share=0.7"], {}, "不一致"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_changes(tmp_path, name, rows, more, found):
    put(tmp_path, "dibao_standard", "1130", day=datetime.date(2025, 7, 1))
    before = files(tmp_path)
    with pytest.raises(BangfuError, match=re.escape(found)):
        put(tmp_path, name, *rows, **more)
    assert files(tmp_path) == before


def test_a_value_is_taken_away_again(tmp_path):
    put(tmp_path, "dibao_standard", "1130", day=datetime.date(2025, 7, 1))
    put(tmp_path, "dibao_standard", "1170")
    LocalSettings(POLICY, tmp_path, "dibao_standard").remove(DAY)
    assert values(tmp_path, "dibao_standard") == [(datetime.date(2025, 7, 1), 1130)]
    with pytest.raises(BangfuError, match="没有本地设定的"):
        LocalSettings(POLICY, tmp_path, "dibao_standard").remove(DAY)


def test_tiers_come_from_a_prepared_file(tmp_path):
    prepared = tmp_path / "分段.toml"
    entry = '[[value]]\nfrom = 2026-01-01\nper = "year"\nabove = {}\nshare = {}\ncite = "示例"\n'
    prepared.write_text(entry.format(0, 0.5) + entry.format(10000, 0.6), encoding="utf-8")
    LocalSettings(POLICY, tmp_path / "home", "medical_aid_tiers").take(prepared)
    assert len(values(tmp_path / "home", "medical_aid_tiers")) == 2
    prepared.write_text('unit = "万元"\n' + entry.format(0, 0.5), encoding="utf-8")
    with pytest.raises(BangfuError, match="单位与规定的不同"):
        LocalSettings(POLICY, tmp_path / "home", "medical_aid_tiers").take(prepared)


GOOD = '[[value]]\nfrom = 2026-07-01\nvalue = 1170\ncite = "某市文件"\n'


@pytest.mark.parametrize(
    ("file", "content", "found"),
    [
        ("dibao_standard.toml", GOOD.encode("gbk"), "第 4 行不是 UTF-8 文字"),
        ("dibao_standard.toml", GOOD.encode("utf-16"), "UTF-16"),
        ("dibao_standard.toml", GOOD.replace('"某市文件"', "“某市文件”").encode(), "第 4 行.*全角"),
        ("dibao_standard.toml", GOOD.replace("2026-07-01", "2026-7-1").encode(), "第 2 行"),
        ("dibao_standard.toml", GOOD.replace("value = 1170", "value = 1,170").encode(), "第 3 行"),
        ("dibao_standard.toml", GOOD.replace("value = 1170", "value = 1\nvalue = 2").encode(), "第 4 行.*写了两次"),
        ("dibao_standard.toml.txt", GOOD.encode(), "去掉末尾的 .txt"),
        ("dibao_standart.toml", GOOD.encode(), "改名为 dibao_standard.toml"),
        ("dibao_standard.toml", b"value = 1170\n", "没有写成 \\[\\[value\\]\\]"),
    ],
)
def test_a_file_spoilt_by_hand_is_named_with_its_line(tmp_path, file, content, found):
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / file).write_bytes(content)
    (told,) = problems(POLICY, tmp_path)
    assert re.search(found, told)
    assert file.removesuffix(".txt") in told
    with pytest.raises(BangfuError):
        read_parameters(POLICY, tmp_path)


def test_the_mark_and_line_ends_of_notepad_do_no_harm(tmp_path):
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "dibao_standard.toml").write_bytes(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert values(tmp_path, "dibao_standard") == [(DAY, 1170)]
    put(tmp_path, "dibao_standard", "1200", day=datetime.date(2027, 7, 1))
    assert len(values(tmp_path, "dibao_standard")) == 2


def test_the_list_says_what_waits_for_what(tmp_path):
    put(tmp_path, "medical_burden_threshold", "scope=own,value=30000")
    told = describe_settings(POLICY, tmp_path, load_clauses(POLICY))
    unset, given = told.split("【已设定")
    assert "等待它的规则:招用帮扶对象的补贴、公益性岗位补贴" in unset
    assert "bangfu settings set minimum_wage 数值 --from" in unset
    assert "未设定(scope=household)" in unset
    assert "2026-07-01 起:scope=own,value=30000  本地设定,依据:某市文件" in unset
    assert "refusal_wait_months" in given
    assert "minimum_wage" not in given

"""Amounts, counts, codes and texts: exact, or not read at all."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.amounts import UNITS, read_measure, read_yuan
from connectors.cast import CLEAN_AMOUNT, Caster
from connectors.values import (
    BLANK,
    OUTER,
    Problem,
    Value,
    clean,
    fold_code,
    read_code,
    read_count,
    read_number_of_document,
    read_person_name,
    read_text,
    unwrap,
)
from tests.connectors.small_home import CONTRACTS

amounts = st.decimals(min_value=0, max_value=99_999_999, places=2)
FORMS = [
    str,
    lambda a: f"{a:,}",
    lambda a: f"￥{a}",
    lambda a: f"¥{a:,}",
    lambda a: f"{a}元",
    lambda a: f" {a} ",
    lambda a: f"{(a / 10000):f}万元",
    lambda a: f"{(a / 10000):f}万",
    lambda a: f"+{a}",
    lambda a: f"{a}0000",
]


@settings(deadline=None)
@given(amounts, st.sampled_from(FORMS))
def test_every_form_of_an_amount_is_exact(amount, form):
    assert read_yuan(form(amount)) == Value(amount)


@settings(deadline=None)
@given(amounts, st.sampled_from(list(UNITS)))
def test_units_of_the_heading(amount, unit):
    printed = format(amount.scaleb(-UNITS[unit]), "f")
    assert read_yuan(printed, unit) == Value(amount)
    assert read_yuan(f"-{printed}", unit) == Value(-amount)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-E+万元分", max_size=14), st.sampled_from(["元", "万元", "分"]))
def test_the_fast_way_reads_as_the_slow_one(text, unit):
    column = CONTRACTS["medical_settlements"].columns["copay"]
    caster = Caster(column, unit, None)
    result = caster.cast(pa.array([text or None], pa.string()))
    slow = read_yuan(text, unit)
    assert result.values[0].as_py() == (slow.content if isinstance(slow, Value) else None)
    assert bool(result.problems) == isinstance(slow, Problem)


def test_all_fast_units_are_tried():
    assert set(CLEAN_AMOUNT) <= {0, 4, -2}


@pytest.mark.parametrize(
    "text",
    ["待定", "12.5.3", "1,2,3", "12,34", "1.2E+05", "1200元/年", "约500", "500左右", "100-200", "(100)", "99999999999",
     "一百", "0x10", "1200$", "--5", "零", "免费", "#错误"],
)  # fmt: skip
def test_unreadable_amounts_never_become_zero(text):
    reading = read_yuan(text)
    assert isinstance(reading, Problem)
    assert text not in reading.reason


@pytest.mark.parametrize("text", ["", "－", "无", "—", "/", " - "])
def test_blank_amounts(text):
    assert read_yuan(text) == read_measure(text) == read_count(text) == BLANK


def test_a_unit_in_the_cell_overrules_the_heading():
    assert read_yuan("1.2万", "万元") == Value(Decimal("12000.00"))
    assert read_yuan("12000元", "万元") == Value(Decimal("12000.00"))
    assert read_yuan("1234", "分") == Value(Decimal("12.34"))
    assert read_yuan("820元/月", "万元") == Value(Decimal("820.00"))


def test_half_a_yuan_as_a_database_prints_it():
    assert read_yuan(".5") == read_yuan("￥.50元") == read_measure(".5") == Value(Decimal("0.50"))
    assert isinstance(read_yuan("."), Problem)


def test_computed_averages_are_rounded_to_the_fen():
    assert read_yuan("0.30000000000000004") == Value(Decimal("0.30"))
    assert read_yuan("1234.565") == Value(Decimal("1234.57"))


@pytest.mark.parametrize("text", ["85㎡", "85平米", "85.00", "８５", "85 m²", "85平方米"])
def test_areas(text):
    assert read_measure(text) == Value(Decimal("85.00"))


@pytest.mark.parametrize(("text", "count"), [("4", 4), ("4人", 4), ("4 人", 4), ("4.0", 4), ("４", 4), ("0", 0)])
def test_counts(text, count):
    assert read_count(text) == Value(count)


@pytest.mark.parametrize("text", ["4.5", "-1", "四", "4-5", "99999999999"])
def test_unreadable_counts(text):
    assert isinstance(read_count(text), Problem)


def test_codes():
    category = CONTRACTS["assistance_roster"].columns["category"].codes
    for text in ("低保", " 低 保 ", "低保\u3000", "(低保)", "【低保】"):
        assert read_code(text, category) == Value("dibao")
    assert isinstance(read_code("五保", category), Problem)
    assert read_code("－", category) == BLANK
    assert read_code("无", CONTRACTS["assistance_roster"].columns["care_need"].codes) == Value("none")
    assert read_code("Ⅱ级", CONTRACTS["disability_certificates"].columns["grade"].codes) == Value(2)


def test_floats_of_other_programs():
    assert read_code("2.0", CONTRACTS["disability_certificates"].columns["grade"].codes) == Value(2)
    assert read_count("2.0") == Value(2)


@pytest.mark.parametrize("text", ["欧阳建国", "买买提·艾力", "张三(户主)", "王莹（王字旁）", "张 三", "李四\n", "A,B"])
def test_one_person(text):
    assert isinstance(read_person_name(text), Value)


def test_texts_lose_only_their_wrapping():
    assert read_text(' ="00123" ') == Value("00123")
    assert read_text("'00123\t") == Value("00123")
    assert read_text("张 三（户主）") == Value("张 三（户主）")
    assert read_number_of_document("\ufeff 3205831985x\u3000") == Value("3205831985x")
    assert read_number_of_document('="320"') == Value('="320"')
    assert isinstance(read_text("#错误"), Problem)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=("Lo", "Nd", "Zs"), include_characters="'=\"()（）【】\u200b,.-")))
def test_cleaning_is_stable(text):
    assert clean(clean(text)) == clean(text) or "'" in text or '="' in text
    assert unwrap(text) == unwrap(text).strip(OUTER)
    assert fold_code(fold_code(text)) == fold_code(text) or any(mark in text for mark in "'([【〔「（=［")

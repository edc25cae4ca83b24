"""Keys of whole columns agree with the one-number check, and damaged parts give none."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.row_key import folded, key_texts, valid_numbers
from tests.connectors.small_home import CONTRACTS, number
from warehouse.resident_number import is_valid

digits = st.text(alphabet="0123456789X", min_size=16, max_size=19)
slipped = st.builds(
    lambda serial, place, digit: (lambda n: n[:place] + digit + n[place + 1 :])(number(serial)),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from("0123456789X"),
)


@settings(deadline=None)
@given(st.lists(digits | slipped | st.none(), max_size=8))
def test_whole_columns_agree_with_the_single_check(numbers):
    found = valid_numbers(pa.array(numbers, pa.string())).to_pylist()
    for text, valid in zip(numbers, found, strict=True):
        if text is not None and is_valid(text):
            assert valid
        if valid:
            assert number_of_a_person(text)


def number_of_a_person(text):
    """What passes has the right check; ages and provinces are matching's judgement."""
    return len(text) == 18 and text[:17].isdigit() and is_check(text)


def is_check(text):
    from warehouse.resident_number import check_character

    return check_character(text[:17]) == text[17]


def test_texts_are_folded():
    column = pa.array(["ａB 1\u200b", "ab1", None])
    assert folded(column).to_pylist() == ["AB1", "AB1", None]


def test_certificates_with_blanks_are_one_and_damaged_ones_none():
    contract = CONTRACTS["disability_certificates"]
    whole = number(7) + "42"
    spaced = " ".join(whole[place : place + 4] for place in range(0, 20, 4))
    column = pa.array([whole, spaced, whole[:15] + "00000", whole[:18], whole + "b1", None])
    keys = key_texts(contract, {"disability_no": column}, 6).to_pylist()
    assert keys == [whole, whole, None, None, whole + "B1", None]


def test_a_missing_part_is_no_key():
    contract = CONTRACTS["deaths"]
    column = pa.array([number(1)])
    assert key_texts(contract, {"id_no": column, "name": column}, 1).to_pylist() == [None]


@pytest.mark.parametrize("damaged", ["2.02605E+15", "2E+15", "202605000000000000", "0", "无", "-", "2026****"])
def test_a_key_that_lost_its_end_is_that_of_the_whole_row(damaged):
    """Otherwise one month's referrals would put those of other people out of force."""
    contract = CONTRACTS["job_referrals"]
    columns = {"referral_no": pa.array([damaged] * 3), "name": pa.array(["张三", "李四", "李四"])}
    first, second, again = key_texts(contract, columns, 3).to_pylist()
    assert first != second == again != damaged


def test_a_number_that_only_ends_in_zeros_is_a_key():
    columns = {"referral_no": pa.array(["202605000000000000", "202605000000000001", "JS2E+5"])}
    assert key_texts(CONTRACTS["job_referrals"], columns, 3).to_pylist() == columns["referral_no"].to_pylist()


def test_a_word_for_nothing_beside_a_persons_number_stays_a_key():
    columns = {"course_no": pa.array(["无"]), "id_no": pa.array([number(1)])}
    assert key_texts(CONTRACTS["training"], columns, 1).to_pylist() == [f"无\x1f{number(1)}"]

"""Folding of names and how two of them agree."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matching.compare import STRONG, WEAK, agreement
from matching.names import fold_name
from matching.private_use import STANDARD_CODE_POINT

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))["pair"]
CHARACTERS = some.sampled_from("张王李伟芳娜建国·•. （）()?□*䶮龑\ue863偉Ａb1床之子氏某")
NAMES = some.text(CHARACTERS, max_size=8)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " ~ ".join(pair["names"]))
def test_pairs_agree_as_a_careful_clerk_would_say(pair):
    left, right = map(fold_name, pair["names"])
    allowed = {"certain": STRONG, "probable": WEAK, "never": ("disagree",)}[pair["link"]]
    assert agreement(left, right) in allowed, pair["why"]


def test_there_are_as_many_pairs_that_must_not_match():
    never = sum(pair["link"] == "never" for pair in PAIRS)
    assert never >= sum(pair["link"] == "certain" for pair in PAIRS)


@given(NAMES, NAMES)
def test_agreement_is_symmetric(left, right):
    assert agreement(fold_name(left), fold_name(right)) == agreement(fold_name(right), fold_name(left))


@given(NAMES)
def test_folding_a_folded_name_changes_nothing(written):
    folded = fold_name(written).folded
    assert fold_name(folded).folded == folded


@given(some.text(max_size=12))
def test_any_text_can_be_folded(written):
    folded = fold_name(written)
    assert bool(folded.folded) == bool(folded.key)


@pytest.mark.parametrize(
    ("written", "note", "is_dead"),
    [("张三(死亡)", "死亡", True), ("张三（户主）", "户主", False), ("张三 12床", "12床", False), ("张三", "", False)],
)
def test_notes_are_kept_as_evidence(written, note, is_dead):
    name = fold_name(written)
    assert (name.folded, name.note, name.says_dead) == ("张三", note, is_dead)


def test_private_use_table_holds_the_24_of_2022_and_all_older_ones():
    assert STANDARD_CODE_POINT[0xE863] == ord("䶮")
    assert STANDARD_CODE_POINT[0xE81E] == 0x9FB4
    assert STANDARD_CODE_POINT[0xE816] == 0x20087
    assert all(0xE000 <= private <= 0xF8FF for private in STANDARD_CODE_POINT)
    assert not any(0xE000 <= real <= 0xF8FF for real in STANDARD_CODE_POINT.values())
    assert len([private for private in STANDARD_CODE_POINT if 0xE815 <= private <= 0xE864]) == 80

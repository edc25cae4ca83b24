"""The learned shares: what is counted moves them, what is not counted leaves the prior, and they stay shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.weights import PRIOR, Seen, learn

FIELD_LEVELS = [(field, level) for field, levels in PRIOR.items() for level in levels]
SEEN = st.builds(
    lambda pair, office, count: Seen(*pair, office, count),
    st.sampled_from(FIELD_LEVELS),
    st.sampled_from([1, 2, 4]),
    st.integers(0, 10**7),
)


def shares(weights, office=0):
    return {(one.field, one.level): one for one in weights if one.office == office}


@given(st.lists(SEEN), st.lists(SEEN), st.lists(SEEN))
def test_every_share_lies_strictly_between_none_and_at_most_all(same, strangers, household):
    for one in learn(same, strangers, household):
        assert 0 < one.m <= 1 and 0 < one.home <= 1
        assert one.u is None or 0 < one.u <= 1


def test_without_any_count_the_prior_stands():
    found = shares(learn([], [], []))
    assert {key: (one.m, one.u, one.home) for key, one in found.items()} == {
        (field, level): pytest.approx(three) if None not in three else (three[0], None, three[2])
        for field, levels in PRIOR.items()
        for level, three in levels.items()
    }


def test_an_office_that_writes_more_homophones_gets_the_larger_share_and_the_others_keep_theirs():
    careful = [Seen("name", "exact", 1, 9_990), Seen("name", "homophone", 1, 10)]
    careless = [Seen("name", "exact", 2, 9_000), Seen("name", "homophone", 2, 1_000)]
    weights = learn(careful + careless, [], [])
    assert shares(weights, 2)["name", "homophone"].m > 0.09
    assert shares(weights, 1)["name", "homophone"].m < 0.01
    assert shares(weights, 1)["name", "homophone"].m < shares(weights)["name", "homophone"].m


def test_a_masked_number_is_no_evidence_about_slips():
    before = shares(learn([], [], []))["number", "slip"].m
    after = shares(learn([Seen("number", "masked", 0, 10_000)], [], []))["number", "slip"].m
    assert after == before


def test_a_few_pairs_of_a_small_city_do_not_make_a_rare_chance_common():
    chance = shares(learn([], [Seen("number", "truncated", 0, 2), Seen("number", "far", 0, 10)], []))
    assert chance["number", "truncated"].u < 1e-5

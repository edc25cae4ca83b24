"""Who could be somebody else: what another self may hold protects a person, but a mere name speaks for few."""

import pytest

from matching.link import link
from tests.matching.staged import add_rows, new_warehouse, number, pairs, people_of


@pytest.fixture
def city():
    return new_warehouse()


def are_possible(city, rows):
    link(city)
    one, other = people_of(city, rows)
    assert one != other
    return {(one, other), (other, one)} <= pairs(city, "possible_same")


def test_a_record_with_nothing_but_the_same_name_may_be_the_only_bearers(city):
    rows = add_rows(city, "contributions", {"name": "禤翀", "id_no": number()}, {"name": "禤翀", "id_no": None})
    assert are_possible(city, rows)


def test_a_record_with_nothing_but_a_name_that_sounds_alike_speaks_for_nobody(city):
    rows = add_rows(city, "contributions", {"name": "李军", "id_no": number()}, {"name": "李俊", "id_no": None})
    assert not are_possible(city, rows)


def test_a_name_with_many_bearers_speaks_for_none_of_them(city):
    bearers = [{"name": "张伟", "id_no": number(birth=f"19{year}0101")} for year in range(60, 66)]
    rows = add_rows(city, "contributions", *bearers, {"name": "张伟", "id_no": None})
    assert not are_possible(city, [rows[0], rows[-1]])


def test_a_number_one_slip_away_speaks_for_its_owner_even_under_a_miswritten_name(city):
    whole = number(birth="19700101")
    owner = add_rows(city, "contributions", {"name": "王康骞", "id_no": whole})
    slip = whole[:14] + str((int(whole[14]) + 5) % 10) + whole[15:]
    record = add_rows(city, "medical_settlements", {"name": "王平骞", "id_no": slip})
    assert are_possible(city, owner + record)


@pytest.mark.parametrize("place", [0, 5, 6, 9, 13, 14, 16])
def test_a_slip_anywhere_in_the_number_is_seen_beside_a_miswritten_name(city, place):
    whole = number(birth="19700215", sequence=345)
    slip = whole[:place] + str((int(whole[place]) + 3) % 10) + whole[place + 1 :]
    rows = add_rows(city, "contributions", {"name": "王康骞", "id_no": whole}, {"name": "王平骞", "id_no": slip})
    assert are_possible(city, rows)


def test_another_surname_under_a_number_one_slip_away_is_somebody_else(city):
    whole = number(birth="19700215", sequence=345)
    slip = whole[:14] + str((int(whole[14]) + 3) % 10) + whole[15:]
    rows = add_rows(city, "contributions", {"name": "王康骞", "id_no": whole}, {"name": "赵平骞", "id_no": slip})
    assert not are_possible(city, rows)

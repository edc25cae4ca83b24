"""Whose number is it, and who lives here: golden cases of several names at one number, and of crowds at one address."""

import pytest

from matching.link import link
from tests.matching.staged import add_rows, links, new_warehouse, number, people_of

NUMBER = number(birth="19700101", sequence=21)
NAMESAKE = number(birth="19900101", sequence=23)
HOME = {"address": "玉山镇春路12号3幢401室"}
HAMLET = {"address": "陆家镇陈巷村10组10号"}


@pytest.fixture
def city():
    with new_warehouse() as connection:
        yield connection


def _two_names(city, one, other, extra):
    rows = add_rows(city, "contributions", {"name": one, "id_no": NUMBER})
    rows += add_rows(city, "job_seeking", {"name": other, "id_no": NUMBER} | extra)
    link(city)
    return people_of(city, rows), [certain for _, certain in links(city, rows)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("徐威超", "徐威逸", "father and son share two characters, nothing says the number is the son's own"),
        ("姚博康", "姚博景", "the younger brother settled under the elder's number"),
        ("卢飞俊", "卢俊俊", "the middle character differs"),
        ("周杰", "周涛", "two characters, one of them another"),
    ],
)
def test_relatives_under_one_number_stay_two_and_none_is_certain(city, one, other, why):
    people, certain = _two_names(city, one, other, {"phone": "13812345678"})
    assert len(set(people)) == 2, why
    assert certain == [False, False], why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("徐志超", "徐志潮", "heard wrong"),
        ("吕德文", "吕德丈", "seen wrong"),
        ("吕文", "吕丈", "seen wrong in a short name"),
        ("徐伟", "徐韦", "heard wrong in a short name"),
    ],
)
def test_two_spellings_under_one_number_are_one_though_a_namesake_lives_next_door(city, one, other, why):
    add_rows(city, "properties", {"name": one, "id_no": NAMESAKE} | HOME)
    rows = add_rows(city, "contributions", {"name": one, "id_no": NUMBER})
    rows += add_rows(city, "properties", {"name": one, "id_no": NUMBER} | HOME)
    rows += add_rows(city, "medical_settlements", {"name": other, "id_no": NUMBER})
    link(city)
    assert len(set(people_of(city, rows))) == 1, why
    assert [certain for _, certain in links(city, rows)] == [True, True, False], why


def test_a_slip_of_one_character_is_one_person_where_the_row_shows_the_numbers_birth_date(city):
    shown = {"birth_date": "1970-01-01", "sex": "male"}
    rows = add_rows(city, "disability_certificates", {"name": "徐威超", "id_no": NUMBER} | shown)
    rows += add_rows(city, "contributions", {"name": "徐威超", "id_no": NUMBER})
    rows += add_rows(city, "medical_settlements", {"name": "徐威逸", "id_no": NUMBER} | shown)
    link(city)
    assert len(set(people_of(city, rows))) == 1
    assert links(city, rows)[2] == ("number_and_similar_name", False)


def test_a_namesake_in_the_city_does_not_outweigh_the_offices(city):
    add_rows(city, "properties", {"name": "王文", "id_no": NAMESAKE, "address": "巴城镇东路7号2幢101室"})
    rows = add_rows(city, "contributions", {"name": "王文", "id_no": NUMBER})
    rows += add_rows(city, "properties", {"name": "王文", "id_no": NUMBER} | HOME)
    child = add_rows(city, "medical_settlements", {"name": "王小明", "id_no": NUMBER})
    link(city)
    assert len(set(people_of(city, rows))) == 1
    assert set(people_of(city, child)).isdisjoint(people_of(city, rows))
    assert [certain for _, certain in links(city, rows + child)] == [True, True, False]


def _crowd(city, people, surname):
    """That many people with numbers of their own at the hamlet's one address."""
    add_rows(city, "properties", *(
        {"name": f"{surname}{chr(0x4E00 + person)}", "id_no": number(birth="19550505", sequence=100 + person)} | HAMLET
        for person in range(people)
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("crowd", "namesakes", "is_linked", "why"),
    [
        (2, 1, True, "a household's address: the namesake lives elsewhere"),
        (300, 5, False, "a hamlet's address: another of the crowd may bear a name that others in the city bear"),
        (20, 0, True, "a hamlet's address, but nobody else in the city bears the name"),
    ],
)
def test_an_address_of_a_crowd_links_only_a_name_that_is_rare_enough(city, crowd, namesakes, is_linked, why):
    _crowd(city, crowd, "赵")
    for person in range(namesakes):
        add_rows(city, "contributions", {"name": "王超", "id_no": number(birth="19800808", sequence=31 + 2 * person)})
    rows = add_rows(city, "properties", {"name": "王超", "id_no": NUMBER} | HAMLET)
    rows += add_rows(city, "housing_security", {"name": "王超"} | HAMLET)
    link(city)
    one, other = people_of(city, rows)
    assert (one == other) is is_linked, why

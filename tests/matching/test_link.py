"""Who is who on small staged tables: the cases that must never go wrong, and the tables that come out."""

import pytest

from matching.link import link
from tests.matching.staged import add_rows, links, new_warehouse, number, pairs, people_of

FATHER = number(birth="19600101", sequence=11)
SON = number(birth="19880202", sequence=13)


@pytest.fixture
def city():
    with new_warehouse() as connection:
        yield connection


def test_harmless_differences_are_one_certain_person(city):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "王 强", "id_no": f"'{FATHER}"})
    rows += add_rows(city, "properties", {"name": "王强(户主)", "id_no": f'="{FATHER}"'})
    link(city)
    assert len(set(people_of(city, rows))) == 1
    assert links(city, rows) == [("number_and_name", True)] * 3
    assert city.execute("select name, id_no, id_quality from identity.person").fetchall() == [("王强", FATHER, "valid")]


def test_a_child_under_the_fathers_number_is_not_the_father(city):
    father = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER})
    child = add_rows(city, "medical_settlements", {"name": "王小明", "id_no": FATHER})
    link(city)
    one, other = people_of(city, father + child)
    assert one != other
    assert links(city, child)[0][1] is False
    assert pairs(city, "review") & {(one, other), (other, one)}
    assert {(one, other), (other, one)} <= pairs(city, "possible_same")


def test_a_child_under_the_fathers_number_finds_its_own_person(city):
    family = {"family_no": "F001", "head_name": "王强", "head_id_no": FATHER}
    roster = add_rows(
        city,
        "assistance_roster",
        family | {"name": "王强", "id_no": FATHER, "relation": "head"},
        family | {"name": "王小明", "id_no": SON, "relation": "child"},
    )
    lent = add_rows(city, "benefit_payments", {"name": "王小明", "id_no": FATHER, "family_no": "F001"})
    lent += add_rows(city, "medical_settlements", {"name": "王小明", "id_no": FATHER})
    link(city)
    father, son, *rows = people_of(city, roster + lent)
    assert father != son
    assert rows == [son, son]
    assert [certain for _, certain in links(city, lent)] == [False, False]


def test_father_and_son_one_character_apart_stay_two_even_under_one_number(city):
    home = {"phone": "13812345678", "address": "玉山镇春路12号3幢401室"}
    father = add_rows(city, "disability_certificates", {"name": "王建国", "id_no": FATHER} | home)
    son = add_rows(city, "disability_certificates", {"name": "王建民", "id_no": SON} | home)
    lent = add_rows(city, "contributions", {"name": "王建民", "id_no": FATHER})
    link(city)
    one, other, row = people_of(city, father + son + lent)
    assert len({one, other}) == 2
    assert row != one


def test_a_head_number_in_a_members_row_is_not_the_members(city):
    family = {"family_no": "F001", "head_name": "王强", "head_id_no": FATHER, "id_no": FATHER, "relation": "child"}
    rows = add_rows(city, "assistance_roster", family | {"name": "王小明"})
    link(city)
    assert links(city, rows) == [("single_record", False)]
    assert city.execute("select id_no from identity.person").fetchall() == [(None,)]


@pytest.mark.parametrize("names", [("李佳", "李嘉"), ("李一鸣", "李一鹤")])
def test_twins_stay_two_also_with_a_cut_number(city, names):
    numbers = [number(birth="20100505", sequence=sequence) for sequence in (101, 103)]
    whole = [
        add_rows(city, "contributions", {"name": name, "id_no": one})[0]
        for name, one in zip(names, numbers, strict=True)
    ]
    cut = add_rows(city, "medical_settlements", {"name": names[1], "id_no": numbers[1][:15] + "000"})
    link(city)
    first, second, row = people_of(city, whole + cut)
    assert first != second
    assert row == second


def test_a_homophone_twin_known_only_by_a_cut_number_is_left_for_review(city):
    elder = add_rows(city, "contributions", {"name": "李佳", "id_no": number(birth="20100505", sequence=101)})
    cut = add_rows(
        city, "medical_settlements", {"name": "李嘉", "id_no": number(birth="20100505", sequence=103)[:15] + "000"}
    )
    link(city)
    one, other = people_of(city, elder + cut)
    assert one != other
    assert (other, one) in pairs(city, "possible_same")


def test_two_people_with_one_number_are_told_apart_and_neither_is_certain(city):
    rows = add_rows(city, "contributions", {"name": "赵大海", "id_no": FATHER})
    rows += add_rows(city, "properties", {"name": "孙丽萍", "id_no": FATHER})
    link(city)
    assert len(set(people_of(city, rows))) == 2
    assert [certain for _, certain in links(city, rows)] == [False, False]


def test_most_offices_decide_whose_number_it_is(city):
    rows = [
        add_rows(city, table, {"name": "王强", "id_no": FATHER})[0]
        for table in ("contributions", "properties", "deaths")
    ]
    stranger = add_rows(city, "medical_settlements", {"name": "孙丽萍", "id_no": FATHER})
    link(city)
    assert len(set(people_of(city, rows))) == 1
    assert all(certain for _, certain in links(city, rows))
    assert people_of(city, stranger)[0] not in people_of(city, rows)


DAMAGED = {
    "slip": FATHER[:8] + str((int(FATHER[8]) + 3) % 10) + FATHER[9:],
    "swap": FATHER[:4] + FATHER[5] + FATHER[4] + FATHER[6:],
    "dropped": FATHER[:9] + FATHER[10:],
    "inserted": FATHER[:9] + "7" + FATHER[9:],
    "cut": FATHER[:15] + "000",
    "masked": FATHER[:6] + "********" + FATHER[14:],
    "old": FATHER[:6] + FATHER[8:17],
    "letters": FATHER.replace("0", "O"),
}


@pytest.mark.parametrize("written", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_number_finds_its_person_but_is_never_certain(city, written):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "王芳", "id_no": SON})
    damaged = add_rows(city, "properties", {"name": "王强", "id_no": written})
    link(city)
    assert people_of(city, damaged) == people_of(city, rows[:1])
    assert links(city, damaged)[0][1] is False
    assert city.execute("select resolved from identity.number where id_no = ?", [written]).fetchall() == [(FATHER,)]


@pytest.mark.parametrize("written", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_number_with_another_name_finds_nobody(city, written):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER})
    damaged = add_rows(city, "properties", {"name": "周梅", "id_no": written})
    link(city)
    assert people_of(city, damaged) != people_of(city, rows)


def test_a_rounded_number_finds_its_person(city):
    whole = next(
        number(sequence=n) for n in range(900) if "X" not in number(sequence=n) and int(number(sequence=n)) % 64 == 17
    )
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": whole})
    rounded = add_rows(city, "properties", {"name": "王强", "id_no": str(int(float(whole)))})
    link(city)
    assert people_of(city, rounded) == people_of(city, rows)


def test_two_candidates_are_a_question_and_no_link(city):
    cut = number(sequence=210)[:15]
    twins = [number(sequence=210), number(sequence=211)]
    rows = add_rows(city, "contributions", *({"name": "王强", "id_no": one} for one in twins))
    doubtful = add_rows(city, "properties", {"name": "王强", "id_no": cut + "000"})
    link(city)
    row = people_of(city, doubtful)[0]
    assert row not in people_of(city, rows)
    assert len([pair for pair in pairs(city, "review") if row in pair]) == 2


def test_a_certificate_restores_a_missing_number(city):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER})
    certificate = add_rows(city, "disability_certificates", {"name": "王强", "disability_no": FATHER + "42"})
    link(city)
    assert people_of(city, certificate) == people_of(city, rows)
    assert links(city, certificate) == [("certificate_and_name", False)]


def test_the_guardians_number_beside_the_own_certificate_is_a_conflict(city):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "王小明", "id_no": SON})
    ward = add_rows(city, "disability_certificates", {"name": "王小明", "id_no": FATHER, "disability_no": SON + "61"})
    link(city)
    father, son, row = people_of(city, rows + ward)
    assert row == son
    assert links(city, ward) == [("weighed_evidence", False)]
    assert pairs(city, "review") & {(son, father), (father, son)}


def test_a_birth_date_against_the_number_takes_certainty_away(city):
    rows = add_rows(city, "medical_settlements", {"name": "王强", "id_no": FATHER, "birth_date": "1990-01-01"})
    rows += add_rows(city, "medical_settlements", {"name": "王强", "id_no": FATHER, "sex": "female"})
    link(city)
    assert [certain for _, certain in links(city, rows)] == [False, False]


def test_a_name_alone_is_a_person_of_its_own_who_may_be_many(city):
    rows = add_rows(city, "contributions", {"name": "张伟", "id_no": FATHER}, {"name": "张伟", "id_no": SON})
    alone = add_rows(city, "properties", {"name": "张伟"})
    link(city)
    one, other, row = people_of(city, rows + alone)
    assert len({one, other, row}) == 3
    assert {(row, one), (row, other), (one, row), (other, row)} <= pairs(city, "possible_same")


def test_records_without_number_that_agree_are_one_probable_person(city):
    home = {"phone": "13812345678", "birth_date": "2019-03-03"}
    rows = add_rows(city, "disability_certificates", {"name": "吴小宝", "disability_no": "无"} | home)
    rows += add_rows(city, "assistance_roster", {"name": "吴小宝", "family_no": "F009"} | home)
    other = add_rows(
        city, "disability_certificates", {"name": "吴小宝", "birth_date": "1950-01-01", "phone": "13812345678"}
    )
    link(city)
    assert len(set(people_of(city, rows))) == 1
    assert people_of(city, other)[0] not in people_of(city, rows)
    assert links(city, rows) == [("agreeing_records", False)] * 2


def test_two_numbers_of_one_name_at_one_phone_stay_two_and_are_asked_about(city):
    rows = add_rows(city, "job_seeking", {"name": "钱学礼", "id_no": FATHER, "phone": "13812345678"})
    rows += add_rows(city, "job_seeking", {"name": "钱学礼", "id_no": SON, "phone": "13812345678"})
    link(city)
    one, other = people_of(city, rows)
    assert one != other
    assert pairs(city, "review") & {(one, other), (other, one)}

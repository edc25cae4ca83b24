"""What stays the same: people and ids over orders, nights and answers; and the tables that come out."""

import random

import pytest

from matching.link import link
from tests.matching.staged import add_delivery, add_rows, links, new_warehouse, number, pairs, people_of

FATHER = number(birth="19600101", sequence=11)
SON = number(birth="19880202", sequence=13)


@pytest.fixture
def city():
    with new_warehouse() as connection:
        yield connection


ROWS = [
    ("contributions", {"name": "王强", "id_no": FATHER}),
    ("properties", {"name": "王强", "id_no": FATHER[:15] + "000"}),
    ("medical_settlements", {"name": "王小明", "id_no": FATHER, "birth_date": "1988-02-02"}),
    ("contributions", {"name": "王小明", "id_no": SON}),
    ("properties", {"name": "张伟"}),
    ("job_seeking", {"name": "张伟", "phone": "13812345678"}),
    ("disability_certificates", {"name": "张伟", "phone": "13812345678"}),
    ("deaths", {"name": "周梅", "id_no": number(sequence=77)}),
]


def partition(order):
    with new_warehouse() as connection:
        ids = {place: add_rows(connection, *ROWS[place])[0] for place in order}
        link(connection)
        return people_of(connection, [ids[place] for place in range(len(ROWS))])


def test_the_order_of_rows_changes_neither_people_nor_ids():
    first = partition(range(len(ROWS)))
    for seed in range(4):
        order = random.Random(seed).sample(range(len(ROWS)), len(ROWS))
        assert partition(order) == first


def test_ids_stay_when_rows_come_later_and_a_second_run_changes_nothing(city):
    early = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER})
    alone = add_rows(city, "disability_certificates", {"name": "周梅", "phone": "13812345678"})
    link(city)
    before = people_of(city, early + alone)
    add_delivery(city, 50, "contributions")
    late = add_rows(
        city,
        "contributions",
        {"name": "安民", "id_no": number(birth="19300101")},
        {"name": "王 强", "id_no": FATHER},
        delivery=50,
    )
    late += add_rows(city, "job_seeking", {"name": "周梅", "id_no": SON, "phone": "13812345678"})
    report = link(city)
    assert report.rows_new == 3
    assert people_of(city, early + alone) == before
    assert people_of(city, late)[1:] == before
    again = city.execute("select * from identity.link order by all").fetchall()
    assert link(city).rows_new == 0
    assert city.execute("select * from identity.link order by all").fetchall() == again
    assert city.execute("select count(*) from identity.person_history where change = 'created'").fetchall() == [(3,)]


def test_linked_views_hold_the_rows_in_force_for_the_run(city):
    old, new = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "周梅", "id_no": SON})
    add_delivery(city, 50, "contributions")
    late = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, delivery=50)
    city.execute("update staging.contributions set superseded_by = 50 where row_id = ?", [old])
    link(city)
    assert people_of(city, [old]) == people_of(city, late)
    shown = "select row_id from linked.contributions order by row_id"
    assert city.execute(shown).fetchall() == [(new,), (late[0],)]
    city.execute("update run.context set received_until = timestamp '2026-01-31'")
    assert city.execute(shown).fetchall() == [(old,), (new,)]


def test_a_judgement_joins_parts_and_outlives_the_next_run(city):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "王 强", "id_no": FATHER})
    alone = add_rows(city, "properties", {"name": "王强"})
    link(city)
    person, _, single = people_of(city, rows + alone)
    answer = "insert into identity.judgement values (?, ?, ?, '核实人', timestamp '2026-07-01')"
    city.execute(answer, [person, single, "same"])
    link(city)
    assert set(people_of(city, rows + alone)) == {person}
    assert links(city, alone) == [("judgement", True)]
    identity = city.execute("select identity_id from identity.identity where name = '王 强'").fetchall()[0][0]
    city.execute(answer, [f"number:{FATHER}", f"identity:{identity}", "different"])
    for _ in range(2):
        link(city)
        kept, parted, _ = people_of(city, rows + alone)
        assert kept == person != parted
        assert not pairs(city, "possible_same") & {(kept, parted), (parted, kept)}


def test_people_joined_by_mistake_are_who_they_were_once_the_answer_is_taken_back(city):
    rows = add_rows(city, "contributions", {"name": "王强", "id_no": FATHER}, {"name": "周梅", "id_no": SON})
    link(city)
    before = people_of(city, rows)
    answer = "insert into identity.judgement values (?, ?, ?, '核实人', ?::timestamp)"
    city.execute(answer, [f"number:{FATHER}", f"number:{SON}", "same", "2026-07-01"])
    link(city)
    assert set(people_of(city, rows)) == {min(before)}
    late = add_rows(city, "properties", {"name": "周梅", "id_no": SON})
    link(city)
    city.execute(answer, [f"number:{FATHER}", f"number:{SON}", "unsure", "2026-07-02"])
    link(city)
    assert people_of(city, [*rows, *late]) == [*before, before[1]]
    changes = "select person_id, change, other_person_id from identity.person_history where change <> 'created'"
    one, other = sorted(before)
    assert city.execute(changes).fetchall() == [(other, "merged", one), (other, "split", one)]


def test_every_row_has_exactly_one_link_and_every_sentence_is_free_of_values(city):
    for table, row in ROWS:
        add_rows(city, table, row)
    report = link(city)
    assert city.execute(
        "select count(*) from identity.row_identity join identity.link using (identity_id)"
    ).fetchall() == [(len(ROWS),)]
    assert report.identities == city.execute("select count(distinct identity_id) from identity.link").fetchall()[0][0]
    sentences = {
        text
        for (text,) in city.execute(
            "select because from identity.link union select because from identity.review"
        ).fetchall()
    }
    assert not [text for text in sentences if any(character.isdigit() or character in "王张周" for character in text)]


def test_an_empty_warehouse_links_nobody(city):
    assert link(city).people == 0

"""一户一档一策 as tables: every measure of part three has a state and a basis, what a department knows its place."""

import datetime

import duckdb
import pytest

from tests.warehouse.small_city import CANARY, build_city
from warehouse import models

FAMILY = CANARY["family_no"]
STATES = {"received", "due", "not_applicable", "unknown"}


@pytest.fixture
def city():
    with duckdb.connect() as connection:
        yield build_city(connection)


def measures(city) -> dict[str, tuple[str, str]]:
    models.build(city, "mart")
    rows = city.execute("select rule, measure_state, basis from mart.dossier_measure where family_no = ?", [FAMILY])
    return {rule: (state, basis) for rule, state, basis in rows.fetchall()}


def know(city, table: str, **cells) -> None:
    """One more row of the person in a table that is delivered with it."""
    row = {"row_id": 99_000_000_007, "delivery_id": 99, "source_row": 7, "person_id": "P1", "certain": True, **cells}
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    city.execute(f"insert into linked.{table} ({names}) values ({marks})", list(row.values()))
    deliver(city, table, number=99)


def deliver(city, table: str, *, number: int = 98) -> None:
    city.execute(
        "insert into raw.delivery values (?, 'health', ?, 'x.csv', null, 'x', '2024-06-30 08:00:00', 1, 1, 0, 0, "
        "'accepted', null, 1)",
        [number, table],
    )


def test_each_household_has_every_measure_of_part_three_once_with_a_basis(city):
    rules = city.execute("select rule from policy.rule where clause like '三%' and kind = 'supportive'").fetchall()
    told = city.execute("select family_no, rule, measure_state, basis from mart.dossier_measure").fetchall()
    families = city.execute("select count(*) from mart.dossier").fetchone()[0]
    assert families == 1
    assert sorted(rule for _, rule, _, _ in told) == sorted(rule for (rule,) in rules)
    assert len(rules) >= 20
    assert all(state in STATES and basis for _, _, state, basis in told)


def test_what_nobody_delivered_is_unknown_not_absent(city):
    told = measures(city)
    assert told["medical_aid"][0] == "unknown"
    assert "medical_settlements" in told["medical_aid"][1]
    assert told["cadre_pairing"][0] == "unknown"


def test_a_gap_is_due_and_what_is_already_there_stands_beside_it(city):
    assert measures(city)["dangerous_house"][0] == "due"
    know(city, "dangerous_houses", treatment="rebuild", completed_on=datetime.date(2024, 1, 1))
    state, basis = measures(city)["dangerous_house"]
    assert state == "due"
    assert basis.endswith("另有：危险房屋已治理。")


def test_a_receipt_names_its_row_and_ends_with_its_time(city):
    know(city, "housing_security", start_date=datetime.date(2023, 1, 1), end_date=datetime.date(2024, 6, 30))
    deliver(city, "properties")
    assert measures(city)["housing_gap"] == ("received", "正在享受住房保障")
    place = city.execute(
        "select event_date, source_file, source_row from mart.dossier_measure where rule = 'housing_gap'"
    )
    assert place.fetchall() == [(datetime.date(2023, 1, 1), "x.csv", 7)]
    city.execute("update linked.housing_security set end_date = '2024-06-29'")
    assert measures(city)["housing_gap"][0] != "received"


def test_what_does_not_concern_the_household_says_why(city):
    for table in ("training", "employment", "contributions", "pensions", "disability_certificates", "care_assessments"):
        deliver(city, table)
    assert measures(city)["training_gap"] == ("not_applicable", "没有劳动年龄内有劳动能力的成员")


def test_what_departments_know_has_date_and_place_and_no_word_of_illness(city):
    secret = {"diagnosis": "恶性肿瘤", "diagnosis_code": "C34.9", "hospital": "某院", "copay": 5000}
    know(city, "medical_settlements", settled_on=datetime.date(2024, 5, 1), **secret)
    models.build(city, "core")
    models.build(city, "mart")
    known = city.execute(
        "select source_table, what, first_on, event_date, row_count, source_row from mart.dossier_known order by all"
    ).fetchall()
    rows = {row[0]: row[1:] for row in known}
    first, last = datetime.date(2024, 1, 1), datetime.date(2024, 6, 1)
    assert rows["assistance_roster"] == ("在救助名册，低保", first, last, 6, 7)
    assert rows["benefit_payments"] == ("发放低保金 600.00 元", first, last, 6, 7)
    assert rows["medical_settlements"] == ("有医疗费用结算", None, None, 1, 7)
    everything = str([city.execute(f"from mart.{table}").fetchall() for table in DOSSIER])
    assert not any(
        word in everything for word in ("恶性肿瘤", "C34", "某院", "5000", CANARY["name"], CANARY["address"])
    )


DOSSIER = ("dossier", "dossier_member", "dossier_known", "dossier_measure", "dossier_flag")


def test_flags_are_the_open_findings_of_members_whatever_family_number_they_carry(city):
    open_now = city.execute("select count(*) from findings.finding").fetchone()[0]
    city.execute("update findings.finding set state = '不属实' where rule = 'family_doctor_gap'")
    city.execute("update findings.finding set family_no = 'OLD' where rule = 'dangerous_house'")
    models.build(city, "mart")
    flags = city.execute("select rule, kind from mart.dossier_flag where family_no = ?", [FAMILY]).fetchall()
    settled = city.execute("select count(*) from findings.finding where rule = 'family_doctor_gap'").fetchone()[0]
    assert len(flags) == open_now - settled
    assert "dangerous_house" in {rule for rule, _ in flags}
    counts = city.execute("select open_supportive + open_adverse from mart.dossier").fetchall()
    assert counts == [(len(flags),)]


def test_the_contact_and_the_last_visit_come_from_answers(city):
    visit = "insert into answers.visit values ('P1', ?, ?, null, '2024-05-01', ?, ?, 1, 1, 5)"
    city.execute(visit, ["2024-04-01", "王干部", "2024-05-02", "2024-05-02 09:00:00"])
    city.execute(visit, ["2024-06-01", None, "2024-06-10", "2024-06-10 09:00:00"])
    city.execute(visit, ["2024-07-09", "后来人", "2024-07-10", "2024-07-10 09:00:00"])
    models.build(city, "mart")
    told = city.execute("select contact, last_visited_on from mart.dossier").fetchall()
    assert told == [("王干部", datetime.date(2024, 6, 1))]


@pytest.mark.parametrize(("state", "measure"), [("属实", "due"), ("不属实", "not_applicable")])
def test_a_gap_found_true_is_still_owed_while_the_data_show_it(city, state, measure):
    city.execute("update findings.finding set state = ? where rule = 'dangerous_house'", [state])
    told, basis = measures(city)["dangerous_house"]
    assert told == measure
    assert ("已核实属实" in basis) == (state == "属实")

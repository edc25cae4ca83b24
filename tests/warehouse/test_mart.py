"""What is published is what was promised: tables, columns, types, and rows that lead back to a file."""

import duckdb
import pytest

from tests.warehouse.small_city import build_city
from warehouse import models

# The promise, word for word: people's scripts read these columns by these names.
PROMISED = {
    "delivery": "department source_table source_file sheet sha256 received_at rows_in rows_loaded rows_rejected "
    "rows_skipped status reason",
    "rejected_row": "department source_table source_file source_row column_name reason",
    "identity_link": "department source_table source_file source_row person_id method probability certain because",
    "identity_review": "review_id person_id other_person_id record probability because state",
    "person": "person_id name id_no sex birth_date id_quality departments",
    "household": "family_no month category cause head_person_id members town community",
    "finding": "finding_id rule clause kind condition person_id family_no as_of first_met_on amount national_bar "
    "identity state summary",
    "finding_evidence": "finding_id position department source_table source_file source_row event_date what",
    "finding_history": "finding_id changed_at state by why",
    "indicator": "month town community measure value",
}
TYPES = {
    "finding.amount": "DECIMAL(12,2)",
    "finding.first_met_on": "DATE",
    "finding.as_of": "DATE",
    "household.month": "DATE",
    "person.birth_date": "DATE",
    "identity_link.certain": "BOOLEAN",
    "identity_link.probability": "DOUBLE",
    "finding_evidence.event_date": "DATE",
    "household.household_amount": "DECIMAL(12,2)",
}


@pytest.fixture(scope="module")
def city():
    with duckdb.connect() as connection:
        yield build_city(connection)


def columns_of(city, table):
    return {name: kind for name, kind, *_ in city.execute(f"describe select * from mart.{table}").fetchall()}


@pytest.mark.parametrize("table", PROMISED)
def test_promised_columns_come_first_and_in_order(city, table):
    promised = PROMISED[table].split()
    assert list(columns_of(city, table))[: len(promised)] == promised


def test_promised_types(city):
    found = {name: columns_of(city, name.split(".")[0])[name.split(".")[1]] for name in TYPES}
    assert found == TYPES


def test_parameter_rule_docs_and_data_quality_are_there(city):
    for table in ("parameter", "rule", "docs"):
        ((rows,),) = city.execute(f"select count(*) from mart.{table}").fetchall()
        assert rows > 0
    assert city.execute("select count(*) from mart.data_quality").fetchall() == [(0,)]


def test_every_loaded_row_has_its_link_with_its_place_in_the_file(city):
    loaded = dict(city.execute("select source_table, rows_loaded from mart.delivery").fetchall())
    linked = dict(city.execute("select source_table, count(*) from mart.identity_link group by all").fetchall())
    assert linked == {table: rows for table, rows in loaded.items() if rows}
    assert city.execute("select source_row from mart.identity_link where source_table = 'deaths'").fetchall() == [(2,)]


def test_what_was_received_later_than_the_run_looks_back_to_is_not_shown(city):
    cursor = city.cursor()
    cursor.execute("begin")
    cursor.execute("update run.context set received_until = timestamp '2024-01-01'")
    assert cursor.execute("select count(*) from mart.delivery").fetchall() == [(0,)]
    assert cursor.execute("select count(*) from mart.identity_link").fetchall() == [(0,)]
    cursor.execute("rollback")


def test_each_finding_has_evidence_that_names_file_and_row(city):
    assert city.execute("select rule, condition from mart.finding order by all").fetchall() == [
        ("dangerous_house", "untreated"),
        ("deceased_on_roster", "on_roster"),
        ("deceased_on_roster", "paid"),
    ]
    unplaced = city.execute(
        "select count(*) from mart.finding_evidence where source_file is null or source_row is null"
    ).fetchall()
    assert unplaced == [(0,)]
    assert city.execute(
        "select count(*) from mart.finding anti join mart.finding_evidence using (finding_id)"
    ).fetchall() == [(0,)]


def test_findings_carry_who_must_look(city):
    assert city.execute(
        "select distinct lead_department, recipients from mart.finding where rule = 'dangerous_house'"
    ).fetchall() == [("housing", ["housing", "civil_affairs"])]


def test_a_household_is_one_row_a_month(city):
    assert city.execute(
        "select count(*), count(distinct month), min(members), any_value(head_person_id) from mart.household"
    ).fetchall() == [(6, 6, 1, "P1")]


def test_indicators_count_households_persons_and_open_findings(city):
    rows = city.execute(
        "select measure, value::double as value from mart.indicator where month = date '2024-06-01' and town = '甲镇'"
    ).fetchall()
    assert dict(rows) | {"households": 1, "persons": 1, "dibao_paid_share": 1} == dict(rows)
    assert dict(rows)["open_deceased_on_roster_paid"] == 1


def test_data_quality_names_rejected_rows_notes_and_damaged_numbers(city):
    cursor = city.cursor()
    cursor.execute("begin")
    cursor.execute("insert into raw.rejected_row values (1, 9, '统计月份', '月份读不出')")
    cursor.execute("insert into raw.cell_note values (1, 2, '出生日期', '日期读不出')")
    cursor.execute("update identity.number set quality = 'excel_truncated'")
    model = (models.MODELS_FOLDER / "mart" / "data_quality.sql").read_text("utf-8")
    found = cursor.execute(
        f"select source_table, source_row, column_name from ({model}) where department = 'civil_affairs'"
    ).fetchall()
    assert ("assistance_roster", 9, "统计月份") in found
    assert ("assistance_roster", 2, "出生日期") in found
    assert ("deaths", 2, None) in found
    cursor.execute("update staging.deaths set superseded_by = 9")
    cursor.execute("update staging.assistance_roster set superseded_by = 9")
    left = cursor.execute(
        f"select source_table, source_row from ({model}) where source_table in ('deaths', 'assistance_roster')"
    ).fetchall()
    assert left == [("assistance_roster", 9)]
    cursor.execute("rollback")


def test_docs_describe_every_table_and_column_in_both_languages(city):
    undescribed = city.execute(
        "select table_name, column_name from mart.docs "
        "where table_name <> 'dictionary' and (meaning_zh is null or meaning_en is null or heading is null)"
    ).fetchall()
    assert undescribed == []
    described = city.execute("select distinct table_name from mart.docs where column_name is null").fetchall()
    assert {table for (table,) in described} >= set(PROMISED) | {"parameter", "rule", "docs", "data_quality"}


def test_a_question_counts_the_findings_that_wait_for_it(city):
    cursor = city.cursor()
    cursor.execute("begin")
    try:
        cursor.execute(
            "insert into identity.review values ('R1', 'P1', 'P2', null, 0.5, '姓名相同', '待核实'),"
            " ('R2', 'P3', 'P4', null, 0.9, '姓名相同', '待核实')"
        )
        for person, finding in (("P1", "F1"), ("P1", "F2"), ("P2", "F3"), ("P2", "F3")):
            cursor.execute(
                "insert into findings.held_back (rule, person_id, reason, kind, finding_id) "
                "values ('work_refusal', ?, '身份不确定', 'supportive', ?)",
                [person, finding],
            )
        model = (models.MODELS_FOLDER / "mart" / "identity_review.sql").read_text("utf-8")
        found = dict(cursor.execute(f"select review_id, waiting from ({model})").fetchall())
    finally:
        cursor.execute("rollback")
    assert found == {"R1": 3, "R2": 0}

"""Which department leads a rule and which receive its findings is a dated setting over what the clause names."""

import datetime
from pathlib import Path

import duckdb
import pytest

from checks.catalogue import write_catalogue
from checks.clauses import load_clauses
from checks.parameter_settings import LocalSettings, Typed
from checks.parameters import load_parameters
from warehouse.connection import prepare_schema
from warehouse.errors import BangfuError

POLICY = Path(__file__).parents[2] / "policy"
CLAUSES = load_clauses(POLICY)
MOVED = "rule=medical_aid,lead=housing,recipients=housing、civil_affairs"


def set_from(home: Path, day: str, row: str = MOVED) -> None:
    LocalSettings(POLICY, home, "rule_department").set(Typed([row], datetime.date.fromisoformat(day), "示例文件"))


def departments(home: Path, *, as_of: str) -> dict[str, tuple[str, list[str]]]:
    with duckdb.connect() as connection:
        prepare_schema(connection)
        connection.execute("insert into run.context values (?, ?, 1)", [as_of, f"{as_of} 23:59:59"])
        load_parameters(connection, POLICY, home)
        write_catalogue(connection, CLAUSES)
        rows = connection.execute("select rule, lead_department, recipients from policy.rule").fetchall()
    return {rule: (lead, recipients) for rule, lead, recipients in rows}


def test_another_department_leads_from_the_day_on_and_not_the_day_before(tmp_path):
    set_from(tmp_path, "2026-07-01")
    before, after = departments(tmp_path, as_of="2026-06-30"), departments(tmp_path, as_of="2026-07-01")
    assert before["medical_aid"][0] == "health" and "housing" not in before["medical_aid"][1]
    assert after["medical_aid"] == ("housing", ["housing", "civil_affairs"])
    assert {rule: told for rule, told in after.items() if rule != "medical_aid"} == {
        clause.rule: (clause.lead_department, list(clause.recipients))
        for clause in CLAUSES
        if clause.rule != "medical_aid"
    }


def test_the_latest_setting_by_the_day_holds(tmp_path):
    set_from(tmp_path, "2026-07-01")
    set_from(tmp_path, "2026-08-01", "rule=medical_aid,lead=civil_affairs,recipients=civil_affairs")
    assert departments(tmp_path, as_of="2026-07-31")["medical_aid"][0] == "housing"
    assert departments(tmp_path, as_of="2026-08-01")["medical_aid"] == ("civil_affairs", ["civil_affairs"])


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("rule=medical_ade,lead=health,recipients=health", "rule 不认识"),
        ("rule=medical_aid,lead=healt,recipients=health", "lead 不认识"),
        ("rule=medical_aid,lead=health,recipients=health、housng", "recipients 不认识"),
    ],
)
def test_a_rule_or_department_nobody_knows_is_refused(tmp_path, row, found):
    with pytest.raises(BangfuError, match=found):
        set_from(tmp_path, "2026-07-01", row)


def test_every_rule_of_the_catalogue_can_be_given_to_another_department():
    parameter = LocalSettings(POLICY, Path("none"), "rule_department").parameter
    assert sorted(parameter.choices["rule"]) == sorted(clause.rule for clause in CLAUSES)

"""Clause folders and the catalogue: complete, named once, and honest about what does not run."""

import shutil
from pathlib import Path

import duckdb
import pytest

from checks.case_tables import contract_columns
from checks.cases import load_cases, open_bench
from checks.catalogue import write_catalogue
from checks.clauses import evaluate, load_clause, load_clauses
from checks.parameter_files import read_parameters
from checks.policy_text import read_toml
from warehouse.errors import BangfuError

POLICY = Path(__file__).parents[2] / "policy"
CLAUSES = load_clauses(POLICY)
RUNNING = [clause for clause in CLAUSES if clause.status == "running"]
# Of parts two to four of 昆办发〔2017〕28号: the number of the last item under each heading.
LAST_ITEM = {"二.": 3, "三(一)": 4, "三(二)": 4, "三(三)": 3, "三(四)": 4, "三(五)": 4, "四.": 4}
NOT_FROM_DATA = {"三(四)1", "三(四)2", "三(四)3", "三(四)4", "四.2"}


def copy_of(tmp_path: Path, rule: str = "work_refusal") -> Path:
    return Path(shutil.copytree(POLICY / "clauses" / rule, tmp_path / "clauses" / rule))


def test_these_rules_run_and_the_rest_say_why_not():
    assert {clause.rule for clause in RUNNING} >= {
        "work_refusal", "relapse", "grace_period", "deceased_on_roster", "paid_after_exit", "double_enrolment",
        "dangerous_house", "family_doctor_gap", "conflict", "medical_aid", "medical_aid_extension", "charity_referral",
        "care_insurance", "public_post_candidates", "public_post_subsidy", "training_gap", "zero_employment_household",
        "flexible_subsidy", "hiring_subsidy", "target_illness", "target_disability", "target_sudden_illness",
        "housing_gap", "expropriation_priority", "property_on_dibao", "working_on_dibao", "care_income_disregard",
        "work_cost_disregard", "severe_disability_single",
    }  # fmt: skip
    assert {clause.clause for clause in CLAUSES if clause.status == "not_from_data"} == NOT_FROM_DATA
    assert all(clause.reason for clause in CLAUSES if clause.status != "running")


def test_every_item_of_the_decree_is_in_the_catalogue_and_nothing_else():
    items = {f"{part}{item}" for part, last in LAST_ITEM.items() for item in range(1, last + 1)}
    assert {clause.clause for clause in CLAUSES} == items


@pytest.mark.parametrize("clause", RUNNING, ids=lambda clause: clause.rule)
def test_a_clause_names_parameters_and_tables_that_exist(clause):
    parameters = {parameter.name for parameter in read_parameters(POLICY, None)}
    assert set(clause.uses) <= parameters
    assert clause.needs and set(clause.needs) <= contract_columns().keys()
    assert all(f"policy.{name}" in (clause.sql or "") + core_models() for name in clause.uses)
    assert clause.quote and "60 日内申请行政复议" in clause.objection


def core_models() -> str:
    folder = POLICY.parent / "warehouse" / "models" / "core"
    return "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.sql"))


@pytest.mark.parametrize("clause", RUNNING, ids=lambda clause: clause.rule)
def test_a_clause_is_proved_by_what_it_must_find_and_by_what_it_must_not(clause):
    cases = load_cases(POLICY / "clauses" / clause.rule)
    silent = [case for case in cases if not case.expect]
    assert len(cases) >= 8 and len(silent) >= 3
    assert len({case.name for case in cases}) == len(cases)


@pytest.mark.parametrize("clause", RUNNING, ids=lambda clause: clause.rule)
def test_the_cases_of_a_clause_hold_as_many_people_it_must_not_find_as_findings(clause):
    file = POLICY / "clauses" / clause.rule / "cases.toml"
    told = read_toml(file, where=str(file), remedy="")["case"]
    assert sum(len(people_left_out(case)) for case in told) >= sum(len(case["expect"]) for case in told)


def people_left_out(case: dict) -> set[str]:
    rows = [row for table, rows in case.get("given", {}).items() if table != "policy" for row in rows]
    return {row["person_id"] for row in rows if "person_id" in row} - {row.get("person_id") for row in case["expect"]}


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.rule)
def test_what_a_clause_asks_never_says_that_money_stops(clause):
    assert "停发" not in clause.asks + clause.title + clause.objection


def test_another_text_is_another_version(tmp_path):
    folder = copy_of(tmp_path)
    before = load_clause(folder)
    (folder / "rule.sql").write_text((before.sql or "") + "\n", encoding="utf-8")
    assert load_clause(folder).version != before.version == load_clause(POLICY / "clauses" / "work_refusal").version


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('kind            = "adverse"', 'kind = "bad"', "kind 不认识"),
        ("asks ", "ask ", "缺少的项"),
        ('rule            = "work_refusal"', 'rule = "work_refused"', "文件夹名不同"),
        ('kind            = "adverse"', 'kind = "adverse"\nstatus = "planned"', "与文件不符"),
        ('kind            = "adverse"', "kind = adverse", "TOML"),
    ],
)
def test_a_clause_that_is_wrong_is_refused_by_name(tmp_path, old, new, found):
    file = copy_of(tmp_path) / "clause.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BangfuError, match=found) as refused:
        load_clause(file.parent)
    assert "work_refusal" in refused.value.where


def test_a_folder_without_cases_is_refused(tmp_path):
    folder = copy_of(tmp_path)
    (folder / "cases.toml").unlink()
    with pytest.raises(BangfuError, match="cases.toml"):
        load_clauses(tmp_path)


def test_a_rule_that_does_not_run_cannot_be_evaluated():
    still = next(clause for clause in CLAUSES if clause.status == "table")
    with pytest.raises(BangfuError, match=still.rule):
        evaluate(duckdb.connect(), still)


def test_the_catalogue_lists_every_rule_once():
    connection = open_bench(POLICY)
    write_catalogue(connection, CLAUSES)
    rows = connection.execute("select rule, status, reason, version from policy.rule").fetchall()
    assert len(rows) == len({row[0] for row in rows}) == len(CLAUSES)
    assert all(bool(version) == (status == "running") for _, status, _, version in rows)

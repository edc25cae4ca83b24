"""Properties 1, 2 and 9: proposals only, facts attached, explainable."""

import hashlib
import re
import tomllib

import duckdb
import openpyxl
import pytest

from checks import clauses
from checks.explain import explain
from connectors.readers import open_file
from flows.cli import main
from flows.settings import PROJECT_POLICY

STATES = {"待核实", "已通知", "已答复", "属实", "不属实", "已过期"}
STOPS = re.compile("停发|停止发放|取消待遇|追回|追缴")
TOLD = """
select finding.finding_id, evidence.delivery_id, evidence.source_row, evidence.source_file, evidence.department,
    written.name
from mart.finding as finding
join mart.finding_evidence as evidence on evidence.finding_id = finding.finding_id
join identity.row_identity as mapped on mapped.row_id = evidence.delivery_id::bigint * 1000000000 + evidence.source_row
join identity.identity as written on written.identity_id = mapped.identity_id
"""


def test_1_proposals_only(city):
    """No state but the six; no text of a finding says that money is stopped or to be paid back."""
    rows = city.query("select state, summary from mart.finding")
    assert {state for state, _ in rows} <= STATES
    assert [text for _, text in rows if STOPS.search(text)] == []
    facts = city.query("select distinct what from mart.finding_evidence")
    assert [what for (what,) in facts if STOPS.search(what)] == []


def test_1_proposals_only_in_every_sheet(city):
    """停发 stands in a workbook only inside a clause that is quoted."""
    quotes = {quote for (quote,) in city.query("select quote from policy.rule where quote <> ''")}
    said = []
    for path in city.workbooks:
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            texts = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)}
            for text in texts:
                unquoted = text
                for quote in quotes:
                    unquoted = unquoted.replace(quote, "")
                if STOPS.search(unquoted):
                    said.append((path.name, sheet.title, text[:40]))
        book.close()
    assert said == []


def test_2_facts_attached(city):
    """Every finding carries its rule's version and facts, and each fact's row reads back from the archive as printed,
    with the name that the finding's identity was written by."""
    rows = city.query(TOLD)
    findings = city.query("select finding_id, rule_version from findings.finding")
    assert {row[0] for row in rows} == {finding for finding, _ in findings}
    assert all(version for _, version in findings)
    assert all(source_file and department for _, _, _, source_file, department, _ in rows)
    printed = {}
    for delivery in {row[1] for row in rows}:
        table = duckdb.read_parquet(f"{city.home.archive}/rows/{delivery}.parquet").fetchall()
        printed[delivery] = {row[0]: "".join(cell or "" for cell in row[1:]) for row in table}
    for _, delivery, source_row, _, _, name in rows:
        assert name is None or name in printed[delivery][source_row]


def test_2_facts_attached_to_the_untouched_file(city):
    """The printed rows are those of the archived file itself: one file of each table under a finding."""
    rows = city.query("select source_table, min(delivery_id) from mart.finding_evidence group by source_table")
    assert len(rows) >= 12
    for _, delivery in rows:
        ((sha256, sheet_name),) = city.query("select sha256, sheet from raw.delivery where delivery_id = ?", delivery)
        original = city.home.archive / sha256[:2] / sha256
        assert hashlib.sha256(original.read_bytes()).hexdigest() == sha256
        kept = duckdb.read_parquet(f"{city.home.archive}/rows/{delivery}.parquet").fetchall()
        with open_file(original, spill=city.home.spill) as sheets:
            (sheet,) = [one for one in sheets if sheet_name in (None, one.name)]
            told = [row for batch in sheet.batches for row in zip(*batch.to_pydict().values(), strict=True)]
        assert [(row[0], *row[2:]) for row in told if row[0] > 0] == kept  # 0: field names that are no row


def test_2_a_fact_that_cannot_be_read_back_is_not_published_but_counted(look):
    with look.changed():
        whole = look.accused()
        look.ask("update raw.delivery set status = 'refused' where source_table = 'benefit_payments'")
        rest = look.judge()
        held = look.ask("select distinct rule from findings.held_back where starts_with(reason, '证据行无法读回')")
    lost = {rule for rule, *_ in whole - rest}
    assert lost == {"deceased_on_roster", "paid_after_exit"}
    assert lost <= {rule for (rule,) in held}


@pytest.fixture(scope="module")
def told(city):
    """What explain says of somebody accused."""
    ((person,),) = city.query("select min(person_id) from mart.finding where rule = 'work_refusal'")
    with duckdb.connect(str(city.home.full_database), read_only=True) as connection:
        return person, explain(connection, person)


def test_9_explainable(city, told):
    """One command: every running rule with its clause, the facts with file and row, and how to object."""
    person, text = told
    for title, clause in city.query("select title, clause from policy.rule where status = 'running'"):
        assert title in text and clause in text
    facts = city.query(
        "select source_file, source_row, what from mart.finding_evidence where finding_id in "
        "(select finding_id from mart.finding where person_id = ?)", person)  # fmt: skip
    assert facts
    for source_file, source_row, what in facts:
        assert source_file in text and str(source_row) in text and what in text
    assert "60 日内申请行政复议" in text and "不是决定" in text


def test_9_the_catalogue_is_made_from_the_rules(city, capsys):
    assert main(["rules", "--home", str(city.home.root), "--quiet"]) == 0
    text = capsys.readouterr().out
    for file in (PROJECT_POLICY / "clauses").glob("*/clause.toml"):
        declared = tomllib.loads(file.read_text(encoding="utf-8"))
        assert declared["rule"] in text and declared["title"] in text
    assert len(clauses.load_clauses(PROJECT_POLICY)) >= 36

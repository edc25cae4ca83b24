"""Every clause is proved by the cases beside it; a new clause needs no new test here."""

from pathlib import Path

import pytest

from checks.cases import Case, difference, load_cases, open_bench, run_case

POLICY = Path(__file__).parents[2] / "policy"
CASES = [case for file in sorted(POLICY.glob("clauses/*/cases.toml")) for case in load_cases(file.parent)]


@pytest.fixture(scope="module")
def bench():
    return open_bench(POLICY)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.clause}: {case.name}" for case in CASES])
def test_the_clause_finds_exactly_what_the_case_says(bench, case: Case):
    rule_sql = (POLICY / "clauses" / case.clause / "rule.sql").read_text(encoding="utf-8")

    found = run_case(bench, case, rule_sql)

    assert difference(found, case.expect) is None

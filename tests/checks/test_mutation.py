"""A wrong rule fails a case: named mutants, each with the sentence that must notice it.

`python -m benchmarks.mutation` changes every rule in every way; these few stand for its kinds in the suite.
"""

import pytest

from benchmarks.mutation_mutants import DIALECT, POLICY, mutants, parsed
from checks.cases import difference, load_cases, open_bench, prepare_case, rows_of

# rule, kind of the change, what stood there, what stands there now, the beginning of the case that notices
NAMED = [
    ("work_refusal", "comparison", "first_met_on <= ", "first_met_on < ", "six months to the day after"),
    ("work_refusal", "parameter value", "refusal_wait_months", "value - 1", "one day before the sixth month"),
    ("work_refusal", "parameter value", "refusal_wait_months", "value + 1", "six months to the day after"),
    ("work_refusal", "own/household amount", "roster.person_amount", "household_amount", "six months to the day after"),
    ("work_refusal", "condition dropped", "judged.excused IS NULL", "", "three refusals with good reasons"),
    ("work_refusal", "parameter value", "refusal_count", "value - 1", "two refusals are not three"),
    ("deceased_on_roster", "comparison", "roster.month > deceased.death_month", ">=", "the month of death itself"),
    ("deceased_on_roster", "own/household amount", "roster.person_amount", "household_amount", "two sources agree"),
    ("paid_after_exit", "condition dropped", "protected WHERE same", "", "in grace, its last month included"),
    ("paid_after_exit", "condition dropped", "family_due", "", "the head left, the family stays"),
    ("paid_after_exit", "parameter", "payment_month_share", "", "the share of payments that is asked for"),
    ("double_enrolment", "min/max", "LEAST(", "GREATEST(", "a child in both parents' families"),
    ("double_enrolment", "anti join dropped", "case_file", "", "a temporary case under its own number"),
    ("property_on_dibao", "comparison", "COUNT(*) > figure.most", "COUNT(*) >= figure.most", "one dwelling, a garage"),
    ("property_on_dibao", "condition dropped", "owned.certain", "", "two of certain links, a third of a probable"),
    ("grace_period", "parameter value", "grace_minimum_months", "value + 1", "exactly three and exactly six"),
    ("grace_period", "parameter value", "grace_maximum_months", "value + 1", "seven months are too long"),
    ("grace_period", "union", "granted_too_short", "", "two months are too short"),
    ("dangerous_house", "parameter", "rural_reinforcement_amount", "", "reinforcement: a fixed sum"),
]


@pytest.fixture(scope="module")
def bench():
    return open_bench(POLICY)


@pytest.mark.parametrize(("rule", "kind", "before", "after", "case_name"), NAMED)
def test_the_named_change_fails_the_named_case(bench, rule, kind, before, after, case_name):
    found = [each for each in mutants(rule, kind=kind) if before in each.before and after in each.after]
    (case,) = [case for case in load_cases(POLICY / "clauses" / rule) if case.name.startswith(case_name)]
    right = parsed(rule).sql(DIALECT)
    assert found and all(mutant.sql != right for mutant in found)

    bench.execute("begin transaction")
    try:
        prepare_case(bench, case, right)
        assert difference(rows_of(bench, right), case.expect) is None
        assert any(difference(rows_of(bench, mutant.sql), case.expect) for mutant in found)
    finally:
        bench.execute("rollback")

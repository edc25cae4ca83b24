"""What a case gives is held to the contracts' codes and the parameters' files: a slip fails, and says where."""

from pathlib import Path

import pytest

from checks.cases import load_cases
from warehouse.errors import BangfuError

PARAMETERS = Path(__file__).parents[2] / "policy" / "parameters"
CASE = """
[[case]]
name   = "一个用例"
as_of  = 2026-06-30
given.{given}
expect = []
"""


def load(tmp_path, given: str):
    folder = tmp_path / "clauses" / "some_rule"
    folder.mkdir(parents=True)
    (folder / "cases.toml").write_text(CASE.format(given=given), encoding="utf-8")
    (tmp_path / "parameters").symlink_to(PARAMETERS)
    return load_cases(folder)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ('assistance_roster = { person_id = "P1" }', "没有写成一组行"),
        ("policy.refusal_count = 3", "没有写成一组行"),
        ('assistance_roster = [{ person_id = "P1", month = "2026-06", category = "dibo" }]', "category 不认识"),
        (
            'policy.rural_rebuild_share = [{ valid_from = 2017-05-04, category = "dibao_egde", value = 0.3 }]',
            "category 不认识",
        ),
        ('policy.refusal_wait_months = [{ valid_from = 2017-05-04, value = "6" }]', "应为整数"),
        ("policy.refusal_wait_months = [{ valid_from = 2017-05-04, months = 6 }]", "不认识的项 months"),
        ("policy.refusal_wait_months = [{ value = 6 }]", "没有 valid_from"),
        ("policy.refusal_wait_month = []", "没有叫这个名字的参数"),
        (
            "policy.refusal_count = [{ valid_from = 2017-05-04, value = 3 }, { valid_from = 2017-05-04, value = 4 }]",
            "有两个",
        ),
        (
            'policy.medical_aid_tiers = [{ valid_from = 2017-05-04, per = "year", above = 100, share = 0.5 }]',
            "不从 0 开始",
        ),
    ],
)
def test_a_value_that_no_file_could_hold_is_refused_with_the_case_and_the_parameter(tmp_path, given, found):
    with pytest.raises(BangfuError, match=found) as refused:
        load(tmp_path, given)
    assert "用例 一个用例 given." in refused.value.where


def test_values_as_a_file_would_hold_them_and_none_at_all_are_taken(tmp_path):
    (case,) = load(
        tmp_path, "policy.refusal_wait_months = [{ valid_from = 2017-05-04, value = 6 }]\ngiven.policy.retirement = []"
    )
    assert case.given["policy"]["retirement"] == []

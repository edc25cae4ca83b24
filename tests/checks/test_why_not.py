"""Why a rule does not list somebody: the first step that fails, in words a person understands, for every rule."""

import datetime
from pathlib import Path

import pytest

from checks.case_tables import fill
from checks.cases import open_bench
from checks.clauses import load_clauses
from checks.explain_rules import reasons_not_listed
from warehouse import models

POLICY = Path(__file__).parents[2] / "policy"
DAY = datetime.date(2024, 6, 30)
NOW = {"months": ["2024-01", "2024-06"], "family_no": "F1"}


@pytest.fixture(scope="module")
def bench():
    connection = open_bench(POLICY)
    yield connection
    connection.close()


def told(bench, **given) -> dict[str, tuple[str, bool]]:
    """What is said to P1, a man of 44 unless `person` says otherwise."""
    people = given.pop("person", [{"person_id": "P1", "sex": "male", "birth_date": datetime.date(1980, 5, 5)}])
    bench.execute("begin transaction")
    try:
        fill(bench, {"person": people, **given}, as_of=DAY)
        models.build(bench, "core")
        return reasons_not_listed(bench, "P1")
    finally:
        bench.execute("rollback")


def roster(category: str = "dibao", **more) -> dict:
    return {"person_id": "P1", "category": category, "start_date": datetime.date(2024, 1, 1), **NOW, **more}


def test_every_rule_that_runs_has_a_reason_for_everybody(bench):
    running = {clause.rule for clause in load_clauses(POLICY) if clause.status == "running"}
    for given in ({}, {"assistance_roster": [roster()]}, {"assistance_roster": [roster("temporary")]}):
        reasons = told(bench, **given)
        assert reasons.keys() == running
        assert all(isinstance(why, str) and why for why, _ in reasons.values())


REFUSAL = {"person_id": "P1", "referral_date": datetime.date(2024, 6, 1), "outcome": "refused"}
EXIT = {"person_id": "P1", "family_no": "F1", "category": "dibao", "exit_date": datetime.date(2024, 3, 31)}


@pytest.mark.parametrize(
    ("rule", "given", "why", "is_outside"),
    [
        ("work_refusal", {}, "目前不在低保名册", True),
        ("work_refusal", {"assistance_roster": [roster()]}, "没有拒绝职业介绍的登记", True),
        (
            "work_refusal",
            {"assistance_roster": [roster()], "job_referrals": [{**REFUSAL, "outcome": "no_contact"}]},
            "未联系上 1 次、单位未录用 0 次都不算拒绝",
            True,
        ),
        (
            "work_refusal",
            {"assistance_roster": [roster(labour_capacity="none")], "job_referrals": [REFUSAL]},
            "没有劳动能力",
            False,
        ),
        (
            "work_refusal",
            {"assistance_roster": [roster(labour_capacity="full")], "job_referrals": [REFUSAL]},
            "登记拒绝 1 次，最近一次 2024-06-01",
            False,
        ),
        (
            "work_refusal",
            {
                "person": [{"person_id": "P1", "sex": "female", "birth_date": datetime.date(1974, 6, 30)}],
                "assistance_roster": [roster(labour_capacity="full")],
                "job_referrals": [REFUSAL],
            },
            "不在法定劳动年龄内（有疑问时按较早的退休年龄算）",
            False,
        ),
        ("relapse", {"assistance_exits": [{**EXIT, "reason": "moved"}]}, "退出的原因是死亡、迁出", False),
        (
            "relapse",
            {"assistance_exits": [{**EXIT, "reason": "income", "exit_date": datetime.date(2022, 6, 29)}]},
            "已过 24 个月的跟踪期",
            False,
        ),
        ("relapse", {"assistance_exits": [{**EXIT, "reason": "income"}]}, "没有达到任何一项风险提示", False),
        ("deceased_on_roster", {}, "没有任何部门登记死亡", True),
        (
            "deceased_on_roster",
            {"assistance_roster": [roster()], "deaths": [{"person_id": "P1", "death_date": datetime.date(2024, 6, 2)}]},
            "只有一个来源",
            False,
        ),
        (
            "dangerous_house",
            {"assistance_roster": [roster()], "dangerous_houses": [{"person_id": "P1", "treatment": "rebuild"}]},
            "房屋已经治理",
            False,
        ),
        (
            "dangerous_house",
            {"assistance_roster": [roster()], "dangerous_houses": [{"person_id": "P1", "treatment": "demolish"}]},
            "按征迁政策办理",
            False,
        ),
        ("care_income_disregard", {"assistance_roster": [roster("temporary")]}, "目前不在低保、低保边缘名册", True),
        ("care_income_disregard", {"assistance_roster": [roster(care_need="full")]}, "家中没有成员就业", False),
        (
            "severe_disability_single",
            {"disability_certificates": [{"person_id": "P1", "grade": 3}]},
            "残疾等级不属于重度",
            False,
        ),
        (
            "training_gap",
            {
                "assistance_roster": [roster(labour_capacity="full")],
                "training": [{"person_id": "P1", "start_date": datetime.date(2023, 7, 1)}],
            },
            "最近一次到 2023-07-01",
            False,
        ),
        ("target_illness", {"assistance_roster": [roster(cause="illness")]}, "名册已登记为因病", False),
    ],
)
def test_the_first_step_that_fails_is_told(bench, rule, given, why, is_outside):
    said, outside = told(bench, **given)[rule]
    assert why in said
    assert outside is is_outside

"""What planted people are due, to the fen: reckoned by hand from the policy and the demo's example values."""

from datetime import date
from decimal import Decimal

import pytest

from connectors.demo_city.build import build_city
from connectors.demo_city.oracle import due_findings
from connectors.demo_city.oracle_view import Due

AS_OF = date(2026, 6, 30)


class Owed:
    """A small city's findings, by the case a person was planted for."""

    def __init__(self) -> None:
        city = build_city(1000, 1, AS_OF)
        homes = {row.person: row.family_no for row in city.roster if row.month == city.last_month}
        self.due = due_findings(city)
        self.people = {(case.rule, case.case): case.person for case in reversed(city.planted)}
        self.homes = homes

    def of(self, rule: str, case: str) -> list[Due]:
        """The findings of the first person planted for the case, or of the person's household."""
        person = self.people[rule, case]
        return [
            finding
            for finding in self.due
            if finding.rule == rule
            and (finding.person == person or (finding.person is None and finding.family_no == self.homes.get(person)))
        ]


@pytest.fixture(scope="module")
def owed() -> Owed:
    return Owed()


@pytest.mark.parametrize(
    ("rule", "case", "yuan"),
    [
        ("dangerous_house", "rural rebuild, dibao half", ["74250"]),
        ("dangerous_house", "rural rebuild, edge", ["30673.50"]),
        ("dangerous_house", "capped at the greatest area", ["252000"]),
        ("dangerous_house", "smaller than the people's share", ["58275"]),
        ("dangerous_house", "area unknown", ["108000"]),
        ("dangerous_house", "rural reinforcement", ["4000"]),
        ("dangerous_house", "urban reinforcement", ["15520"]),
        ("dangerous_house", "cost unknown", [None]),
        ("medical_aid", "paid in part", ["201.55"]),
        ("medical_aid", "the year's 合规自费 reaches further tiers", ["2250", "8950.02", "5175.01"]),
        ("flexible_subsidy", "two months owed", ["4481.87"]),
        ("public_post_subsidy", "a year to the day, enough to the fen", ["1330"]),
        ("public_post_subsidy", "ended, by the wage of its time", ["1245"]),
        ("hiring_subsidy", "paid enough to the fen", [None, "532"]),
        ("hiring_subsidy", "a fen short of the post subsidy", [None]),
        ("care_income_disregard", "above the standard, below it without the income", ["2710"]),
        ("care_income_disregard", "below it already", ["2500"]),
        ("care_income_disregard", "above it even so", ["0"]),
        ("care_income_disregard", "earns more than the household's figure", ["2000"]),
        ("care_income_disregard", "the higher of two incomes", ["10"]),
        ("work_cost_disregard", "a wage", ["300"]),
        ("work_cost_disregard", "earns less than the cost", ["210"]),
        ("working_on_dibao", "a wage, two months", ["6000"]),
        ("working_on_dibao", "contributions, one owed", ["13440"]),
        ("working_on_dibao", "wage and contribution in one month", ["7230"]),
        ("target_illness", "the threshold to the fen", ["50000"]),
        ("charity_referral", "left after aid", ["70"]),
    ],
)
def test_amounts_are_exact(owed, rule, case, yuan):
    found = [None if finding.amount is None else Decimal(finding.amount) / 100 for finding in owed.of(rule, case)]
    assert found == [None if amount is None else Decimal(amount) for amount in yuan]


@pytest.mark.parametrize(
    ("rule", "case", "met"),
    [
        ("public_post_candidates", "contract ran out", date(2026, 2, 18)),
        ("public_post_candidates", "contributions ended three months ago", date(2026, 4, 1)),
        ("training_gap", "course ended a year ago to the day", AS_OF),
        ("zero_employment_household", "the son's work ended", date(2025, 12, 27)),
        ("housing_gap", "aid ended yesterday", AS_OF),
        ("care_insurance", "from edge into dibao", date(2026, 2, 1)),
        ("care_income_disregard", "half care, hired lately", date(2026, 3, 1)),
        ("property_on_dibao", "three, the second bought on the roster", date(2026, 2, 28)),
        ("property_on_dibao", "from edge into dibao", date(2026, 3, 1)),
        ("target_disability", "sixteen today", AS_OF),
        ("severe_disability_single", "eighteen today", AS_OF),
        ("severe_disability_single", "left the roster", date(2026, 3, 1)),
        ("working_on_dibao", "joined in the middle of a month", date(2026, 3, 1)),
        ("relapse", "own burden to the fen", date(2026, 3, 30)),
    ],
)
def test_findings_are_met_on_the_day_all_of_it_holds(owed, rule, case, met):
    assert [finding.first_met_on for finding in owed.of(rule, case)] == [met]

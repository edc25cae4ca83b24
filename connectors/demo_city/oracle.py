"""All findings a demo city owes: for each running rule our own reading of the policy over the city's true facts.

Written from the policy's words in plain Python, never from what the rules' SQL says. Every rule is asked about
everybody, planted or not: what is found about a person and is not due here was invented.
"""

from collections.abc import Callable, Iterator

from connectors.demo_city import (
    oracle_exits,
    oracle_groups,
    oracle_housing,
    oracle_income,
    oracle_medical,
    oracle_refusals,
    oracle_relapse,
    oracle_supervision,
    oracle_work,
)
from connectors.demo_city.city import City
from connectors.demo_city.oracle_view import Due, View

RULES: dict[str, Callable[[View], Iterator[Due]]] = {
    "target_illness": oracle_groups.due_illness,
    "target_disability": oracle_groups.due_disability,
    "target_sudden_illness": oracle_groups.due_sudden_illness,
    "medical_aid": oracle_medical.due_aid,
    "medical_aid_extension": oracle_medical.due_extensions,
    "charity_referral": oracle_medical.due_charity,
    "care_insurance": oracle_medical.due_care_insurance,
    "family_doctor_gap": oracle_medical.due_doctors,
    "public_post_candidates": oracle_work.due_candidates,
    "public_post_subsidy": oracle_work.due_posts,
    "training_gap": oracle_work.due_training,
    "zero_employment_household": oracle_work.due_idle_households,
    "flexible_subsidy": oracle_work.due_flexible,
    "hiring_subsidy": oracle_work.due_hirings,
    "housing_gap": oracle_housing.due_gaps,
    "dangerous_house": oracle_housing.due_houses,
    "expropriation_priority": oracle_housing.due_expropriations,
    "care_income_disregard": oracle_income.due_care_incomes,
    "work_cost_disregard": oracle_income.due_work_costs,
    "severe_disability_single": oracle_groups.due_single,
    "grace_period": oracle_exits.due_grace,
    "work_refusal": oracle_refusals.due_refusals,
    "working_on_dibao": oracle_income.due_workers,
    "relapse": oracle_relapse.due_relapses,
    "deceased_on_roster": oracle_supervision.due_deceased,
    "paid_after_exit": oracle_exits.due_after_exit,
    "double_enrolment": oracle_supervision.due_double,
    "property_on_dibao": oracle_supervision.due_properties,
    "conflict": oracle_supervision.due_conflicts,
}


def due_findings(city: City) -> list[Due]:
    """Every finding due on the as-of day, in a fixed order."""
    view = View(city)
    found = [due for rule in RULES.values() for due in rule(view)]
    return sorted(found, key=lambda due: (due.rule, due.condition, due.person or 0, due.family_no or "",
                                          due.first_met_on or city.as_of))

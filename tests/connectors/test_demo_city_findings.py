"""The people of the demo city and what is due to them: cases found to the day, near misses left alone."""

from collections import Counter
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.demo_city.build import build_city
from connectors.demo_city.city import City
from connectors.demo_city.months import add_months, month_of
from connectors.demo_city.name_damage import damage_name
from connectors.demo_city.names import NameBook
from connectors.demo_city.number_damage import KINDS, damage_number
from connectors.demo_city.numbers import NumberBook
from connectors.demo_city.oracle_support import due_findings
from connectors.demo_city.oracle_view import Due
from connectors.demo_city.planted_refusals import men_delay
from warehouse import resident_number

AS_OF = date(2026, 6, 30)
RULES = {
    "work_refusal",
    "relapse",
    "grace_period",
    "deceased_on_roster",
    "paid_after_exit",
    "double_enrolment",
    "dangerous_house",
    "family_doctor_gap",
    "conflict",
}
CONDITIONS = {
    "six_months",
    "three_refusals",
    "relapsed",
    "at_risk",
    "in_grace",
    "ended",
    "granted_too_short",
    "granted_too_long",
    "paid_after_end",
    "cut_off_early",
    "on_roster",
    "paid",
    "paid_after_exit",
    "on_roster_unpaid",
    "two_families",
    "two_categories",
    "untreated",
    "subsidy_due",
    "no_contract",
    "contract_expired",
    "bedridden_without_home_care",
    "sex",
    "birth_date",
    "name",
    "two_numbers",
    "certificate_cancelled_on_roster",
}


@pytest.fixture(scope="module")
def city() -> City:
    return build_city(20_000, 1, AS_OF)


@pytest.fixture(scope="module")
def due(city) -> list[Due]:
    return due_findings(city)


def test_numbers_are_valid_unique_and_say_sex_and_birth(city):
    numbers = [person.number for person in city.people]
    assert len(set(numbers)) == len(numbers) == 20_000
    assert all(resident_number.is_valid(number) for number in numbers)
    assert all(resident_number.birth_date(person.number) == person.birth for person in city.people)
    assert all(resident_number.sex(person.number) == person.sex for person in city.people)
    regions = {number[:6] for number in numbers}
    assert {"320583", "320523", "322726", "329012"} <= regions and regions & {"810000", "820000", "830000"}
    assert any(number.endswith("X") for number in numbers)


def test_usual_names_are_as_frequent_as_in_reality():
    random = Random(9)
    book = NameBook(random)
    names = Counter(book.draw(random.choice(("male", "female")), random.randint(1940, 2020)) for _ in range(100_000))
    assert 12 <= names["张伟"] <= 40  # 24.6 expected
    assert 12 <= names["王芳"] <= 40  # 24.0 expected
    assert sum("·" in name for name in names) > 50
    assert any(character in name for name in names for character in "䶮𠮷")


def test_families_have_twins_and_names_one_character_apart(city):
    homes: dict[int, list] = {}
    for person in city.people:
        homes.setdefault(person.home, []).append(person)
    twins = apart = 0
    for members in homes.values():
        for one, two in zip(members, members[1:], strict=False):
            close = len(one.name) == len(two.name) and one.name[:-1] == two.name[:-1] and one.name != two.name
            twins += close and one.birth == two.birth
            apart += close and one.birth != two.birth
    assert twins >= 10 and apart >= 50


def test_every_rule_and_condition_has_findings(due):
    assert {finding.rule for finding in due} == RULES
    assert {finding.condition for finding in due} == CONDITIONS
    assert min(Counter(finding.rule for finding in due).values()) >= 12


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 2, 28), date(2025, 8, 15)])
def test_planted_cases_are_found_and_near_misses_are_not(as_of):
    small = build_city(1000, 2, as_of)
    found = {(finding.rule, finding.person) for finding in due_findings(small)}
    assert [case for case in small.planted if case.due != ((case.rule, case.person) in found)] == []
    near_misses = Counter(case.rule for case in small.planted if not case.due)
    assert set(near_misses) == RULES and near_misses["work_refusal"] >= 15


def only(city: City, due: list[Due], rule: str, case: str) -> Due:
    """The finding of the first person planted for that case."""
    person = next(entry.person for entry in city.planted if (entry.rule, entry.case) == (rule, case))
    return next(finding for finding in due if (finding.rule, finding.person) == (rule, person))


@pytest.mark.parametrize(
    ("case", "met"),
    [
        ("six months to the day", AS_OF),
        ("31 August to the end of February", date(2026, 2, 28)),
        ("starts again after an own act", date(2026, 5, 25)),
        ("three in a row", date(2026, 5, 28)),
    ],
)
def test_refusals_are_met_on_the_day_the_policy_says(city, due, case, met):
    assert only(city, due, "work_refusal", case).first_met_on == met


def test_the_national_bar_is_only_met_without_an_acceptance_between(city, due):
    assert only(city, due, "work_refusal", "three in a row").national_bar is True
    assert only(city, due, "work_refusal", "accepted between: local bar only").national_bar is False


@pytest.mark.parametrize(
    ("case", "yuan"),
    [
        ("rural rebuild, dibao half", "74250"),
        ("rural rebuild, edge", "30673.50"),
        ("capped at the greatest area", "252000"),
        ("smaller than the people's share", "58275"),
        ("area unknown", "108000"),
        ("rural reinforcement", "4000"),
        ("urban reinforcement", "15520"),
    ],
)
def test_house_subsidies_are_exact(city, due, case, yuan):
    amount = only(city, due, "dangerous_house", case).amount
    assert amount is not None and Decimal(amount) / 100 == Decimal(yuan)


def test_a_subsidy_without_its_inputs_has_no_amount(city, due):
    assert only(city, due, "dangerous_house", "cost unknown").amount is None


@pytest.mark.parametrize(
    ("born", "months"), [((1964, 12), 0), ((1965, 1), 1), ((1965, 5), 2), ((1976, 8), 35), ((1976, 9), 36)]
)
def test_the_reform_delays_a_mans_retirement(born, months):
    assert men_delay(month_of(add_months(date(*born, 1), 60 * 12))) == months


def test_months_end_where_they_end():
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2025, 12, 31), -1) == date(2025, 11, 30)


@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.sampled_from(("male", "female")),
    st.integers(0, 10**6),
    st.sampled_from(sorted(KINDS)),
)
def test_a_damaged_number_is_never_a_valid_one(birth, sex, seed, kind):
    random = Random(seed)
    number = NumberBook(random).issue(sex, birth)
    damaged, happened = damage_number(number, random, kind)
    assert damaged != number
    # What Excel and doubles do to the last digits meets the check character once in eleven times.
    assert happened in ("excel_truncated", "rounded_double") or not resident_number.is_valid(damaged)


@given(st.sampled_from(("张伟", "王秀英", "欧阳建国", "买合木提·阿不都热合曼", "李䶮", "陈𠮷")), st.integers(0, 10**6))
def test_a_damaged_name_differs_and_says_how(name, seed):
    damaged, kind = damage_name(name, Random(seed))
    assert damaged != name and kind

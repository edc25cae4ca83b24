"""The people of the demo city and what is due to them: cases found to the day, near misses left alone."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.demo_city.build import build_city
from connectors.demo_city.city import City
from connectors.demo_city.months import add_months
from connectors.demo_city.name_damage import damage_name
from connectors.demo_city.names import NameBook
from connectors.demo_city.number_damage import KINDS, damage_number
from connectors.demo_city.numbers import NumberBook
from connectors.demo_city.oracle import RULES, due_findings
from connectors.demo_city.oracle_labour import retirement_days
from connectors.demo_city.oracle_view import Due
from warehouse import resident_number

AS_OF = date(2026, 6, 30)
CLAUSES = Path(__file__).parents[2] / "policy" / "clauses"
ABOUT_NOBODY = {"standard_growth"}  # compares two parameters; no export decides it
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
    "illness_candidate",
    "disability_candidate",
    "sudden_illness_candidate",
    "aid_remains",
    "extension_candidate",
    "charity_candidate",
    "premium_in_full",
    "care_form_missing",
    "post_candidate",
    "public_post",
    "no_work_no_training",
    "nobody_works",
    "flexible_worker",
    "new_hire_insurance",
    "new_hire_post",
    "no_dwelling_no_aid",
    "only_dwelling",
    "income_left_out",
    "work_cost",
    "may_apply",
    "working",
    "several_dwellings",
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


def test_no_child_is_named_after_a_parent(city):
    homes: dict[int, list] = {}
    for person in city.people:
        homes.setdefault(person.home, []).append(person)
    children = [person for person in city.people if person.guardian is not None]
    taken = [
        child.name
        for child in children
        for parent in homes[child.home][:2]
        if parent.name[-2:] == child.name[-2:] or parent.name == child.name
    ]
    assert len(children) > 3000 and taken == []


def test_the_oracle_knows_every_running_rule():
    assert set(RULES) == {folder.name for folder in CLAUSES.iterdir() if folder.is_dir()} - ABOUT_NOBODY


def test_every_rule_and_condition_has_findings(due):
    assert {finding.rule for finding in due} == set(RULES)
    assert {finding.condition for finding in due} == CONDITIONS
    assert min(Counter(finding.rule for finding in due).values()) >= 3


def people_of(city: City, finding: Due) -> list[int]:
    """The person found, or the members of the household found."""
    if finding.person is not None:
        return [finding.person]
    return [row.person for row in city.roster if (row.family_no, row.month) == (finding.family_no, city.last_month)]


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 2, 28), date(2025, 8, 15)])
def test_planted_cases_are_found_and_near_misses_are_not(as_of):
    small = build_city(1000, 2, as_of)
    found = {(finding.rule, person) for finding in due_findings(small) for person in people_of(small, finding)}
    assert [case for case in small.planted if case.due != ((case.rule, case.person) in found)] == []
    for due, fewest in ((True, 3), (False, 3)):
        planted = Counter(case.rule for case in small.planted if case.due == due)
        assert {rule for rule in RULES if planted[rule] < fewest} == set()


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
    ("sex", "born", "retires"),
    [
        ("male", date(1964, 12, 9), [date(2024, 12, 9)]),
        ("male", date(1965, 1, 9), [date(2025, 2, 9)]),
        ("male", date(1965, 5, 31), [date(2025, 7, 31)]),
        ("male", date(1976, 9, 1), [date(2039, 9, 1)]),
        ("female", date(1975, 3, 31), [date(2025, 5, 31), date(2031, 7, 31)]),
        ("female", date(1971, 4, 2), [date(2021, 4, 2), date(2026, 8, 2)]),
    ],
)
def test_the_reform_delays_retirement(sex, born, retires):
    assert retirement_days(sex, born) == retires


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

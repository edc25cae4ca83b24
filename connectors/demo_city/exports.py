"""The forms of the 18 exports (exports.toml) and how each fact fills its columns as an office writes it."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from connectors.demo_city import facts
from connectors.demo_city.city import City
from connectors.demo_city.offices import Identity, Office

CATEGORY_DIGITS = {
    "visual": 1, "hearing": 2, "speech": 3, "physical": 4, "intellectual": 5, "mental": 6, "multiple": 7,
}


@dataclass(frozen=True)
class Column:
    """One column of an export: kind as in exports.toml, headings (the usual one first), words of its codes."""

    name: str
    kind: str
    headings: tuple[str, ...]
    required: bool
    codes: dict[str, list[str]] | None


@dataclass(frozen=True)
class Form:
    """One source table."""

    table: str
    department: str
    title: str
    columns: tuple[Column, ...]

    def place(self, name: str) -> int:
        """Where a column stands among the values of a row."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


class Entry(NamedTuple):
    """A row before it is printed: values in the order of the form's columns."""

    person: int
    values: tuple[Any, ...]
    label: str


@cache
def forms() -> dict[str, Form]:
    """All forms by table."""
    text = Path(__file__).with_name("exports.toml").read_text(encoding="utf-8")
    return {
        table: Form(table, given["department"], given["title"], tuple(
            Column(name, column["kind"], tuple(column["headings"]), column.get("required", False),
                   column.get("codes"))
            for name, column in given["columns"].items()
        ))
        for table, given in tomllib.loads(text).items()
    }


def entries(city: City, office: Office, table: str) -> Iterator[Entry]:
    """Every row of a table, in the order of the facts; runs of months become one row a month."""
    source, fill = FILLED[table]
    for fact in source(city):
        who = office.identity(fact.person)
        values = fill(fact, who) if table not in NEEDS_CITY else fill(fact, who, city, office)
        yield Entry(fact.person, values, who.label)


def _relation(relation: str, sex: str) -> str:
    """Forms tell sons from daughters, where the facts say child."""
    names = {"child": ("son", "daughter"), "parent": ("father", "mother")}.get(relation)
    return relation if names is None else names[sex == "female"]


def _roster(fact: facts.RosterRow, who: Identity, city: City, office: Office) -> tuple[Any, ...]:
    head, person = office.identity(fact.head), city.people[fact.person]
    relation = _relation(fact.relation, person.sex)
    return (
        fact.month, fact.family_no, head.name, head.number, who.name, who.number, relation, who.sex, who.birth,
        fact.category, fact.cause, fact.start_date, fact.person_amount, fact.household_amount, fact.household_size,
        fact.household_income, fact.labour, fact.care_need, person.town, person.community, who.address, who.phone,
    )


def _exit(fact: facts.Exit, who: Identity) -> tuple[Any, ...]:
    return (fact.family_no, who.name, who.number, fact.category, fact.exit_date, fact.reason, fact.income_per_head,
            fact.grace_until)


def _referral(fact: facts.Referral, who: Identity) -> tuple[Any, ...]:
    return (fact.referral_no, who.name, who.number, fact.referral_date, fact.employer, fact.job, fact.outcome,
            fact.refusal_reason, fact.feedback_date)


def _certificate(fact: facts.Certificate, who: Identity, city: City, office: Office) -> tuple[Any, ...]:
    person = city.people[fact.person]
    number = f"{person.number}{CATEGORY_DIGITS[fact.category]}{fact.grade}"
    if fact.person % 29 == 0:
        number += "B1"
    elif fact.person % 23 == 0:
        number = " ".join(number[start:start + 4] for start in range(0, 20, 4))
    guardian = None if person.guardian is None else city.people[person.guardian].name
    return (who.name, number, who.number, who.sex, who.birth, fact.category, fact.grade, fact.issued_on,
            fact.expires_on, fact.status, guardian, who.phone, person.town, person.community, who.address)


def _settlement(fact: facts.Settlement, who: Identity) -> tuple[Any, ...]:
    return (fact.settlement_no, who.name, who.number, who.sex, who.birth, *fact[2:])


def _housing_case(fact: facts.HousingCase, who: Identity, city: City, office: Office) -> tuple[Any, ...]:
    relation = _relation(fact.relation, city.people[fact.person].sex)
    return fact.case_no, who.name, who.number, relation, *fact[3:]


def _house(fact: facts.DangerousHouse, who: Identity, city: City, office: Office) -> tuple[Any, ...]:
    return (fact.house_no, who.name, who.number, *fact[2:], city.people[fact.person].town, who.address)


def _contributions(city: City) -> Iterator[Any]:
    """One fact a month, the months in order, as the monthly files are cut."""
    for month in range(city.first_month, city.last_month + 1):
        for run in city.contributions:
            if run.first_month <= month <= run.last_month:
                yield run._replace(first_month=month)


def _contribution(fact: facts.Contribution, who: Identity) -> tuple[Any, ...]:
    paid = "unpaid" if fact.first_month in fact.unpaid else "paid"
    return fact.first_month, who.name, who.number, fact.employer, fact.insured_as, fact.base, paid


def _pensions(city: City) -> Iterator[Any]:
    for month in range(city.first_month, city.last_month + 1):
        for run in city.pensions:
            if run.first_month <= month <= run.last_month:
                yield run._replace(first_month=month)


def _pension(fact: facts.Pension, who: Identity) -> tuple[Any, ...]:
    ended = fact.ended_month is not None and fact.first_month >= fact.ended_month
    return (fact.first_month, who.name, who.number, fact.benefit, 0 if ended else fact.amount, fact.retired_on,
            "ended" if ended else "paid", fact.end_reason if ended else None)


NEEDS_CITY = frozenset(("assistance_roster", "disability_certificates", "dangerous_houses", "housing_security"))
FILLED: dict[str, tuple[Callable[[City], Any], Callable[..., tuple[Any, ...]]]] = {
    "assistance_roster": (lambda city: sorted(city.roster, key=lambda row: (row.month, row.family_no)), _roster),
    "assistance_exits": (lambda city: sorted(city.exits, key=lambda row: row.exit_date), _exit),
    "benefit_payments": (
        lambda city: sorted(city.payments, key=lambda row: (row.month, row.family_no)),
        lambda fact, who: (fact.month, fact.family_no, who.name, who.number, fact.benefit, fact.amount)),
    "deaths": (
        lambda city: sorted(city.deaths, key=lambda row: row.death_date),
        lambda fact, who: (who.name, who.number, who.sex, fact.death_date, fact.cremation_date)),
    "job_referrals": (lambda city: sorted(city.referrals, key=lambda row: row.referral_date), _referral),
    "job_seeking": (
        lambda city: city.job_seeking,
        lambda fact, who: (fact.registration_no, who.name, who.number, fact.registered_on, who.phone)),
    "employment": (
        lambda city: city.employment,
        lambda fact, who: (who.name, who.number, *fact[1:])),
    "contributions": (_contributions, _contribution),
    "training": (
        lambda city: sorted(city.training, key=lambda row: row.start_date),
        lambda fact, who: (fact.course_no, who.name, who.number, *fact[2:])),
    "pensions": (_pensions, _pension),
    "disability_certificates": (lambda city: city.certificates, _certificate),
    "medical_settlements": (lambda city: sorted(city.settlements, key=lambda row: row.settled_on), _settlement),
    "family_doctor_contracts": (
        lambda city: city.doctor_contracts,
        lambda fact, who: (who.name, who.number, fact.team, fact.signed_on, fact.valid_until, who.phone)),
    "care_assessments": (
        lambda city: city.assessments,
        lambda fact, who: (fact.assessment_no, who.name, who.number, *fact[2:])),
    "death_certificates": (
        lambda city: sorted(city.death_certificates, key=lambda row: row.death_date),
        lambda fact, who: (fact.certificate_no, who.name, who.number, who.sex, fact.death_date)),
    "housing_security": (lambda city: city.housing_cases, _housing_case),
    "dangerous_houses": (lambda city: city.dangerous_houses, _house),
    "properties": (
        lambda city: city.properties,
        lambda fact, who: (fact.certificate_no, who.name, who.number, *fact[2:])),
}

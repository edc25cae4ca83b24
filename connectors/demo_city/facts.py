"""One tuple per fact of the city, people by their number, before any office writes it down.

Money and areas are whole hundredths (fen, 0.01 m²); months are whole numbers (months.py). The order of the
fields follows the columns of the source table that the fact is written to.
"""

from datetime import date
from typing import NamedTuple


class RosterRow(NamedTuple):
    month: int
    family_no: str
    head: int
    person: int
    relation: str
    category: str
    cause: str
    start_date: date
    person_amount: int
    household_amount: int
    household_size: int
    household_income: int
    labour: str | None
    care_need: str


class Exit(NamedTuple):
    family_no: str
    person: int
    category: str
    exit_date: date
    reason: str
    income_per_head: int | None
    grace_until: int | None


class Payment(NamedTuple):
    month: int
    family_no: str
    person: int
    benefit: str
    amount: int


class Death(NamedTuple):
    person: int
    death_date: date
    cremation_date: date


class DeathCertificate(NamedTuple):
    certificate_no: str
    person: int
    death_date: date


class Referral(NamedTuple):
    referral_no: str
    person: int
    referral_date: date
    employer: str
    job: str
    outcome: str
    refusal_reason: str | None
    feedback_date: date


class JobSeeking(NamedTuple):
    registration_no: str
    person: int
    registered_on: date


class Employment(NamedTuple):
    person: int
    employer: str
    post_type: str
    contract_start: date
    contract_end: date | None
    monthly_wage: int


class Contribution(NamedTuple):
    """A run of months with one employer; `unpaid` months were due but not received."""

    person: int
    first_month: int
    last_month: int
    employer: str | None
    insured_as: str
    base: int
    unpaid: tuple[int, ...] = ()


class Training(NamedTuple):
    course_no: str
    person: int
    course: str
    start_date: date
    end_date: date
    certificate: str


class Pension(NamedTuple):
    """A run of months; in `ended_month` the list says 终止 for `end_reason`."""

    person: int
    first_month: int
    last_month: int
    benefit: str
    amount: int
    retired_on: date
    ended_month: int | None = None
    end_reason: str | None = None


class Certificate(NamedTuple):
    person: int
    category: str
    grade: int
    issued_on: date
    expires_on: date
    status: str


class Settlement(NamedTuple):
    settlement_no: str
    person: int
    hospital: str
    visit_type: str
    diagnosis_code: str
    diagnosis: str
    admitted_on: date
    settled_on: date
    total: int
    basic_paid: int
    major_paid: int
    aid_paid: int
    copay: int
    eligible_selfpay: int
    other_selfpay: int


class DoctorContract(NamedTuple):
    person: int
    team: str
    signed_on: date
    valid_until: date


class Assessment(NamedTuple):
    assessment_no: str
    person: int
    assessed_on: date
    level: str
    service: str | None


class HousingCase(NamedTuple):
    case_no: str
    person: int
    relation: str
    form: str
    start_date: date
    end_date: date | None
    address: str


class DangerousHouse(NamedTuple):
    house_no: str
    person: int
    setting: str
    danger_grade: str
    treatment: str
    floor_area: int | None
    unit_cost: int | None
    people: int
    identified_on: date
    completed_on: date | None
    subsidy_paid: int


class Property(NamedTuple):
    certificate_no: str
    person: int
    share: str
    use: str
    floor_area: int
    registered_on: date
    address: str

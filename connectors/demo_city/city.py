"""The city as it truly is: its people, and all facts of its last twelve months."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from connectors.demo_city import facts


@dataclass(slots=True)
class Person:
    """One human being."""

    index: int
    name: str
    sex: str
    birth: date
    number: str
    home: int
    town: str
    community: str
    address: str
    phone: str
    guardian: int | None = None


class Planted(NamedTuple):
    """A case put in on purpose: `due` says whether the rule must find the person."""

    rule: str
    case: str
    person: int
    due: bool


@dataclass(frozen=True)
class Recorded:
    """What one office has on file instead of the truth, though nobody mistyped: a contradiction to find."""

    name: str | None = None
    number: str | None = None
    sex: str | None = None
    birth: date | None = None


@dataclass
class City:
    """All people and facts of one city over the months `first_month`..`last_month`."""

    as_of: date
    first_month: int
    last_month: int
    people: list[Person] = field(default_factory=list)
    roster: list[facts.RosterRow] = field(default_factory=list)
    exits: list[facts.Exit] = field(default_factory=list)
    payments: list[facts.Payment] = field(default_factory=list)
    deaths: list[facts.Death] = field(default_factory=list)
    death_certificates: list[facts.DeathCertificate] = field(default_factory=list)
    referrals: list[facts.Referral] = field(default_factory=list)
    job_seeking: list[facts.JobSeeking] = field(default_factory=list)
    employment: list[facts.Employment] = field(default_factory=list)
    contributions: list[facts.Contribution] = field(default_factory=list)
    training: list[facts.Training] = field(default_factory=list)
    pensions: list[facts.Pension] = field(default_factory=list)
    certificates: list[facts.Certificate] = field(default_factory=list)
    settlements: list[facts.Settlement] = field(default_factory=list)
    doctor_contracts: list[facts.DoctorContract] = field(default_factory=list)
    assessments: list[facts.Assessment] = field(default_factory=list)
    housing_cases: list[facts.HousingCase] = field(default_factory=list)
    dangerous_houses: list[facts.DangerousHouse] = field(default_factory=list)
    properties: list[facts.Property] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    recorded: dict[tuple[str, int], Recorded] = field(default_factory=dict)
    ordered_damage: dict[tuple[str, int], str] = field(default_factory=dict)
    careful: set[int] = field(default_factory=set)  # planted people: damaged only where a case asks for it

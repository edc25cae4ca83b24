"""What an office has on file about a person. Decided once per person and table: a wrong entry is wrong each time."""

from datetime import date
from random import Random
from typing import NamedTuple
from zlib import crc32

from connectors.demo_city.city import City, Person, Recorded
from connectors.demo_city.name_damage import damage_name, is_fragile
from connectors.demo_city.number_damage import damage_number

# Share of the people in a table whose number is damaged; ledgers kept by hand are worse than systems.
NUMBER_RATES = {
    "assistance_roster": 0.02, "assistance_exits": 0.025, "benefit_payments": 0.025, "deaths": 0.04,
    "job_referrals": 0.06, "job_seeking": 0.04, "employment": 0.03, "contributions": 0.02, "training": 0.03,
    "pensions": 0.02, "disability_certificates": 0.045, "medical_settlements": 0.05,
    "family_doctor_contracts": 0.04, "care_assessments": 0.04, "death_certificates": 0.04,
    "housing_security": 0.05, "dangerous_houses": 0.06, "properties": 0.035,
}
NAME_RATE = 0.015
FRAGILE_NAME_RATE = 0.35
BORROWED = {"family_doctor_contracts": 0.06, "medical_settlements": 0.05}  # children under a parent's number
PAYER_RATE = 0.003  # adults settled under somebody else's card
OTHER_PHONE_RATE = 0.25


class Identity(NamedTuple):
    """A person as this office writes it; `label` names the damage, "" for none."""

    name: str
    number: str
    sex: str
    birth: date
    phone: str
    address: str
    label: str


class Office:
    """The files behind one source table."""

    def __init__(self, city: City, table: str, *, seed: int, damage: float) -> None:
        self._city = city
        self._table = table
        self._seed = seed
        self._damage = damage
        self._known: dict[int, Identity] = {}

    def identity(self, index: int) -> Identity:
        """What stands on file; the same at every call."""
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._enter(self._city.people[index])
        return known

    def _chance(self, index: int, what: str) -> float:
        return crc32(f"{self._seed}/{self._table}/{what}/{index}".encode()) / 2**32

    def _enter(self, person: Person) -> Identity:
        recorded = self._city.recorded.get((self._table, person.index), Recorded())
        number, number_label = self._number(person, recorded.number or person.number)
        name, name_label = self._name(person, recorded.name or person.name)
        return Identity(
            name, number, recorded.sex or person.sex, recorded.birth or person.birth, self._phone(person),
            self._address(person), "+".join(label for label in (number_label, name_label) if label),
        )

    def _number(self, person: Person, number: str) -> tuple[str, str]:
        ordered = self._city.ordered_damage.get((self._table, person.index))
        if ordered and self._damage:
            return self._damaged(person, number, ordered)
        if person.index in self._city.careful:
            return number, ""
        borrowed = self._borrowed(person)
        if borrowed is not None:
            return borrowed
        if self._chance(person.index, "number") < NUMBER_RATES[self._table] * self._damage:
            return self._damaged(person, number, None)
        return number, ""

    def _damaged(self, person: Person, number: str, kind: str | None) -> tuple[str, str]:
        random = Random(f"number {self._seed} {self._table} {person.index}")
        damaged, kind = damage_number(number, random, kind)
        return damaged, f"number:{kind}"

    def _borrowed(self, person: Person) -> tuple[str, str] | None:
        rate = BORROWED.get(self._table, 0.0) * self._damage
        if not rate:
            return None
        people = self._city.people
        child = person.guardian is not None and self._city.as_of.year - person.birth.year < 16
        if child and person.guardian is not None and self._chance(person.index, "parent") < rate:
            return people[person.guardian].number, "number:parents_number"
        payer = people[person.index - 1]
        if payer.home == person.home and self._chance(person.index, "payer") < PAYER_RATE * self._damage:
            return payer.number, "number:payers_number"
        return None

    def _name(self, person: Person, name: str) -> tuple[str, str]:
        if person.index in self._city.careful:
            return name, ""
        rate = (FRAGILE_NAME_RATE if is_fragile(name) else NAME_RATE) * self._damage
        if self._chance(person.index, "name") >= rate:
            return name, ""
        damaged, kind = damage_name(name, Random(f"name {self._seed} {self._table} {person.index}"))
        return damaged, f"name:{kind}"

    def _phone(self, person: Person) -> str:
        if self._chance(person.index, "phone") >= OTHER_PHONE_RATE:
            return person.phone
        return f"{person.phone[:4]}{crc32(f'{self._table}{person.phone}'.encode()) % 10**7:07d}"

    def _address(self, person: Person) -> str:
        form = self._chance(person.index, "address")
        if form < 0.4:
            return person.address
        if form < 0.7:
            return person.address.removeprefix("昆山市")
        return "江苏省" + person.address if form < 0.9 else person.address.replace("幢", "栋").replace("号", "號")

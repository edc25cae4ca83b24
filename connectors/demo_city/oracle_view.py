"""The true facts by person and family, as the oracle looks them up; plain dictionaries, no SQL of ours."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from connectors.demo_city.city import City
from connectors.demo_city.facts import RosterRow
from connectors.demo_city.months import last_day, month_of

NEED = ("half", "full")
DATES_AGREE = timedelta(days=3)  # offices write the date from different papers; the later one protects
ASSESSED_NEED = ("moderate", "severe")


class Due(NamedTuple):
    """A finding that must be there on the as-of day; the amount in fen, None where the policy names none.

    `person` is None where the household is found, not one of its members.
    """

    rule: str
    condition: str
    person: int | None
    family_no: str | None
    first_met_on: date | None
    amount: int | None = None
    national_bar: bool | None = None


class View:
    """Indexes over one city; made once, read by every rule of the oracle."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.as_of = city.as_of
        self.last = city.last_month
        self.rows: dict[int, dict[int, list[RosterRow]]] = {}
        self.families: dict[tuple[str, int], list[RosterRow]] = defaultdict(list)
        for row in city.roster:
            self.rows.setdefault(row.person, {}).setdefault(row.month, []).append(row)
            self.families[row.family_no, row.month].append(row)
        self.paid: dict[tuple[int, int, str], int] = defaultdict(int)
        self.family_paid: set[tuple[str, int, str]] = set()
        for payment in city.payments:
            self.paid[payment.person, payment.month, payment.benefit] += payment.amount
            self.family_paid.add((payment.family_no, payment.month, payment.benefit))
        self._index_people(city)
        self.dead = self._deaths(city)

    def _index_people(self, city: City) -> None:
        self.exits = _by_person(city.exits)
        self.left_together: dict[tuple[str, date], set[int]] = defaultdict(set)
        for left in city.exits:
            self.left_together[left.family_no, left.exit_date].add(left.person)
        self.payments = _by_person(city.payments)
        self.referrals = _by_person(city.referrals)
        self.job_seeking = _by_person(city.job_seeking)
        self.training = _by_person(city.training)
        self.pensions = _by_person(city.pensions)
        self.assessments = _by_person(city.assessments)
        self.employment = _by_person(city.employment)
        self.contributions = _by_person(city.contributions)
        self.certificates = _by_person(city.certificates)
        self.settlements = _by_person(city.settlements)
        self.doctor_contracts = _by_person(city.doctor_contracts)
        self.houses = _by_person(city.dangerous_houses)
        self.housing_cases = _by_person(city.housing_cases)
        self.properties = _by_person(city.properties)

    def _deaths(self, city: City) -> dict[int, date]:
        """People whose death two sources tell alike; a pension's end and a cancelled certificate name no day."""
        cremated = {entry.person: entry.death_date for entry in city.deaths}
        certified = {entry.person: entry.death_date for entry in city.death_certificates}
        ended = {entry.person for entry in city.pensions if entry.end_reason == "death"}
        cancelled = {entry.person for entry in city.certificates if entry.status == "cancelled_as_dead"}
        sources = (cremated.keys(), certified.keys(), ended, cancelled)
        return {
            person: max(died, cremated.get(person, died)) for person, died in (cremated | certified).items()
            if sum(person in source for source in sources) >= 2
            and abs(cremated.get(person, died) - certified.get(person, died)) <= DATES_AGREE
        }

    def listed(self) -> list[RosterRow]:
        """All rows of the last roster."""
        return [row for months in self.rows.values() for row in months.get(self.last, ())]

    def helped(self) -> list[RosterRow]:
        """The rows of the last roster, one for each person."""
        return list({row.person: row for row in reversed(self.listed())}.values())

    def households(self) -> dict[str, list[RosterRow]]:
        """The families of the last roster, with their members' rows."""
        return {family_no: rows for (family_no, month), rows in self.families.items() if month == self.last}

    def on_roster(self, person: int, month: int, category: str | None = None) -> bool:
        """Whether the person stands on that month's roster (in that category)."""
        rows = self.rows.get(person, {}).get(month, ())
        return any(category in (None, row.category) for row in rows)

    def stay_begins(self, person: int) -> int:
        """First month of the unbroken stay, in any category, that reaches the last roster."""
        month = self.last
        while self.on_roster(person, month - 1):
            month -= 1
        return month

    def family_begins(self, family_no: str) -> int:
        """First month of the family's unbroken stay, in any category, that reaches the last roster."""
        month = self.last
        while (family_no, month - 1) in self.families:
            month -= 1
        return month

    def assessment(self, person: int, by: date | None = None) -> Any:
        """The latest assessment by that day (the as-of day), None where there is none."""
        known = [entry for entry in self.assessments[person] if entry.assessed_on <= (by or self.as_of)]
        return max(known, key=lambda entry: entry.assessed_on, default=None)

    def needs_care(self, row: RosterRow) -> bool:
        """Half or full care in that month: so says the roster, or the latest assessment by its end."""
        found = self.assessment(row.person, min(last_day(row.month), self.as_of))
        return row.care_need in NEED or (found is not None and found.level in ASSESSED_NEED)

    def severe_certificate(self, person: int) -> Any:
        """The certificate in force on the day, where its grade is 1 or 2; else None."""
        valid = [entry for entry in self.certificates[person]
                 if entry.status == "valid" and entry.issued_on <= self.as_of <= entry.expires_on]
        latest = max(valid, key=lambda entry: entry.issued_on, default=None)
        return latest if latest is not None and latest.grade <= 2 else None

    def last_listed(self, person: int) -> int | None:
        """The last month in which the person stood on a roster."""
        return max(self.rows[person]) if person in self.rows else None

    def latest_exits(self) -> list[Any]:
        """Each person's latest exit up to the day."""
        past = [[left for left in lefts if left.exit_date <= self.as_of] for lefts in self.exits.values()]
        return [max(lefts, key=lambda left: left.exit_date) for lefts in past if lefts]

    def back_after(self, person: int, day: date) -> bool:
        """Whether the person stands on the last roster and that is of a month after the day's."""
        return self.last > month_of(day) and self.on_roster(person, self.last)


def _by_person(entries: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        found[entry.person].append(entry)
    return found

"""The true facts by person and family, as the oracle looks them up; plain dictionaries, no SQL of ours."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from connectors.demo_city.city import City
from connectors.demo_city.facts import Exit, RosterRow
from connectors.demo_city.months import month_of

WORKING = ("employee", "flexible")


class Due(NamedTuple):
    """A finding that must be there on the as-of day; the amount in fen, None where the policy names none."""

    rule: str
    condition: str
    person: int
    family_no: str | None
    first_met_on: date | None
    amount: int | None = None
    national_bar: bool | None = None


class View:
    """Indexes over one city; made once, read by every rule of the oracle."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.rows: dict[int, dict[int, list[RosterRow]]] = {}
        self.families: dict[tuple[str, int], list[RosterRow]] = defaultdict(list)
        for row in city.roster:
            self.rows.setdefault(row.person, {}).setdefault(row.month, []).append(row)
            self.families[row.family_no, row.month].append(row)
        self.exits: dict[int, list[Exit]] = defaultdict(list)
        for left in city.exits:
            self.exits[left.person].append(left)
        self.paid: dict[tuple[int, int, str], int] = defaultdict(int)
        self.family_paid: set[tuple[str, int, str]] = set()
        self.payments: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for payment in city.payments:
            self.payments[payment.person].append((payment.month, payment.amount))
            self.paid[payment.person, payment.month, payment.benefit] += payment.amount
            self.family_paid.add((payment.family_no, payment.month, payment.benefit))
        self.assessments = _by_person(city.assessments)
        self.employment = _by_person(city.employment)
        self.contributions = _by_person(city.contributions)
        self.certificates = _by_person(city.certificates)
        self.houses = _by_person(city.dangerous_houses)

    def helped(self) -> list[RosterRow]:
        """The rows of the last roster, one for each person."""
        found: dict[int, RosterRow] = {}
        for person, months in self.rows.items():
            for row in months.get(self.city.last_month, ()):
                found.setdefault(person, row)
        return list(found.values())

    def on_roster(self, person: int, month: int, category: str | None = None) -> bool:
        """Whether the person stands on that month's roster (in that category)."""
        if person not in self.rows or month not in self.rows[person]:
            return False
        return any(category in (None, row.category) for row in self.rows[person][month])

    def stay_begins(self, person: int) -> int:
        """First month of the unbroken stay, in any category, that reaches the last roster."""
        month = self.city.last_month
        while self.on_roster(person, month - 1):
            month -= 1
        return month

    def works(self, person: int) -> bool:
        """In work on the as-of day: registered, or a paid month as a worker among the last two."""
        as_of, last = self.city.as_of, self.city.last_month
        registered = any(
            job.contract_start <= as_of and (job.contract_end is None or job.contract_end >= as_of)
            for job in self.employment[person]
        )
        return registered or any(month >= last - 1 for month in self.worked_months(person))

    def worked_months(self, person: int) -> list[int]:
        """Months with a contribution as employee or flexible worker that was really paid."""
        return sorted(
            month
            for run in self.contributions[person] if run.insured_as in WORKING
            for month in range(run.first_month, run.last_month + 1) if month not in run.unpaid
        )

    def exits_in_window(self, months: int, reasons: tuple[str, ...]) -> list[Exit]:
        """Each person's latest exit from dibao or edge for these reasons, not longer ago than that."""
        oldest = month_of(self.city.as_of) - months
        return [
            left
            for lefts in self.exits.values()
            for left in sorted(lefts, key=lambda entry: entry.exit_date)[-1:]
            if left.reason in reasons and left.category in ("dibao", "dibao_edge")
            and month_of(left.exit_date) > oldest
        ]


def _by_person(entries: list) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for entry in entries:
        found[entry.person].append(entry)
    return found

"""The tools cases are planted with: families, months on the roster and payments, all true facts."""

from collections.abc import Sequence
from datetime import date, timedelta

from connectors.demo_city import facts
from connectors.demo_city.city import Person, Planted, Recorded
from connectors.demo_city.events import Events
from connectors.demo_city.months import first_day, years_before

LONG_AGO = date(2021, 3, 1)


class Family:
    """People on one family file; the first is the head."""

    def __init__(self, family_no: str, members: Sequence[Person], cause: str) -> None:
        self.family_no = family_no
        self.members = list(members)
        self.cause = cause
        self.amounts: dict[int, int] = {}
        self.income = 60_000 + 10_000 * (self.head.index % 9)

    @property
    def head(self) -> Person:
        return self.members[0]


class Planter(Events):
    """Writes families and their months into the city, and says which of them are cases."""

    def person(self, sex: str, age: int, home: int | None = None, *, birth: date | None = None,
               name: str | None = None) -> Person:
        """A planted person, kept free from chance damage; the age is that of the as-of day."""
        born = birth or years_before(self.city.as_of, age) - timedelta(days=self.random.randint(40, 300))
        person = self.registry.enter(sex, born, home or self.registry.new_home(), name=name)
        self.city.careful.add(person.index)
        return person

    def family(self, *members: tuple[str, int]) -> Family:
        """A planted family of (sex, age) members under one roof."""
        home = self.registry.new_home()
        return self.file([self.person(sex, age, home) for sex, age in members])

    def file(self, members: Sequence[Person], cause: str | None = None) -> Family:
        """A family file of people who are there already."""
        return Family(self.serial("KS3"), members, cause or self.random.choice(("illness", "disability", "illness")))

    def roster(
        self, family: Family, category: str = "dibao", first: int | None = None, last: int | None = None, *,
        start: date | None = None, labour: str | None = "full", care: dict[int, str] | None = None,
        size: int | None = None, paid: bool = True, payee: str = "each", contract: bool = True,
    ) -> None:
        """Put a family on the rosters of these months, pay it, and sign it up with a family doctor.

        `labour` is that of working-age members; `care` gives members (by place) a care need; `payee` is
        "each" or "head" (one payment for the whole household).
        """
        months = range(self.first if first is None else first, (self.last if last is None else last) + 1)
        began = start or (first_day(months.start) if first is not None else LONG_AGO)
        self._settle_amounts(family)
        for month in months:
            for place, member in enumerate(family.members):
                self.city.roster.append(self._roster_row(
                    family, member, place, month, category, began, labour, (care or {}).get(place, "none"), size,
                ))
            if paid:
                self.pay_family(family, month, category, payee)
        if contract:
            for member in family.members:
                self.doctor(member)

    def _settle_amounts(self, family: Family) -> None:
        for member in family.members:
            family.amounts.setdefault(member.index, self.random.randrange(38_000, 98_000, 50))

    def _roster_row(
        self, family: Family, member: Person, place: int, month: int, category: str, began: date,
        labour: str | None, care: str, size: int | None,
    ) -> facts.RosterRow:
        age = self.city.as_of.year - member.birth.year
        able = labour if 16 <= age < 64 else "none"
        return facts.RosterRow(
            month, family.family_no, family.head.index, member.index, relation_of(family.head, member, place),
            category, family.cause, began, family.amounts[member.index], sum(family.amounts.values()),
            size or len(family.members), family.income,
            "none" if care != "none" else able, care,
        )

    def pay_family(self, family: Family, month: int, benefit: str, payee: str = "each") -> None:
        """One month's payments to a family, to each member or in one sum to the head."""
        if payee == "head":
            self.pay(family.head, family, month, sum(family.amounts.values()), benefit)
            return
        for member in family.members:
            self.pay(member, family, month, family.amounts[member.index], benefit)

    def pay(self, person: Person, family: Family, month: int, amount: int, benefit: str = "dibao") -> None:
        self.city.payments.append(facts.Payment(month, family.family_no, person.index, benefit, amount))

    def leave(self, family: Family, day: date, reason: str, *, category: str = "dibao",
              income: int | None = 152_000, grace_until: int | None = None,
              members: Sequence[Person] | None = None) -> None:
        """Enter an exit for each member (or those named)."""
        for member in members or family.members:
            self.city.exits.append(facts.Exit(
                family.family_no, member.index, category, day, reason, income, grace_until))

    def record(self, table: str, person: Person, recorded: Recorded) -> None:
        """Let one office hold something else on this person than the rest does."""
        self.city.recorded[table, person.index] = recorded

    def case(self, rule: str, case: str, person: Person, *, due: bool) -> None:
        """Say that this person is here to test a rule."""
        self.city.planted.append(Planted(rule, case, person.index, due))


def relation_of(head: Person, member: Person, place: int) -> str:
    """How a member stands to the head, read from their ages."""
    if place == 0:
        return "head"
    years = member.birth.year - head.birth.year
    if years >= 17:
        return "child" if years < 45 else "grandchild"
    if years <= -17:
        return "parent"
    return "spouse" if member.sex != head.sex else "sibling"

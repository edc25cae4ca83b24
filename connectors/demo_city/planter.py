"""The tools cases are planted with: families, months on the roster, payments and single events, all true facts."""

from collections.abc import Sequence
from datetime import date, timedelta

from connectors.demo_city import facts, words
from connectors.demo_city.city import City, Person, Planted, Recorded
from connectors.demo_city.months import add_months, first_day, years_before
from connectors.demo_city.population import Registry

LONG_AGO = date(2021, 3, 1)


class Family:
    """People on one family file; the first is the head."""

    def __init__(self, family_no: str, members: Sequence[Person], cause: str) -> None:
        self.family_no = family_no
        self.members = list(members)
        self.cause = cause
        self.amounts: dict[int, int] = {}

    @property
    def head(self) -> Person:
        return self.members[0]


class Planter:
    """Writes facts into the city; counts its own document numbers so that none is used twice."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.city: City = registry.city
        self.random = registry.random
        self._serial = 0

    @property
    def last(self) -> int:
        """The month the last roster is of."""
        return self.city.last_month

    @property
    def first(self) -> int:
        return self.city.first_month

    def serial(self, prefix: str) -> str:
        """A document number that no other fact has."""
        self._serial += 1
        return f"{prefix}{self._serial:07d}"

    def months_ago(self, count: int, days: int = 0) -> date:
        """The as-of day, that many months and then days earlier."""
        return add_months(self.city.as_of, -count) - timedelta(days=days)

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
            size or len(family.members), 60_000 + 10_000 * (family.head.index % 9),
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

    def doctor(self, person: Person, valid_until: date | None = None, signed_on: date | None = None) -> None:
        """A family-doctor contract; by default one that is valid on the as-of day."""
        until = valid_until or self.months_ago(-8)
        signed = signed_on or add_months(until, -24)
        team = f"{person.town}家庭医生{person.home % 9 + 1}组"
        self.city.doctor_contracts.append(facts.DoctorContract(person.index, team, signed, until))

    def refer(self, person: Person, day: date, outcome: str = "refused", reason: str | None = None) -> None:
        """A referral by the public service; a refusal has a reason that excuses nothing unless one is given."""
        if outcome == "refused" and reason is None:
            reason = self.random.choice(("嫌工资低", "不想上班", "嫌岗位累", "不愿意去"))
        self.city.referrals.append(facts.Referral(
            self.serial("JS"), person.index, day, self.employer(), self.random.choice(words.JOBS), outcome, reason,
            day + timedelta(days=self.random.randint(0, 6))))

    def seek(self, person: Person, day: date) -> None:
        self.city.job_seeking.append(facts.JobSeeking(self.serial("QZ"), person.index, day))

    def train(self, person: Person, day: date) -> None:
        self.city.training.append(facts.Training(
            f"PX{day:%Y%m}01", person.index, self.random.choice(words.COURSES), day, day + timedelta(days=25), "是"))

    def employ(self, person: Person, start: date, end: date | None = None, post: str = "employee") -> None:
        self.city.employment.append(facts.Employment(person.index, self.employer(), post, start, end, 300_000))

    def contribute(self, person: Person, first: int, last: int, insured_as: str = "employee",
                   unpaid: tuple[int, ...] = ()) -> None:
        employer = self.employer() if insured_as == "employee" else None
        self.city.contributions.append(facts.Contribution(
            person.index, max(first, self.first), min(last, self.last), employer, insured_as, 448_000, unpaid))

    def certify(self, person: Person, grade: int, issued: date, category: str = "physical",
                status: str = "valid") -> None:
        self.city.certificates.append(facts.Certificate(
            person.index, category, grade, issued, add_months(issued, 120), status))

    def assess(self, person: Person, day: date, level: str, service: str | None = None) -> None:
        self.city.assessments.append(facts.Assessment(self.serial("SN"), person.index, day, level, service))

    def visit(self, person: Person, day: date, total: int = 42_000) -> None:
        """A settlement of an outpatient visit, far below any burden that matters."""
        code, diagnosis = words.DIAGNOSES[person.index % 5]
        paid = total * 6 // 10
        self.city.settlements.append(facts.Settlement(
            self.serial("YJ"), person.index, words.HOSPITALS[person.home % len(words.HOSPITALS)], "outpatient", code,
            diagnosis, day, day, total, paid, 0, 0, total - paid - 5_000, 3_000, 2_000))

    def cremate(self, person: Person, died: date) -> None:
        self.city.deaths.append(facts.Death(person.index, died, died + timedelta(days=2)))

    def certify_death(self, person: Person, died: date) -> None:
        self.city.death_certificates.append(facts.DeathCertificate(self.serial("SW"), person.index, died))

    def pension(self, person: Person, ended: int | None = None, benefit: str = "resident",
                reason: str | None = None) -> None:
        last = self.last if ended is None else ended
        self.city.pensions.append(facts.Pension(
            person.index, self.first, last, benefit, 26_000 if benefit == "resident" else 312_000,
            min(add_months(person.birth, 60 * 12), self.months_ago(30)), ended, reason))

    def house(self, owner: Person, **given: object) -> None:
        """A dangerous house; what is not given is a rural house of grade D of 120 m² for three, untreated."""
        usual: dict[str, object] = {
            "setting": "rural", "danger_grade": "D", "treatment": "none", "floor_area": 12_000, "unit_cost": 180_000,
            "people": 3, "identified_on": self.months_ago(14), "completed_on": None, "subsidy_paid": 0,
        }
        self.city.dangerous_houses.append(facts.DangerousHouse(
            self.serial("WF"), owner.index, **{**usual, **given}))  # type: ignore[arg-type]

    def record(self, table: str, person: Person, recorded: Recorded) -> None:
        """Let one office hold something else on this person than the rest does."""
        self.city.recorded[table, person.index] = recorded

    def case(self, rule: str, case: str, person: Person, *, due: bool) -> None:
        """Say that this person is here to test a rule."""
        self.city.planted.append(Planted(rule, case, person.index, due))

    def employer(self) -> str:
        first, last = self.random.choice(words.EMPLOYER_FIRST), self.random.choice(words.EMPLOYER_LAST)
        return f"昆山{first}{last}有限公司"


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

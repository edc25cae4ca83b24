"""Single events of people, all true facts: referrals, jobs, courses, visits to doctors, deaths, houses and homes."""

from datetime import date, timedelta

from connectors.demo_city import facts, words
from connectors.demo_city.city import City, Person
from connectors.demo_city.months import add_months
from connectors.demo_city.population import Registry


class Events:
    """Writes events into the city; counts its own document numbers so that none is used twice."""

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

    def employ(self, person: Person, start: date, end: date | None = None, post: str = "employee",
               wage: int = 300_000, employer: str | None = None) -> None:
        """A registered job; the wage in fen a month."""
        self.city.employment.append(facts.Employment(
            person.index, employer or self.employer(), post, start, end, wage))

    def contribute(self, person: Person, first: int, last: int, insured_as: str = "employee",
                   unpaid: tuple[int, ...] = (), base: int = 448_000) -> None:
        """Contributions of these months, cut to the city's months."""
        employer = self.employer() if insured_as == "employee" else None
        self.city.contributions.append(facts.Contribution(
            person.index, max(first, self.first), min(last, self.last), employer, insured_as, base, unpaid))

    def certify(self, person: Person, grade: int, issued: date, category: str = "physical",
                status: str = "valid") -> None:
        self.city.certificates.append(facts.Certificate(
            person.index, category, grade, issued, add_months(issued, 120), status))

    def assess(self, person: Person, day: date, level: str, service: str | None = None) -> None:
        self.city.assessments.append(facts.Assessment(self.serial("SN"), person.index, day, level, service))

    def visit(self, person: Person, day: date, total: int = 42_000, **given: object) -> None:
        """A settlement; what is not given is an outpatient visit, far below any burden that matters."""
        code, diagnosis = words.DIAGNOSES[person.index % 5]
        paid = total * 6 // 10
        usual: dict[str, object] = {
            "hospital": words.HOSPITALS[person.home % len(words.HOSPITALS)], "visit_type": "outpatient",
            "diagnosis_code": code, "diagnosis": diagnosis, "admitted_on": day, "basic_paid": paid, "major_paid": 0,
            "aid_paid": 0, "copay": total - paid - 5_000, "eligible_selfpay": 3_000, "other_selfpay": 2_000,
        }
        filled = {"settlement_no": self.serial("YJ"), "person": person.index, "settled_on": day, "total": total}
        self.city.settlements.append(facts.Settlement(**{**filled, **usual, **given}))  # type: ignore[arg-type]

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

    def own(self, person: Person, registered: date, use: str = "dwelling", *, number: str | None = None,
            elsewhere: str = "") -> str:
        """A registered property at the person's address, or elsewhere; returns its certificate's number."""
        certificate = number or f"{self.serial('苏(2019)昆山市不动产权第')}号"
        self.city.properties.append(facts.Property(
            certificate, person.index, "单独所有", use, 8_600, registered, elsewhere or person.address))
        return certificate

    def house_aid(self, person: Person, start: date, end: date | None = None, form: str = "public_rental") -> None:
        place = f"昆山市{person.town}保障房{person.home % 30 + 1}幢"
        self.city.housing_cases.append(facts.HousingCase(
            self.serial("ZB"), person.index, "head", form, start, end, place))

    def employer(self) -> str:
        first, last = self.random.choice(words.EMPLOYER_FIRST), self.random.choice(words.EMPLOYER_LAST)
        return f"昆山{first}{last}有限公司"

"""Work, insurance and pensions of everybody else."""

from datetime import timedelta

from connectors.demo_city import facts, words
from connectors.demo_city.city import Person
from connectors.demo_city.months import add_months, first_day, last_day, month_of
from connectors.demo_city.planter import Planter


def live_and_work(planter: Planter, people: list[Person]) -> None:
    """Contributions and work for those of working age, pensions and deaths for the old."""
    year = planter.city.as_of.year
    for person in people:
        age = year - person.birth.year
        if 20 <= age < 60:
            _working_age(planter, person)
        elif age >= 60:
            _old_age(planter, person, age)
        elif age > 3 and planter.random.random() < 0.18:
            _insure_as_resident(planter, person)


def _working_age(planter: Planter, person: Person) -> None:
    random = planter.random
    point = random.random()
    if point < 0.47:
        _employed(planter, person)
    elif point < 0.53:
        planter.contribute(person, planter.first, planter.last, "flexible")
    elif point < 0.66:
        _insure_as_resident(planter, person)
    if random.random() < 0.045:
        planter.seek(person, planter.city.as_of - timedelta(days=random.randint(1, 360)))
    if random.random() < 0.03:
        _referral(planter, person)
    if random.random() < 0.02:
        _course(planter, person)


def _employed(planter: Planter, person: Person) -> None:
    random = planter.random
    first, last = planter.first, planter.last
    if random.random() < 0.15:
        first, last = sorted((random.randint(first, last), random.randint(first, last)))
    employer, wage = planter.employer(), random.randrange(260_000, 1_500_000, 10_000)
    unpaid = (random.randint(first, last),) if random.random() < 0.02 else ()
    planter.city.contributions.append(
        facts.Contribution(person.index, first, last, employer, "employee", max(wage, 448_000), unpaid))
    if random.random() < 0.6:
        start = first_day(first - random.randint(0, 40)) + timedelta(days=random.randint(0, 20))
        end = None if last == planter.last else last_day(last)
        post = "employee" if random.random() < 0.95 else random.choice(("public_welfare", "self_employed"))
        planter.city.employment.append(facts.Employment(person.index, employer, post, start, end, wage))


def _insure_as_resident(planter: Planter, person: Person) -> None:
    month = min(planter.last, planter.first + 5 + planter.random.randint(0, 2))
    planter.city.contributions.append(facts.Contribution(person.index, month, month, None, "resident", 45_000))


def _referral(planter: Planter, person: Person) -> None:
    random = planter.random
    day = planter.city.as_of - timedelta(days=random.randint(8, 350))
    outcome = random.choice(("accepted", "hired", "hired", "refused", "not_hired", "no_contact"))
    planter.refer(person, day, outcome)


def _course(planter: Planter, person: Person) -> None:
    random = planter.random
    start = first_day(random.randint(planter.first, planter.last - 2)) + timedelta(days=5)
    course = random.randrange(len(words.COURSES))
    planter.city.training.append(facts.Training(
        f"PX{start:%Y%m}{course + 2:02d}", person.index, words.COURSES[course], start, start + timedelta(days=30),
        random.choice(("是", "是", "否"))))


def _old_age(planter: Planter, person: Person, age: int) -> None:
    random = planter.random
    died = None
    if random.random() < 0.004 + (age - 60) * 0.0016:
        died = first_day(planter.first) + timedelta(days=random.randint(2, 350))
        if random.random() < 0.95:
            planter.city.deaths.append(facts.Death(person.index, died, died + timedelta(days=random.randint(1, 4))))
        if random.random() < 0.92:
            planter.certify_death(person, died)
    if random.random() < 0.82:
        _pension(planter, person, None if died is None else month_of(died))


def _pension(planter: Planter, person: Person, ended: int | None) -> None:
    random = planter.random
    benefit = random.choices(("employee", "resident", "public"), (60, 32, 8))[0]
    low, high = {"employee": (180_000, 520_000), "resident": (20_000, 42_000), "public": (420_000, 900_000)}[benefit]
    age = 60 if person.sex == "male" or benefit == "resident" else 55
    began = min(add_months(person.birth, age * 12), first_day(planter.first))
    last = planter.last if ended is None else min(planter.last, ended + 1)
    planter.city.pensions.append(facts.Pension(
        person.index, planter.first, last, benefit, random.randrange(low, high, 10), began,
        last if ended is not None else None, "death" if ended is not None else None))

"""Health, disability and housing of everybody else."""

from datetime import timedelta

from connectors.demo_city import facts, words
from connectors.demo_city.city import Person
from connectors.demo_city.months import last_day
from connectors.demo_city.planter import Planter, relation_of

VISIT_TYPES = ("outpatient", "outpatient", "outpatient", "inpatient", "special_outpatient")


def fall_ill(planter: Planter, people: list[Person]) -> None:
    """Settlements, family doctors, certificates and assessments."""
    random = planter.random
    for person in people:
        age = planter.city.as_of.year - person.birth.year
        if random.random() < 0.28 + age * 0.003:
            for _ in range(random.choice((1, 1, 2, 3))):
                _settle(planter, person)
        if random.random() < 0.33:
            planter.doctor(person, planter.months_ago(random.randint(-22, 6), random.randint(0, 25)))
        if random.random() < 0.024 and age > 6:
            _certify(planter, person)
        if age >= 68 and random.random() < 0.04:
            level = random.choice(("none", "mild", "mild", "moderate", "severe"))
            service = random.choice(("home", "home", "institution", "hospital", None))
            planter.assess(person, planter.months_ago(random.randint(0, 30), random.randint(1, 20)), level, service)


def _settle(planter: Planter, person: Person) -> None:
    random = planter.random
    visit = random.choice(VISIT_TYPES)
    total = random.randrange(8_000, 90_000) if visit == "outpatient" else random.randrange(150_000, 3_500_000)
    basic = total * random.randint(40, 75) // 100
    rest = total - basic
    major = rest // 4 if total > 2_000_000 else 0
    copay = (rest - major) // 2
    eligible = (rest - major - copay) * 6 // 10
    settled = max(planter.city.as_of - timedelta(days=random.randint(1, 360)), person.birth + timedelta(days=2))
    admitted = settled - timedelta(days=random.randint(2, 14)) if visit == "inpatient" else settled
    code, diagnosis = random.choice(words.DIAGNOSES)
    planter.city.settlements.append(facts.Settlement(
        planter.serial("YJ"), person.index, random.choice(words.HOSPITALS), visit, code, diagnosis,
        max(admitted, person.birth), settled, total, basic, major, 0, copay, eligible,
        rest - major - copay - eligible))


def _certify(planter: Planter, person: Person) -> None:
    random = planter.random
    issued = last_day(planter.first - random.randint(3, 100)) - timedelta(days=random.randint(0, 27))
    category = random.choice(
        ("physical", "physical", "visual", "hearing", "speech", "intellectual", "mental", "multiple"))
    status = random.choices(("valid", "cancelled", "expired", "suspended"), (94, 3, 2, 1))[0]
    if issued > person.birth:
        planter.certify(person, random.choice((1, 2, 2, 3, 3, 4)), issued, category, status)


def own_and_rent(planter: Planter, homes: list[list[Person]]) -> None:
    """Dwellings, housing aid and the dangerous houses of people who are not helped."""
    random = planter.random
    for members in homes:
        if random.random() < 0.66:
            _property(planter, members, "dwelling")
        if random.random() < 0.09:
            _property(planter, members, random.choice(("dwelling", "garage", "shop")))
        if random.random() < 0.012:
            _housing_case(planter, members)
        if random.random() < 0.006:
            _old_house(planter, members[0])


def _property(planter: Planter, members: list[Person], use: str) -> None:
    random = planter.random
    number = planter.serial("苏(2019)昆山市不动产权第")
    owners = members[:2] if len(members) > 1 and random.random() < 0.45 else members[:1]
    share = "共同共有" if len(owners) > 1 else "单独所有"
    area = random.randrange(1_200, 3_000) if use == "garage" else random.randrange(4_500, 16_000)
    registered = planter.months_ago(random.randint(3, 220), random.randint(0, 25))
    for owner in owners:
        planter.city.properties.append(facts.Property(
            f"{number}号", owner.index, share, use, area, registered, owner.address))


def _housing_case(planter: Planter, members: list[Person]) -> None:
    random = planter.random
    number = planter.serial("ZB")
    form = random.choice(("public_rental", "public_rental", "rent_subsidy", "purchase_subsidy"))
    start = planter.months_ago(random.randint(2, 70), random.randint(0, 25))
    end = planter.months_ago(random.randint(-20, -1)) if random.random() < 0.3 else None
    address = f"昆山市{members[0].town}保障房{random.randint(1, 30)}幢"
    for place, member in enumerate(members[:4]):
        planter.city.housing_cases.append(facts.HousingCase(
            number, member.index, relation_of(members[0], member, place), form, start, end, address))


def _old_house(planter: Planter, owner: Person) -> None:
    random = planter.random
    treatment = random.choice(("none", "rebuild", "reinforce", "demolish"))
    done = planter.months_ago(random.randint(1, 12), 3) if treatment != "none" else None
    planter.house(
        owner, setting=random.choice(("rural", "rural", "urban")), danger_grade=random.choice(("C", "D")),
        treatment=treatment, floor_area=random.randrange(4_000, 26_000), people=random.randint(1, 5),
        identified_on=planter.months_ago(random.randint(14, 40)), completed_on=done,
    )

"""What happens to members of the ordinary helped families beside the roster: work, courses, illness, homes."""

from datetime import timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.months import first_day, last_day
from connectors.demo_city.planter import Family, Planter


def live(planter: Planter, family: Family, member: Person, last: int, *, fit: bool) -> None:
    """One member's year; `last` is the family's last month on the roster, `fit` that the member may be able to work."""
    age = planter.city.as_of.year - member.birth.year
    _certificate(planter, family, member, last)
    _medical(planter, member)
    if age >= 60:
        _pension(planter, member)
    elif fit and age >= 18:
        _work(planter, member)
        _chances(planter, member)


def _certificate(planter: Planter, family: Family, member: Person, last: int) -> None:
    random = planter.random
    if random.random() > (0.55 if family.cause == "disability" else 0.08):
        return
    issued = last_day(planter.first - random.randint(30, 90)) - timedelta(days=random.randint(0, 27))
    if member.birth >= issued:
        return
    grade = random.choice((1, 2, 2, 3, 3, 4))
    category = random.choice(("physical", "physical", "visual", "hearing", "intellectual", "mental"))
    status = random.choices(("valid", "cancelled", "expired"), (92, 4, 4))[0]
    planter.certify(member, grade, issued, category, status)
    if grade <= 2 and status == "valid":
        for month in range(planter.first, last + 1):
            planter.pay(member, family, month, 12_000, "disability_care")


def _medical(planter: Planter, member: Person) -> None:
    random = planter.random
    for _ in range(random.choice((0, 1, 2, 3))):
        day = planter.city.as_of - timedelta(days=random.randint(5, 360))
        if day < member.birth:
            continue
        heavy = random.random() < 0.06
        total = random.randrange(1_500_000, 9_000_000, 10) if heavy else random.randrange(15_000, 130_000, 10)
        owed = total - total * 6 // 10 - 5_000 + 1_500
        kind = random.choice(("inpatient", "special_outpatient")) if heavy else "outpatient"
        planter.visit(member, day, total, visit_type=kind, aid_paid=random.choice((0, 0, owed // 2, owed, owed)))


def _pension(planter: Planter, member: Person) -> None:
    if planter.random.random() < 0.6:
        planter.pension(member, benefit="resident" if planter.random.random() < 0.9 else "employee")


def _work(planter: Planter, member: Person) -> None:
    """A fifth work all year round; some began or stopped within the year."""
    random = planter.random
    point = random.random()
    first, last = planter.first, planter.last
    hired = first_day(first - random.randint(14, 60))
    if point < 0.2:
        post = "public_welfare" if random.random() < 0.15 else "employee"
        planter.employ(member, hired, post=post, wage=random.randrange(230_000, 420_000, 1_000))
        planter.contribute(member, first, last, unpaid=(random.randint(first, last),) if random.random() < 0.1 else ())
    elif point < 0.25:
        turn = random.randint(first + 1, last - 1)
        planter.employ(member, hired, last_day(turn))
        planter.contribute(member, first, turn)
    elif point < 0.3:
        turn = random.randint(first + 1, last)
        planter.employ(member, first_day(turn), wage=random.randrange(230_000, 420_000, 1_000))
        planter.contribute(member, turn, last)
    elif point < 0.36:
        planter.contribute(member, random.randint(first, last), last, "flexible")
    elif point < 0.45:
        planter.contribute(member, first, last, "resident")


def _chances(planter: Planter, member: Person) -> None:
    """Courses, own searches and referrals, whatever came of them."""
    random = planter.random
    if random.random() < 0.1:
        planter.train(member, planter.months_ago(random.randint(0, 11), random.randint(0, 25)))
    if random.random() < 0.05:
        planter.seek(member, planter.city.as_of - timedelta(days=random.randint(1, 360)))
    if random.random() < 0.06:
        for _ in range(random.choice((1, 1, 2, 3))):
            outcome = random.choice(("accepted", "hired", "refused", "refused", "not_hired", "no_contact"))
            planter.refer(member, planter.city.as_of - timedelta(days=random.randint(8, 350)), outcome)


def dwell(planter: Planter, members: list[Person]) -> None:
    """A home of their own for most, housing aid for some; a second dwelling or a dangerous house for few."""
    random = planter.random
    point, owner = random.random(), random.choice(members)
    if point < 0.62:
        planter.own(owner, planter.months_ago(random.randint(3, 220), random.randint(0, 25)))
    elif point < 0.82:
        end = planter.months_ago(random.randint(-20, 6)) if random.random() < 0.4 else None
        form = random.choice(("public_rental", "rent_subsidy"))
        planter.house_aid(owner, planter.months_ago(random.randint(8, 70)), end, form)
    if random.random() < 0.06:
        place = f"昆山市{owner.town}民丰路{owner.home}号"
        planter.own(members[0], planter.months_ago(random.randint(1, 90)), elsewhere=place)
    if random.random() < 0.05:
        planter.own(members[0], planter.months_ago(random.randint(1, 90)), "garage")
    if random.random() < 0.02:
        treatment = random.choice(("none", "rebuild", "reinforce", "demolish"))
        done = None if treatment == "none" else planter.months_ago(random.randint(1, 11), 3)
        planter.house(owner, setting=random.choice(("rural", "urban")), danger_grade=random.choice(("C", "D")),
                      treatment=treatment, floor_area=random.randrange(4_000, 26_000), completed_on=done)

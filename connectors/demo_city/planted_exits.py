"""Cases for relapse (三(五)4): back after at least a month off, at risk by each signal, and what only looks alike."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.example_parameters import FAMILY_BURDEN, OWN_BURDEN
from connectors.demo_city.months import add_months, first_day, last_day
from connectors.demo_city.planter import Family, Planter

RULE = "relapse"


def _left(planter: Planter, months_ago: int, reason: str = "income", *, case: str, due: bool,
          members: tuple[tuple[str, int], ...] = (("male", 45),), category: str = "dibao",
          day: date | None = None) -> Family:
    """A family that was on the roster up to the month `months_ago` and left on its 20th, or on the day given."""
    family = planter.family(*members)
    month = planter.last - months_ago
    if month >= planter.first:
        planter.roster(family, category, last=month)
    planter.leave(family, day or first_day(month) + timedelta(days=19), reason, category=category)
    for member in family.members:
        planter.case(RULE, case, member, due=due)
    return family


def _back(planter: Planter, family: Family, months_ago: int, category: str = "dibao", day: int = 1) -> None:
    month = planter.last - months_ago
    start = first_day(month) + timedelta(days=day - 1)
    planter.roster(family, category, first=month, start=start, contract=False)


def relapsed(planter: Planter) -> None:
    """Back on the roster after one month off and more."""
    _back(planter, _left(planter, 8, case="one month off", due=True), 6)
    _back(planter, _left(planter, 10, "voluntary", case="back in edge", due=True), 4, "dibao_edge")
    _back(planter, _left(planter, 9, "other", case="back in mid-month", due=True), 3, day=16)
    three = (("male", 46), ("female", 44), ("female", 15))
    _back(planter, _left(planter, 9, case="a family of three", due=True, members=three), 5)
    edge = _left(planter, 7, case="from edge into dibao", due=True, category="dibao_edge")
    _back(planter, edge, 2)
    early = _left(planter, 15, case="left before the first roster", due=True)
    planter.roster(early, first=planter.last - 6, start=first_day(planter.last - 6))
    damaged = _left(planter, 9, case="damaged at its return", due=True)
    _back(planter, damaged, 4)
    planter.city.ordered_damage["assistance_exits", damaged.head.index] = "adjacent_swap"


def no_relapse(planter: Planter) -> None:
    """Never off for a whole month, or left for a reason that does not count, or too long ago."""
    _back(planter, _left(planter, 6, "other", case="corrected exit", due=False), 5)
    _back(planter, _left(planter, 6, "other", case="changed category", due=False), 5, "dibao_edge")
    for reason in ("moved", "refusal"):
        _back(planter, _left(planter, 8, reason, case=f"left: {reason}", due=False), 5)
    _head_died(planter)
    _household_split(planter)
    old = _left(planter, 27, case="left before the window", due=False)
    planter.roster(old, first=planter.last - 4, start=first_day(planter.last - 4))


def _head_died(planter: Planter) -> None:
    family = planter.family(("male", 66), ("female", 63), ("male", 35))
    month = planter.last - 5
    planter.roster(family, last=month)
    died = first_day(month) + timedelta(days=10)
    planter.cremate(family.head, died)
    planter.certify_death(family.head, died)
    planter.leave(family, died + timedelta(days=4), "death", members=[family.head])
    planter.leave(family, last_day(month), "other", members=family.members[1:])
    survivors = planter.file(family.members[1:], family.cause)
    planter.roster(survivors, first=month + 1, start=first_day(month + 1), contract=False)
    for member in survivors.members:
        planter.case(RULE, "file reopened after the head's death", member, due=False)


def _household_split(planter: Planter) -> None:
    family = planter.family(("female", 58), ("female", 60), ("male", 30))
    month = planter.last - 4
    planter.roster(family, last=month)
    planter.leave(family, last_day(month), "other")
    for members in (family.members[:2], family.members[2:]):
        part = planter.file(members, family.cause)
        planter.roster(part, first=month + 1, start=first_day(month + 1), contract=False)
    for member in family.members:
        planter.case(RULE, "household split", member, due=False)


def at_risk(planter: Planter) -> None:
    """Not back, with a signal after the exit: each kind alone, then two together."""
    person = _left(planter, 9, case="new severe certificate", due=True).head
    planter.certify(person, 1, planter.months_ago(5, 3))
    person = _left(planter, 22, "voluntary", case="severe by assessment, late in the window", due=True).head
    planter.assess(person, planter.months_ago(3, 3), "severe", "home")
    person = _left(planter, 24, case="left two years ago to the day", due=True, day=planter.months_ago(24)).head
    planter.certify(person, 1, planter.months_ago(3))
    person = _left(planter, 10, case="house of grade D", due=True).head
    planter.house(person, identified_on=planter.months_ago(6, 8), people=1)
    family = _left(planter, 8, "other", case="temporary aid", due=True)
    planter.pay(family.head, family, planter.last - 3, 150_000, "temporary")
    _work_ended(planter)
    person = _left(planter, 11, case="two signals", due=True).head
    planter.certify(person, 2, planter.months_ago(7))
    planter.assess(person, planter.months_ago(4), "severe", "home")
    person = _left(planter, 11, category="dibao_edge", case="left edge, severe certificate", due=True).head
    planter.certify(person, 2, planter.months_ago(2))


def _work_ended(planter: Planter) -> None:
    for ago in (5, 4):
        person = _left(planter, 9, case="work ended", due=True).head
        end = last_day(planter.last - ago)
        planter.employ(person, add_months(end, -14) + timedelta(days=1), end)
        planter.contribute(person, planter.first, planter.last - ago)


def _still_at_work(planter: Planter, person: Person) -> None:
    end = last_day(planter.last - 5)
    planter.employ(person, add_months(end, -20) + timedelta(days=1), end)
    planter.employ(person, end + timedelta(days=1))
    planter.contribute(person, planter.first, planter.last)


def burdens(planter: Planter) -> None:
    """Costs of a year, own or of the household, that reached the threshold after the exit, to the fen."""
    half = FAMILY_BURDEN // 2
    for case, due, amounts, ago in (
        ("own burden to the fen", True, (OWN_BURDEN,), 3),
        ("own burden in the month after leaving", True, (OWN_BURDEN,), 7),
        ("household burden to the fen", True, (half, half), 3),
        ("own burden a fen short", False, (OWN_BURDEN - 1,), 3),
        ("own burden before the exit alone", False, (OWN_BURDEN,), 9),
        ("household burden a fen short", False, (half, half - 1), 3),
    ):
        family = _left(planter, 8, case=case, due=due, members=(("male", 48), ("female", 46))[:len(amounts)])
        for member, amount in zip(family.members, amounts, strict=True):
            planter.visit(member, planter.months_ago(ago), amount * 2, visit_type="inpatient", basic_paid=amount,
                          copay=amount, eligible_selfpay=0, other_selfpay=0)


def signals_to_the_day(planter: Planter) -> None:
    """Worse or the same again, on the day of the exit or after it, work that ends in these two months."""
    last = planter.last
    left_on = first_day(last - 9) + timedelta(days=19)
    for case, due, days, grade, before in (
        ("severe certificate on the day of the exit", False, 0, 2, 4),
        ("severe certificate a day later", True, 1, 2, 4),
        ("the same grade again", False, 90, 2, 2),
        ("a worse grade", True, 90, 1, 2),
    ):
        person = _left(planter, 9, case=case, due=due).head
        planter.certify(person, before, date(2019, 5, 6), "visual", "expired")
        planter.certify(person, grade, left_on + timedelta(days=days))
    planter.assess(_left(planter, 9, case="severe on the day of the exit", due=False).head, left_on, "severe", "home")
    for case, due, until in (("two months without a contribution", True, last - 2), ("one month", False, last - 1)):
        planter.contribute(_left(planter, 9, case=case, due=due).head, planter.first, until)
    planter.employ(_left(planter, 9, case="contract ends today", due=False).head, planter.months_ago(20),
                   planter.city.as_of)
    for case, due in (("one source alone says dead", True), ("died since", False)):
        person = _left(planter, 9, case=case, due=due).head
        planter.assess(person, planter.months_ago(5), "severe", "home")
        planter.cremate(person, planter.months_ago(2))
        if not due:
            planter.certify_death(person, planter.months_ago(2))


def not_at_risk(planter: Planter) -> None:
    """Signals before the exit or too weak, an old exit, a death, a move."""
    planter.certify(_left(planter, 9, case="certificate of grade 3", due=False).head, 3, planter.months_ago(5))
    planter.certify(_left(planter, 6, case="certificate before the exit", due=False).head, 2, date(2018, 4, 3))
    planter.assess(_left(planter, 8, case="mild by assessment", due=False).head, planter.months_ago(3), "mild")
    person = _left(planter, 8, case="house of grade C", due=False).head
    planter.house(person, danger_grade="C", identified_on=planter.months_ago(4))
    _still_at_work(planter, _left(planter, 9, case="changed employer", due=False).head)
    a_day_more = add_months(planter.city.as_of, -24) - timedelta(days=1)
    person = _left(planter, 24, case="left two years and a day ago", due=False, day=a_day_more).head
    planter.certify(person, 1, planter.months_ago(3))
    person = _left(planter, 9, "moved", case="moved away", due=False).head
    planter.certify(person, 1, planter.months_ago(3))
    _left(planter, 9, case="no signal", due=False, members=(("male", 40), ("female", 39)))


SCENARIOS = (relapsed, no_relapse, at_risk, burdens, signals_to_the_day, not_at_risk)

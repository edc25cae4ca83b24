"""Cases for medical_aid, charity_referral, medical_aid_extension and care_insurance (三(一)1–3)."""

from datetime import date, timedelta

from connectors.demo_city.city import Person
from connectors.demo_city.example_parameters import DIBAO_STANDARD, in_force
from connectors.demo_city.months import add_months, first_day, month_of
from connectors.demo_city.planter import Planter

AID, CHARITY, EXTENSION, CARE = "medical_aid", "charity_referral", "medical_aid_extension", "care_insurance"


def _helped(planter: Planter, rule: str, case: str, *, due: bool, first: int | None = None, last: int | None = None,
            category: str = "dibao", age: int = 61) -> Person:
    """A person living alone, too old to work, on the roster from `first` to `last`."""
    family = planter.family(("female", age))
    planter.roster(family, category, first=first, last=last, labour="none")
    planter.case(rule, case, family.head, due=due)
    return family.head


def aid_remains(planter: Planter) -> None:
    """Aid that did not pay what it owes, by each way of owing."""
    planter.visit(_helped(planter, AID, "nothing paid", due=True), planter.months_ago(3), 86_000)
    planter.visit(_helped(planter, AID, "paid in part", due=True), planter.months_ago(5), 90_000, aid_paid=12_345)
    person = _helped(planter, AID, "two settlements in one month, one of them paid", due=True)
    planter.visit(person, first_day(planter.last - 2), 50_000, aid_paid=16_500)
    planter.visit(person, first_day(planter.last - 2) + timedelta(days=20), 70_000)
    person = _helped(planter, AID, "the year's 合规自费 reaches further tiers", due=True)
    year_begins = max(first_day(planter.last // 12 * 12), planter.months_ago(11))
    for days, eligible in ((3, 449_999), (40, 1_500_003), (75, 700_001)):
        planter.visit(person, min(year_begins + timedelta(days=days), planter.city.as_of), 3_000_000, copay=0,
                      eligible_selfpay=eligible)
    person = _helped(planter, AID, "in the first month on the roster", due=True, first=planter.last - 4)
    planter.visit(person, first_day(planter.last - 4))
    person = _helped(planter, AID, "in the month of the exit", due=True, last=planter.last - 3)
    planter.visit(person, first_day(planter.last - 3) + timedelta(days=24))


def nothing_remains(planter: Planter) -> None:
    """Paid to the fen, paid more, outside the time on the roster, or costs that aid does not know."""
    person = _helped(planter, AID, "paid to the fen", due=False)
    planter.visit(person, planter.months_ago(4), 60_000, copay=20_000, eligible_selfpay=4_000, aid_paid=22_000)
    person = _helped(planter, AID, "paid more than owed", due=False)
    planter.visit(person, planter.months_ago(4), 60_000, aid_paid=24_000)
    person = _helped(planter, AID, "only 其他自费", due=False)
    planter.visit(person, planter.months_ago(2), 60_000, copay=0, eligible_selfpay=0, other_selfpay=24_000)
    person = _helped(planter, AID, "the month before joining", due=False, first=planter.last - 4)
    planter.visit(person, first_day(planter.last - 4) - timedelta(days=1))
    person = _helped(planter, AID, "the month after leaving", due=False, last=planter.last - 4)
    planter.visit(person, first_day(planter.last - 3))


def charity(planter: Planter) -> None:
    """What is left after aid, on both sides of a year, of the roster and of nothing."""
    a_year_ago = add_months(planter.city.as_of, -12)
    person = _helped(planter, CHARITY, "left after aid", due=True)
    planter.visit(person, planter.months_ago(7), 80_000, copay=20_000, aid_paid=18_000)
    person = _helped(planter, CHARITY, "within a year to the day", due=True)
    planter.visit(person, a_year_ago + timedelta(days=1))
    person = _helped(planter, CHARITY, "costs before joining", due=True, first=planter.last - 1)
    planter.visit(person, planter.months_ago(9), 900_000)
    planter.visit(_helped(planter, CHARITY, "a year ago to the day", due=False), a_year_ago)
    person = _helped(planter, CHARITY, "aid paid everything", due=False)
    planter.visit(person, planter.months_ago(6), 80_000, copay=27_000, aid_paid=32_000)
    person = _helped(planter, CHARITY, "died this month", due=False)
    planter.visit(person, planter.months_ago(6))
    _die(planter, person)
    planter.visit(_helped(planter, CHARITY, "left the roster", due=False, last=planter.last - 2), planter.months_ago(5))


def _left(planter: Planter, case: str, *, due: bool, reason: str = "income", ago: int = 8, income: int | None = 152_000,
          code: str = "C34.900x001", treated: date | None = None, day: date | None = None, **visit: object) -> Person:
    """Somebody who left dibao in the middle of a month, or on the day, and is treated since."""
    family = planter.family(("male", 57))
    month = planter.last - ago if day is None else month_of(day)
    if month >= planter.first:
        planter.roster(family, last=month, labour="none")
    planter.leave(family, day or first_day(month) + timedelta(days=14), reason, income=income)
    planter.visit(family.head, treated or planter.months_ago(2), 60_000, diagnosis_code=code, diagnosis="", **visit)
    planter.case(EXTENSION, case, family.head, due=due)
    return family.head


def _die(planter: Planter, person: Person) -> None:
    """In the month of the as-of day, by two sources."""
    for tell in (planter.cremate, planter.certify_death):
        tell(person, first_day(planter.last))


def extended(planter: Planter) -> None:
    """Each disease and treatment of the clause, with dots and without; left by each way of a higher income."""
    for code in ("C00.1", "C975", "C50.9", "Z510", "Z51.101", "Z94.000", "T86.100x002", "N18.5xx", "Z49.1", "Z99.200"):
        _left(planter, f"treated: {code}", due=True, code=code)
    _left(planter, "门特 visit", due=True, code="I10.x05", visit_type="special_outpatient")
    _left(planter, "voluntary, above the standard", due=True, reason="voluntary", income=130_000)
    _left(planter, "voluntary, income unknown", due=True, reason="voluntary", income=None)
    two_years_ago = add_months(planter.city.as_of, -24)
    _left(planter, "left two years ago to the day", due=True, day=two_years_ago)
    _left(planter, "voluntary, at the standard", due=True, reason="voluntary",
          income=in_force(DIBAO_STANDARD, first_day(planter.last - 8)))
    planter.cremate(_left(planter, "one source alone says dead", due=True), planter.months_ago(1))
    _left(planter, "treated before the exit only", due=True, ago=4, treated=planter.months_ago(9))


def not_extended(planter: Planter) -> None:
    """Diseases next to those of the clause, other ways of leaving, treatment that is over."""
    for code in ("D05.1", "D37.0", "N18.4xx", "Z50.9", "Z51.2", "T85.9", "I10.x05", "Z95.0"):
        _left(planter, f"not treated: {code}", due=False, code=code)
    for reason in ("moved", "death", "refusal", "other"):
        _left(planter, f"left: {reason}", due=False, reason=reason)
    _left(planter, "voluntary, below the standard", due=False, reason="voluntary", income=99_900)
    a_day_more = add_months(planter.city.as_of, -24) - timedelta(days=1)
    _left(planter, "left two years and a day ago", due=False, day=a_day_more)
    _die(planter, _left(planter, "died since", due=False))
    person = _left(planter, "back on the roster", due=False)
    planter.roster(planter.file([person]), first=planter.last - 1, labour="none", contract=False)
    _left(planter, "last treated a year ago to the day", due=False, ago=10,
          treated=add_months(planter.city.as_of, -12))


def care_insurance(planter: Planter) -> None:
    """By category or by the latest assessed level; a form of care entered or missing."""
    _helped(planter, CARE, "destitute", due=True, category="destitute")
    for level in ("moderate", "severe"):
        person = _helped(planter, CARE, f"edge, {level}", due=True, category="dibao_edge")
        planter.assess(person, planter.months_ago(5), level, "institution")
    person = _helped(planter, CARE, "form missing", due=True, first=planter.last - 2)
    planter.assess(person, planter.months_ago(8), "severe")
    person = _helped(planter, CARE, "first mild, then severe", due=True, category="dibao_edge")
    planter.assess(person, planter.months_ago(20), "mild")
    planter.assess(person, planter.months_ago(3), "severe")
    family = planter.family(("female", 66))
    planter.roster(family, "dibao_edge", last=planter.last - 5)
    planter.roster(family, "dibao", first=planter.last - 4, contract=False)
    planter.case(CARE, "from edge into dibao", family.head, due=True)
    person = _helped(planter, CARE, "edge, mild", due=False, category="dibao_edge")
    planter.assess(person, planter.months_ago(5), "mild")
    person = _helped(planter, CARE, "severe once, mild now", due=False, category="dibao_edge")
    planter.assess(person, planter.months_ago(20), "severe", "home")
    planter.assess(person, planter.months_ago(2), "mild", "home")
    _helped(planter, CARE, "edge, never assessed", due=False, category="dibao_edge")
    _die(planter, _helped(planter, CARE, "died this month", due=False))
    _helped(planter, CARE, "left the roster", due=False, last=planter.last - 1)


SCENARIOS = (aid_remains, nothing_remains, charity, extended, not_extended, care_insurance)

"""Cases for grace_period (三(五)2) and paid_after_exit (四.4): what is paid after an exit, and what stops too soon."""

from datetime import timedelta

from connectors.demo_city.example_parameters import DIBAO_STANDARD, in_force
from connectors.demo_city.months import first_day, last_day
from connectors.demo_city.planter import LONG_AGO, Family, Planter

GRACE = "grace_period"
PAID = "paid_after_exit"


def _in_grace(planter: Planter, left_ago: int, until_ago: int, *, case: str, due: bool, paid_to: int | None = None,
              members: tuple[tuple[str, int], ...] = (("female", 47),), income: int | None = 168_000) -> Family:
    """A voluntary exit at the end of a month; paid on until `paid_to` (months ago; default: the grace's end)."""
    family = planter.family(*members)
    month, until = planter.last - left_ago, planter.last - until_ago
    planter.roster(family, last=month)
    planter.leave(family, last_day(month), "voluntary", income=income, grace_until=until)
    end = until if paid_to is None else planter.last - paid_to
    for paid in range(month + 1, min(end, planter.last) + 1):
        planter.pay_family(family, paid, "dibao")
    for member in family.members:
        planter.case(GRACE, case, member, due=due)
    return family


def grace(planter: Planter) -> None:
    """In grace, ended, granted for too short or too long, paid after its end, cut off before it."""
    _in_grace(planter, 2, -1, case="in grace, exactly three months", due=True)
    _in_grace(planter, 3, -3, case="in grace, exactly six months", due=True)
    _in_grace(planter, 1, -3, case="in grace, a couple", due=True, members=(("male", 50), ("female", 48)))
    _in_grace(planter, 4, 0, case="in grace, this month is the last", due=True)
    standard = in_force(DIBAO_STANDARD, last_day(planter.last - 2))
    _in_grace(planter, 2, -2, case="income at the standard", due=True, income=standard)
    _in_grace(planter, 2, -2, case="income unknown", due=True, income=None)
    _in_grace(planter, 5, 1, case="ended last month", due=True)
    _in_grace(planter, 7, 1, case="ended last month after six", due=True)
    _in_grace(planter, 4, 1, case="ended last month after three", due=True)
    _in_grace(planter, 1, -1, case="granted for two months", due=True)
    _in_grace(planter, 3, 1, case="granted for two months, ended", due=True)
    _in_grace(planter, 2, 1, case="granted for one month, ended", due=True)
    for until in (-5, -6, -7):
        _in_grace(planter, 2, until, case="granted for too long", due=True)
    for paid_to in (0, 0, -1):
        family = _in_grace(planter, 5, 1, case="paid after its end", due=True, paid_to=paid_to)
        planter.case(PAID, "grace over", family.head, due=True)
    for paid_to in (1, 2, 2):
        _in_grace(planter, 4, -1, case="cut off early", due=True, paid_to=paid_to)


def no_grace(planter: Planter) -> None:
    """A voluntary exit without any grace, an exit by income without one."""
    for reason in ("voluntary", "income"):
        family = planter.family(("male", 52))
        planter.roster(family, last=planter.last - 4)
        planter.leave(family, last_day(planter.last - 4), reason)
        planter.case(GRACE, "no grace was granted", family.head, due=False)
    for income, category, case in ((99_000, "dibao", "below the standard"), (168_000, "dibao_edge", "left edge")):
        family = planter.family(("male", 52))
        planter.roster(family, category, last=planter.last - 2)
        planter.leave(family, last_day(planter.last - 2), "voluntary", category=category, income=income,
                      grace_until=planter.last + 2)
        planter.case(GRACE, case, family.head, due=False)


def grace_spent(planter: Planter) -> None:
    """Admitted anew, or died: from then on nothing is paid as grace, and nothing is missing."""
    family = _in_grace(planter, 5, -1, case="admitted anew in the grace", due=False, paid_to=3)
    planter.roster(family, first=planter.last - 2, start=first_day(planter.last - 2), contract=False)
    family = _in_grace(planter, 5, 1, case="died in the grace", due=False, paid_to=3)
    died = first_day(planter.last - 3) + timedelta(days=6)
    planter.cremate(family.head, died)
    planter.certify_death(family.head, died)


def _left_and_paid(planter: Planter, reason: str, months: int, *, case: str, due: bool,
                   payee: str = "each") -> Family:
    family = planter.family(("male", 49), ("female", 45)) if payee == "head" else planter.family(("female", 51))
    month = planter.last - 6
    planter.roster(family, last=month, payee=payee)
    planter.leave(family, first_day(month) + timedelta(days=16), reason)
    for paid in range(month + 1, month + 1 + months):
        planter.pay_family(family, paid, "dibao", payee)
    planter.case(PAID, case, family.head, due=due)
    return family


def paid_after_exit(planter: Planter) -> None:
    """Paid on after leaving, by each reason; a household's sum counts for the one who drew it."""
    for reason, months in (("income", 2), ("moved", 1), ("refusal", 3), ("voluntary", 1), ("other", 4)):
        _left_and_paid(planter, reason, months, case=f"paid after: {reason}", due=True)
    family = _left_and_paid(planter, "income", 2, case="paid to the head", due=True, payee="head")
    planter.case(PAID, "another's payment", family.members[1], due=False)
    family = _left_and_paid(planter, "income", 2, case="paid after, damaged", due=True)
    planter.city.ordered_damage["benefit_payments", family.head.index] = "excel_truncated"


def rightly_paid(planter: Planter) -> None:
    """Paid in the month of the exit, in grace, after coming back, or another benefit."""
    _left_and_paid(planter, "income", 0, case="paid in the month of the exit", due=False)
    family = _in_grace(planter, 5, -1, case="in grace, exactly six months", due=True)
    planter.case(PAID, "paid in grace", family.head, due=False)
    family = _left_and_paid(planter, "income", 0, case="another benefit", due=False)
    planter.certify(family.head, 2, planter.months_ago(60))
    for month in range(planter.last - 5, planter.last + 1):
        planter.pay(family.head, family, month, 12_000, "disability_care")
    family = _left_and_paid(planter, "other", 0, case="paid after coming back", due=False)
    planter.roster(family, first=planter.last - 3, start=first_day(planter.last - 3), contract=False)


def on_roster_unpaid(planter: Planter) -> None:
    """On the roster without any payment in one, two or all later months; a payment to the head is enough."""
    for unpaid in (1, 2, 4):
        family = planter.family(("male", 55), ("female", 53))
        stop = planter.last - unpaid
        planter.roster(family, last=stop)
        planter.roster(family, first=stop + 1, start=LONG_AGO, paid=False, contract=False)
        for member in family.members:
            planter.case(PAID, "on the roster, unpaid", member, due=True)
    family = planter.family(("male", 55), ("female", 53))
    planter.roster(family, payee="head")
    planter.case(PAID, "paid through the head", family.members[1], due=False)


SCENARIOS = (grace, no_grace, grace_spent, paid_after_exit, rightly_paid, on_roster_unpaid)

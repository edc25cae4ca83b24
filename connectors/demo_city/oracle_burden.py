"""Medical costs that people bore themselves, and the day on which a year of them reached a threshold."""

from collections.abc import Iterable
from datetime import date

from connectors.demo_city.months import add_months
from connectors.demo_city.oracle_view import View

Cost = tuple[date, int]


def borne(view: View, people: Iterable[int]) -> list[Cost]:
    """自负 + 合规自费 + 其他自费 of each settlement up to the day, in the order of days."""
    return sorted(
        (entry.settled_on, entry.copay + entry.eligible_selfpay + entry.other_selfpay)
        for person in people for entry in view.settlements[person] if entry.settled_on <= view.as_of
    )


def last_year(view: View, costs: list[Cost]) -> int:
    """What the twelve months up to the day add up to."""
    return sum(amount for day, amount in costs if day > add_months(view.as_of, -12))


def reached_on(costs: list[Cost], threshold: int, after: date = date.min) -> date | None:
    """The first day, later than `after`, whose twelve months add up to the threshold."""
    for day in sorted({day for day, _ in costs if day > after}):
        if sum(amount for other, amount in costs if add_months(day, -12) < other <= day) >= threshold:
            return day
    return None

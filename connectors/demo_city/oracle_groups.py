"""What the target groups of part two and severe_disability_single (三(五)1) owe."""

from collections.abc import Iterator
from datetime import date

from connectors.demo_city.example_parameters import FAMILY_BURDEN, OWN_BURDEN
from connectors.demo_city.months import add_months, first_day
from connectors.demo_city.oracle_burden import borne, last_year, reached_on
from connectors.demo_city.oracle_labour import FULL_AGE, working_age, works
from connectors.demo_city.oracle_view import Due, View

PERMITS = ("81", "82", "83", "9")  # numbers of people who cannot be registered here


def due_illness(view: View) -> Iterator[Due]:
    """二.1: dibao and edge households under another cause whose members bore the household's threshold."""
    for family_no, rows in view.households().items():
        if not any(row.category in ("dibao", "dibao_edge") for row in rows):
            continue
        costs = borne(view, {row.person for row in rows})
        if any(row.cause in ("illness", "sudden_illness") for row in rows) or last_year(view, costs) < FAMILY_BURDEN:
            continue
        met = max(first_day(view.family_begins(family_no)), reached_on(costs, FAMILY_BURDEN) or date.min)
        yield Due("target_illness", "illness_candidate", None, family_no, met, last_year(view, costs))


def due_disability(view: View) -> Iterator[Due]:
    """二.2: members of working age with a severe certificate, in households under another cause."""
    for family_no, rows in view.households().items():
        if any(row.cause == "disability" for row in rows):
            continue
        for row in rows:
            certificate = view.severe_certificate(row.person)
            begins, ends = working_age(view, row.person, support=True)
            counts = begins <= view.as_of < ends and _local(view, row.person) and row.person not in view.dead
            if certificate is not None and counts:
                met = max(first_day(_joined(view, row.person, family_no)), certificate.issued_on, begins)
                yield Due("target_disability", "disability_candidate", row.person, family_no, met)


def _local(view: View, person: int) -> bool:
    return not view.city.people[person].number.startswith(PERMITS)


def _gone(view: View) -> set[int]:
    """Who last left the roster as dead or moved away, and is not listed since."""
    lefts = [left for left in view.latest_exits() if left.reason in ("death", "moved")]
    return {
        left.person for left in lefts
        if all(first_day(month) <= left.exit_date for month in view.rows.get(left.person, ()))
    }


def _joined(view: View, person: int, family_no: str) -> int:
    """First month of the person on the family's file, within the family's unbroken stay."""
    months = range(view.family_begins(family_no), view.last + 1)
    return next(month for month in months if any(row.person == person for row in view.families[family_no, month]))


def due_sudden_illness(view: View) -> Iterator[Due]:
    """二.3: people off the roster who bore their own threshold within a year."""
    gone = _gone(view)
    for person in list(view.settlements):
        costs = borne(view, [person])
        if last_year(view, costs) < OWN_BURDEN or person in view.dead or view.on_roster(person, view.last):
            continue
        if not _local(view, person) or person in gone:
            continue
        met = reached_on(costs, OWN_BURDEN)
        yield Due("target_sudden_illness", "sudden_illness_candidate", person, None, met, last_year(view, costs))


def due_single(view: View) -> Iterator[Due]:
    """三(五)1: adults with a severe certificate, without work, not on the roster."""
    for person in list(view.certificates):
        certificate = view.severe_certificate(person)
        adult = add_months(view.city.people[person].birth, FULL_AGE * 12)
        if certificate is None or adult > view.as_of or view.on_roster(person, view.last):
            continue
        if person in view.dead or works(view, person):
            continue
        last = view.last_listed(person)
        left = date.min if last is None else first_day(last + 1)
        yield Due("severe_disability_single", "may_apply", person, None, max(adult, certificate.issued_on, left))

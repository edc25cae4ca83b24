"""What deceased_on_roster, double_enrolment, property_on_dibao (四.4) and conflict (四.3) owe."""

from collections.abc import Iterator
from datetime import date

from connectors.demo_city.facts import RosterRow
from connectors.demo_city.months import first_day, month_of
from connectors.demo_city.oracle_view import Due, View

SETTLED_LATER = ("medical_aid", "temporary")  # answer an event, and may lawfully be paid after a death


def due_deceased(view: View) -> Iterator[Due]:
    """On the roster, or paid, in a month after the month of a death that two sources tell."""
    for person, died in view.dead.items():
        after = range(month_of(died) + 1, view.last + 1)
        listed = [month for month in after if view.on_roster(person, month)]
        if listed:
            row = view.rows[person][listed[0]][0]
            yield Due("deceased_on_roster", "on_roster", person, row.family_no, first_day(listed[0]), row.person_amount)
        paid = [payment for payment in view.payments[person]
                if payment.month in after and payment.benefit not in SETTLED_LATER]
        if paid:
            first = min(paid, key=lambda payment: payment.month)
            total = sum(payment.amount for payment in paid)
            yield Due("deceased_on_roster", "paid", person, first.family_no, first_day(first.month), total)


def due_double(view: View) -> Iterator[Due]:
    """The first month in two families, and the first in two categories of one family; the smaller of the amounts.

    Temporary aid lies beside the standing categories, so it is no second one.
    """
    for person, months in view.rows.items():
        for condition, meets in (("two_families", _families_differ), ("two_categories", _categories_differ)):
            month = min((month for month, rows in months.items() if meets(rows)), default=None)
            if month is not None:
                least = min(months[month], key=lambda row: row.person_amount)
                yield Due("double_enrolment", condition, person, least.family_no, first_day(month), least.person_amount)


def _families_differ(rows: list[RosterRow]) -> bool:
    return len({row.family_no for row in rows}) > 1


def _categories_differ(rows: list[RosterRow]) -> bool:
    standing = {(row.family_no, row.category) for row in rows if row.category != "temporary"}
    return len(standing) > len({family_no for family_no, _ in standing})


def due_properties(view: View) -> Iterator[Due]:
    """Dibao households with more than one dwelling registered to members; what shares an address is one."""
    for family_no, rows in view.households().items():
        members = {row.person for row in rows if row.category == "dibao"}
        first_seen: dict[str, date] = {}
        for entry in (entry for member in members for entry in view.properties[member]):
            if entry.use == "dwelling" and entry.registered_on <= view.as_of:
                first_seen[entry.address] = min(entry.registered_on, first_seen.get(entry.address, entry.registered_on))
        if len(first_seen) > 1:
            met = max(first_day(_dibao_begins(view, family_no)), sorted(first_seen.values())[1])
            yield Due("property_on_dibao", "several_dwellings", None, family_no, met)


def _dibao_begins(view: View, family_no: str) -> int:
    """First month in dibao within the family's unbroken stay."""
    return next(month for month in range(view.family_begins(family_no), view.last + 1)
                if any(row.category == "dibao" for row in view.families[family_no, month]))


def due_conflicts(view: View) -> Iterator[Due]:
    """Contradictions planted between offices, and cancelled certificates of people on the last roster."""
    for (_, person), recorded in view.city.recorded.items():
        for condition, value in (("sex", recorded.sex), ("birth_date", recorded.birth), ("name", recorded.name),
                                 ("two_numbers", recorded.number)):
            if value is not None and person in view.rows:
                yield conflict(view, condition, person)
    for row in view.helped():
        if any(entry.status == "cancelled_as_dead" for entry in view.certificates[row.person]):
            yield conflict(view, "certificate_cancelled_on_roster", row.person)


def conflict(view: View, condition: str, person: int) -> Due:
    """A contradiction on a person ever on the roster, dated by the first month there."""
    months = view.rows[person]
    return Due("conflict", condition, person, months[max(months)][0].family_no, first_day(min(months)))

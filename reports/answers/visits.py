"""Visits and named contacts of people in the monitoring window (三不变): each taken in once."""

from collections import defaultdict
from typing import Any

import duckdb

from reports.answers.entries import APPLIED, REPEATED, RETURNED, UNANSWERED, Entry, Night, hand_back_stale, write_rows
from reports.answers.issued import Register
from reports.answers.said import Said
from reports.answers.taken_back import hand_back, read_taken_back

Visit = tuple[Any, str | None, str | None]


def settle_visits(
    connection: duckdb.DuckDBPyConnection, entries: list[Entry], register: Register, *, night: Night
) -> None:
    """Write what open entries about visits say: a day, a contact, or both. Several visits of a person all count."""
    asked = [one for one in entries if one.outcome is None and one.about and one.about.row_kind == "visit"]
    if not asked:
        return
    known = _known(connection, [entry.about.row_key for entry in asked if entry.about])
    for entry in asked:
        if reason := _objection(entry.said, night):
            entry.close(RETURNED, reason)
    hand_back_stale((entry for entry in asked if entry.outcome is None and not _is_known(entry, known)), register)
    taken_back = read_taken_back(connection, "visit")
    taken = []
    for entry in asked:
        if entry.outcome is not None or entry.about is None:
            continue
        if hand_back(entry, taken_back[entry.about.row_key]):
            continue
        said_before = known[entry.about.row_key]
        if _is_known(entry, known):
            entry.close(REPEATED if _told(entry.said) in said_before else UNANSWERED, None)
            continue
        entry.close(APPLIED)
        said_before.append(_told(entry.said))
        taken.append(_visit(entry, night))
    write_rows(connection, "answers.visit", taken)


def _objection(said: Said, night: Night) -> str | None:
    if said.faults:
        return ";".join(said.faults)
    if said.visited_on and said.visited_on > max(night.day, night.read_at.date()):
        return "走访日期在今天之后"
    if said.visited_on is None and said.contact is None:
        return "要填走访日期或对口联系人"
    return None


def _told(said: Said) -> Visit:
    return (said.visited_on, said.contact, said.remark)


def _is_known(entry: Entry, known: defaultdict[str, list[Visit]]) -> bool:
    """Whether the row says nothing beyond what is kept: the last visit and contact come printed on the next list."""
    said_before = known[entry.about.row_key] if entry.about else []
    columns = list(zip(*said_before, strict=True)) or [(), (), ()]
    return all(new is None or new in old for new, old in zip(_told(entry.said), columns, strict=True))


def _visit(entry: Entry, night: Night) -> dict[str, Any]:
    about, said = entry.about, entry.said
    assert about is not None  # only bound entries get here
    return {
        "person_id": about.row_key,
        "visited_on": said.visited_on,
        "contact": said.contact,
        "remark": said.remark,
        "month": about.month,
        "answered_on": night.day,
        "read_at": night.read_at,
        **entry.origin,
    }


def _known(connection: duckdb.DuckDBPyConnection, people: list[str]) -> defaultdict[str, list[Visit]]:
    known: defaultdict[str, list[Visit]] = defaultdict(list)
    rows = connection.execute(
        "select person_id, visited_on, contact, remark from answers.visit_in_force where list_contains(?, person_id)",
        [people],
    ).fetchall()
    for person_id, *told in rows:
        known[person_id].append((told[0], told[1], told[2]))
    return known

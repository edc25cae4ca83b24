"""The truth beside a demo city: each physical row, each person, each finding that is due, each planted case."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.demo_city.city import City
from connectors.demo_city.layout import NOBODY, Mark
from connectors.demo_city.oracle import due_findings
from connectors.demo_city.oracle_supervision import conflict
from connectors.demo_city.oracle_view import Due, View

WORD = pa.dictionary(pa.int32(), pa.string())
ROWS = pa.schema([
    ("department", WORD), ("source_table", WORD), ("source_file", WORD), ("sheet", WORD), ("source_row", pa.int64()),
    ("person", pa.int64()), ("fate", WORD), ("damaged", pa.bool_()), ("damage", WORD),
])
MONEY = pa.decimal128(12, 2)
LENT = ("parents_number", "payers_number")


class TruthWriter:
    """Takes in the marks of each sheet as it is written; knows at the end who was damaged anywhere."""

    def __init__(self, folder: Path | None) -> None:
        self.damaged: set[int] = set()
        self.borrowers: set[tuple[int, str]] = set()
        self.rows = 0
        self._folder = folder
        self._writer: pq.ParquetWriter | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(folder / "rows.parquet", ROWS)

    def note(self, department: str, table: str, source_file: str, sheet: str | None, marks: list[Mark]) -> None:
        """One sheet's rows, from physical row 1."""
        self.rows += len(marks)
        for mark in marks:
            if mark.fate == "loaded" and mark.label:
                self.damaged.add(mark.person)
                self.borrowers.update((mark.person, kind) for kind in LENT if kind in mark.label)
        if self._writer is None or not marks:
            return
        count = len(marks)
        labels = [_label(mark) for mark in marks]
        constant = [pa.array([value] * count, pa.string()) for value in (department, table, source_file, sheet)]
        persons = [None if mark.person == NOBODY else mark.person for mark in marks]
        columns = [
            *(array.dictionary_encode().cast(WORD) for array in constant),
            pa.array(range(1, count + 1), pa.int64()), pa.array(persons, pa.int64()),
            pa.array([mark.fate for mark in marks]).dictionary_encode().cast(WORD),
            pa.array([label is not None for label in labels]),
            pa.array(labels, pa.string()).dictionary_encode().cast(WORD),
        ]
        self._writer.write_table(pa.table(columns, schema=ROWS))

    def finish(self, city: City) -> None:
        """Write the people, the findings and the planted cases."""
        if self._writer is None or self._folder is None:
            return
        self._writer.close()
        lenders = _lenders(city, self.borrowers)
        damage = Spoilt(city, self.damaged | lenders)
        spoilt = Spoilt(city, self.damaged | lenders | _contradicted(city))
        pq.write_table(_persons(city, self.damaged, spoilt), self._folder / "persons.parquet")
        pq.write_table(_families(city, spoilt), self._folder / "families.parquet")
        due = due_findings(city) + _lent_numbers(city, lenders)
        damaged = [(damage if finding.rule == "conflict" else spoilt).meets(finding) for finding in due]
        pq.write_table(_findings(due, damaged), self._folder / "findings.parquet")
        pq.write_table(_planted(city), self._folder / "planted.parquet")


class Spoilt:
    """People whose records are not whole, their families, and all who share a family file with them."""

    def __init__(self, city: City, people: set[int]) -> None:
        self.families = {row.family_no for row in city.roster if row.person in people}
        self.people = people | {row.person for row in city.roster if row.family_no in self.families}

    def meets(self, finding: Due) -> bool:
        """Whether the finding is about one of them."""
        return finding.person in self.people or finding.family_no in self.families


def _contradicted(city: City) -> set[int]:
    """People whom one office files under another name or number: to other rules that file is somebody else's."""
    return {person for (_, person), recorded in city.recorded.items() if recorded.name or recorded.number}


def _lenders(city: City, borrowers: set[tuple[int, str]]) -> set[int]:
    """People under whose number somebody else is written."""
    found = set()
    for person, kind in borrowers:
        guardian = city.people[person].guardian
        found.add(guardian if kind == "parents_number" and guardian is not None else person - 1)
    return found


def _lent_numbers(city: City, lenders: set[int]) -> list[Due]:
    """Two names under one number: a contradiction for the person on a roster whom the number belongs to."""
    view = View(city)
    return [conflict(view, "name", person) for person in sorted(lenders & set(view.rows))]


def _label(mark: Mark) -> str | None:
    return mark.label if mark.label and mark.label != "copy" else None


def _persons(city: City, damaged: set[int], spoilt: Spoilt) -> pa.Table:
    """`whole`: no record of the person, of anybody on a family file with them or under their number is damaged."""
    return pa.table({
        "person": pa.array([person.index for person in city.people], pa.int64()),
        "name": [person.name for person in city.people],
        "id_no": [person.number for person in city.people],
        "sex": [person.sex for person in city.people],
        "birth_date": pa.array([person.birth for person in city.people], pa.date32()),
        "damaged_anywhere": [person.index in damaged for person in city.people],
        "whole": [person.index not in spoilt.people for person in city.people],
    })


def _families(city: City, spoilt: Spoilt) -> pa.Table:
    numbers = sorted({row.family_no for row in city.roster})
    return pa.table({"family_no": numbers, "whole": [number not in spoilt.families for number in numbers]})


def _findings(found: list[Due], damaged: list[bool]) -> pa.Table:
    """A finding without a person is the household's; `damaged` says that its people's records are not whole."""
    return pa.table({
        "rule": pa.array([finding.rule for finding in found], pa.string()),
        "condition": pa.array([finding.condition for finding in found], pa.string()),
        "person": pa.array([finding.person for finding in found], pa.int64()),
        "family_no": pa.array([finding.family_no for finding in found], pa.string()),
        "first_met_on": pa.array([finding.first_met_on for finding in found], pa.date32()),
        "amount": pa.array([None if finding.amount is None else Decimal(finding.amount) / 100 for finding in found],
                           MONEY),
        "national_bar": pa.array([finding.national_bar for finding in found], pa.bool_()),
        "damaged": pa.array(damaged, pa.bool_()),
    })


def _planted(city: City) -> pa.Table:
    return pa.table({
        "rule": pa.array([case.rule for case in city.planted], pa.string()),
        "case": pa.array([case.case for case in city.planted], pa.string()),
        "person": pa.array([case.person for case in city.planted], pa.int64()),
        "due": pa.array([case.due for case in city.planted], pa.bool_()),
    })

"""The truth beside a demo city: each physical row, each person, each finding that is due, each planted case."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.demo_city.city import City
from connectors.demo_city.layout import NOBODY, Mark
from connectors.demo_city.oracle_support import due_findings
from connectors.demo_city.oracle_view import Due

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
        pq.write_table(_persons(city, self.damaged), self._folder / "persons.parquet")
        lenders = _lenders(city, self.borrowers)
        due = due_findings(city) + _lent_numbers(city, lenders)
        pq.write_table(_findings(city, self.damaged | lenders, due), self._folder / "findings.parquet")
        pq.write_table(_planted(city), self._folder / "planted.parquet")


def _lenders(city: City, borrowers: set[tuple[int, str]]) -> set[int]:
    """People under whose number somebody else is written."""
    found = set()
    for person, kind in borrowers:
        guardian = city.people[person].guardian
        found.add(guardian if kind == "parents_number" and guardian is not None else person - 1)
    return found


def _lent_numbers(city: City, lenders: set[int]) -> list[Due]:
    """Two names under one number: a contradiction for the helped person whom the number belongs to."""
    helped = {row.person: row.family_no for row in city.roster if row.month == city.last_month}
    return [Due("conflict", "name", person, helped[person], None) for person in sorted(lenders & set(helped))]


def _label(mark: Mark) -> str | None:
    return mark.label if mark.label and mark.label != "copy" else None


def _persons(city: City, damaged: set[int]) -> pa.Table:
    return pa.table({
        "person": pa.array([person.index for person in city.people], pa.int64()),
        "name": [person.name for person in city.people],
        "id_no": [person.number for person in city.people],
        "sex": [person.sex for person in city.people],
        "birth_date": pa.array([person.birth for person in city.people], pa.date32()),
        "damaged_anywhere": [person.index in damaged for person in city.people],
    })


def _findings(city: City, damaged: set[int], due: Iterable[Due]) -> pa.Table:
    """A finding counts as damaged where a record of the person or of anybody on the same family file is."""
    families: dict[str, set[int]] = {}
    for row in city.roster:
        families.setdefault(row.family_no, set()).add(row.person)
    found = list(due)
    return pa.table({
        "rule": pa.array([finding.rule for finding in found], pa.string()),
        "condition": pa.array([finding.condition for finding in found], pa.string()),
        "person": pa.array([finding.person for finding in found], pa.int64()),
        "family_no": pa.array([finding.family_no for finding in found], pa.string()),
        "first_met_on": pa.array([finding.first_met_on for finding in found], pa.date32()),
        "amount": pa.array([None if finding.amount is None else Decimal(finding.amount) / 100 for finding in found],
                           MONEY),
        "national_bar": pa.array([finding.national_bar for finding in found], pa.bool_()),
        "damaged": pa.array([
            bool(damaged & (families.get(finding.family_no or "", set()) | {finding.person})) for finding in found
        ], pa.bool_()),
    })


def _planted(city: City) -> pa.Table:
    return pa.table({
        "rule": pa.array([case.rule for case in city.planted], pa.string()),
        "case": pa.array([case.case for case in city.planted], pa.string()),
        "person": pa.array([case.person for case in city.planted], pa.int64()),
        "due": pa.array([case.due for case in city.planted], pa.bool_()),
    })

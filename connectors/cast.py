"""Cells of one batch -> typed columns, with every cell that could not be read named.

Whole columns where they are clean; everything else once per distinct text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.amounts import UNITS, read_measure, read_yuan
from connectors.contract import Column
from connectors.dates import DateRules, read_date, read_month
from connectors.values import (
    SEVERAL,
    Problem,
    Reading,
    Value,
    read_code,
    read_count,
    read_number_of_document,
    read_person_name,
    read_person_number,
    read_text,
)

MONEY = pa.decimal128(12, 2)
ARROW = {"date": pa.date32(), "month": pa.date32(), "int": pa.int32(), "number": MONEY, "yuan": MONEY}
# Clean amounts per power of ten: as many decimals as still end at the fen.
CLEAN_AMOUNT = {0: r"^-?\d{1,9}(\.\d{1,2})?$", 4: r"^-?\d{1,5}(\.\d{1,6})?$", -2: r"^-?\d{1,11}$"}
MOST_REMEMBERED = 200_000
PERSON = ("name", "id_no")  # the person of the row
TEXTS = ("text", "id_no", "disability_no")
EMPTY_REQUIRED = "必填单元格为空"


@dataclass(frozen=True)
class Cast:
    """One typed column. problems and notes: (row in the batch, reason)."""

    values: pa.Array
    precision: pa.Array | None
    problems: Sequence[tuple[int, str]]
    notes: Sequence[tuple[int, str]]


@dataclass
class Caster:
    """Casts one column of one sheet and remembers the texts it has read."""

    column: Column
    unit: str
    today: date
    _known: dict[str, Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read = reader(self.column, self.unit, self.today)
        amount = {"number": 0, "yuan": UNITS[self.unit]}.get(self.column.type)
        self._clean = CLEAN_AMOUNT.get(amount) if amount is not None else None
        self._shift = f"E{amount}" if amount else ""

    def cast(self, cells: pa.StringArray) -> Cast:
        """cells: outer blanks off, empty is null."""
        if self.column.type in TEXTS:
            result = self._texts(cells)
        elif self._clean:
            result = self._amounts(cells)
        else:
            result = self._distinct(cells)
        return self._with_required(result) if self.column.required else result

    def _texts(self, cells: pa.StringArray) -> Cast:
        """Only what a spreadsheet wrapped (="…", ') or could not compute needs a closer look."""
        person = self.column.name in PERSON
        unusual = pc.match_substring_regex(cells, f"^[='#]|{SEVERAL}" if person else "^[='#]")
        if not pc.any(unusual, min_count=0).as_py():
            return Cast(cells, None, (), ())
        closer = self._distinct(pc.if_else(unusual, cells, pa.scalar(None, pa.string())))
        return Cast(pc.if_else(unusual, closer.values, cells), None, closer.problems, closer.notes)

    def _amounts(self, cells: pa.StringArray) -> Cast:
        usual = pc.match_substring_regex(cells, self._clean)
        nothing = pa.scalar(None, pa.string())
        fast = pc.if_else(usual, cells, nothing)
        if self._shift:
            fast = pc.binary_join_element_wise(fast, self._shift, "")
        values = pc.cast(fast, MONEY)
        if pc.all(usual, min_count=0).as_py():
            return Cast(values, None, (), ())
        slow = self._distinct(pc.if_else(usual, nothing, cells))
        return Cast(pc.coalesce(values, slow.values), None, slow.problems, slow.notes)

    def _distinct(self, cells: pa.StringArray) -> Cast:
        encoded = cells.dictionary_encode()
        readings = [self._reading(text) for text in encoded.dictionary.to_pylist()]
        contents = [one.content if isinstance(one, Value) else None for one in readings]
        values = pa.array(contents, self.arrow_type).take(encoded.indices)
        precision = None
        if self.column.type == "date":
            precisions = [one.precision if isinstance(one, Value) else None for one in readings]
            precision = pa.array(precisions, pa.string()).take(encoded.indices)
        problems = _marked(encoded, [one.reason if isinstance(one, Problem) else None for one in readings])
        notes = _marked(encoded, [one.note if isinstance(one, Value) else None for one in readings])
        return Cast(values, precision, problems, notes)

    def _reading(self, text: str) -> Reading:
        if text not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[text] = self._read(text)
        return self._known[text]

    @property
    def arrow_type(self) -> pa.DataType:
        if self.column.type == "code" and self.column.staging_type == "integer":
            return pa.int32()
        return ARROW.get(self.column.type, pa.string())

    def _with_required(self, result: Cast) -> Cast:
        if not result.values.null_count:
            return result
        told = {row for row, _ in result.problems}
        empty = [(int(row), EMPTY_REQUIRED) for row in _nulls(result.values) if row not in told]
        return Cast(result.values, result.precision, [*result.problems, *empty], result.notes)


def reader(column: Column, unit: str, today: date) -> Callable[[str], Reading]:
    """The parser of one column's cells; an error cell of a spreadsheet is a Problem for all of them."""
    rules = DateRules(today, column.open_end, column.year_is_enough, column.layout)
    by_type: dict[str, Callable[[str], Reading]] = {
        "text": read_person_name if column.name == "name" else read_text,
        "id_no": read_person_number if column.name == "id_no" else read_number_of_document,
        "disability_no": read_number_of_document,
        "date": remembered_dates(rules),
        "month": lambda text: read_month(text, rules),
        "int": read_count,
        "number": read_measure,
        "yuan": lambda text: read_yuan(text, unit),
        "code": lambda text: read_code(text, column.codes),
    }
    return by_type[column.type]


@cache
def remembered_dates(rules: DateRules) -> Callable[[str], Reading]:
    """Dates recur from file to file (births most of all), so their readings outlive a sheet."""
    return lru_cache(maxsize=MOST_REMEMBERED)(lambda text: read_date(text, rules))


def _marked(encoded: Any, reasons: Sequence[str | None]) -> list[tuple[int, str]]:
    """The rows whose distinct text has a reason."""
    affected = [index for index, reason in enumerate(reasons) if reason]
    if not affected:
        return []
    indices = np.asarray(pc.fill_null(encoded.indices, -1))
    return [(int(row), reasons[indices[row]] or "") for row in np.flatnonzero(np.isin(indices, affected))]


def _nulls(values: pa.Array) -> np.ndarray:
    return np.flatnonzero(np.asarray(pc.is_null(values).to_numpy(zero_copy_only=False)))

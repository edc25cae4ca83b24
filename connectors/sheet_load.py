"""One recognised sheet into its staging table, batch by batch, every physical row accounted for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors import staging
from connectors.archive import PrintedRows
from connectors.cast import TEXTS, Cast, Caster, reader
from connectors.certificate import told_by_number
from connectors.contract import Column
from connectors.doubled import preferred, single_column
from connectors.fill_down import fill_down
from connectors.headings import stated_unit
from connectors.marks import Cell, Marks
from connectors.readers.sheet import Sheet
from connectors.recognise import Fit, Source
from connectors.repeats import RepeatedRows
from connectors.row_key import key_texts
from connectors.rows import DATA, REJECTED, RowSorter, empty_rows, trimmed_columns
from connectors.tally import Tally
from connectors.values import SEVERAL_PERSONS, Reading

Head = Sequence[Sequence[str | None]]
TAKEN_FOR_UNKNOWN = ",按未知处理"
TAKEN_BY_NUMBER = ",按残疾人证号所载处理"


@dataclass(frozen=True)
class Plan:
    """A sheet with its heading understood. head: its first rows, numbered from first_row; batches: all, once."""

    sheet: Sheet
    fit: Fit
    head: Head
    first_row: int
    batches: Iterable[pa.RecordBatch]

    @property
    def heading_rows(self) -> list[int]:
        return [self.first_row + index for index in self.fit.rows]

    @property
    def below(self) -> Head:
        """The first rows under the heading."""
        return self.head[self.fit.rows[-1] + 1 :]

    @property
    def unit(self) -> str:
        """The money unit of columns whose heading states none: the title's, else yuan."""
        titles = (cell for row in self.head[: self.fit.rows[0]] for cell in row if cell)
        return next((unit for unit in map(stated_unit, titles) if unit), "元")


class SheetLoad:
    """Loads one sheet in the connection's transaction. `rows_in` counts what the reader gave."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, plan: Plan, *, delivery_id: int, today: date, rows: PrintedRows
    ) -> None:
        self.connection = connection
        self.plan = plan
        self.delivery_id = delivery_id
        self.today = today
        self.marks = Marks(connection, delivery_id)
        self.printed = rows
        self.repeats = RepeatedRows(connection)
        self.tally = Tally()
        self.rows_in = 0
        first = plan.fit.rows[0]
        headings = [plan.head[index] for index in plan.fit.rows]
        self.sorter = RowSorter(plan.fit, plan.head[:first], [*headings, plan.fit.printed])
        self.casters = {
            name: Caster(plan.fit.contract.columns[name], sources[0].unit or plan.unit, today)
            for name, sources in plan.fit.sources.items()
        }

    def run(self) -> None:
        """Read the sheet once; equal rows are taken out at the end."""
        for batch in self.plan.batches:
            records = batch.filter(pc.greater(batch.column(0), 0)) if 0 in self.plan.heading_rows else batch
            self.rows_in += records.num_rows
            self.printed.write(records)
            below = pc.greater(records.column(0), self.plan.heading_rows[-1])
            self._above(records.filter(pc.invert(below)))
            self._below(records.filter(below))
        self.marks.duplicates(self.plan.fit.contract.table, self.repeats.later_rows())

    def _above(self, batch: pa.RecordBatch) -> None:
        """Titles, the heading, and blank rows before it."""
        if not batch.num_rows:
            return
        cells = trimmed_columns(batch)
        source_rows = batch.column(0).to_numpy()
        kinds = np.full(batch.num_rows, "title", dtype=object)
        kinds[empty_rows(cells)] = "blank"
        kinds[np.isin(source_rows, self.plan.heading_rows)] = "heading"
        self.marks.skipped(source_rows, kinds)

    def _below(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        cells = trimmed_columns(batch)
        kinds = self.sorter.kinds(batch, cells)
        source_rows = batch.column(0).to_numpy()
        data, broken = kinds == DATA, kinds == REJECTED
        around = ~(data | broken)
        if around.any():
            self.marks.skipped(source_rows[around], kinds[around])
        if broken.any():
            reasons = batch.column("problem").filter(pa.array(broken)).to_pylist()
            self.marks.rejected([(int(row), None, why) for row, why in zip(source_rows[broken], reasons, strict=True)])
        if self.plan.sheet.name is not None and self.plan.fit.contract.fill_down:
            cells = fill_down(self.plan.fit, cells, data)
        if not data.all():
            mask = pa.array(data)
            cells, source_rows = [column.filter(mask) for column in cells], source_rows[data]
        if len(source_rows):
            self._load(source_rows, cells)

    def _load(self, source_rows: np.ndarray, cells: Sequence[pa.StringArray]) -> None:
        """Cast and insert data rows."""
        self.repeats.add(source_rows, cells)
        casts = {name: self._cast(name, caster, cells) for name, caster in self.casters.items()}
        self.tally.rows += len(source_rows)
        rejected = self._rejections(casts)
        self.marks.rejected([(int(source_rows[row]), heading, why) for row, (heading, why) in sorted(rejected.items())])
        columns = _table_columns(casts)
        told = told_by_number(self.plan.fit.contract, columns)
        self.marks.noted(self._notes(casts, source_rows, rejected, told))
        columns |= {name: pc.coalesce(columns[name], part) if name in columns else part for name, part in told.items()}
        keys = key_texts(self.plan.fit.contract, columns, len(source_rows))
        table = pa.table({"source_row": source_rows, "key_text": keys, **columns})
        if rejected:
            good = np.ones(len(source_rows), dtype=bool)
            good[list(rejected)] = False
            table = table.filter(pa.array(good))
        if table.num_rows:
            named = dict(zip(table.column_names, table.columns, strict=True))
            staging.insert(self.connection, self.plan.fit.contract, self.delivery_id, named)

    def _cast(self, name: str, caster: Caster, cells: Sequence[pa.StringArray]) -> Cast:
        column = single_column(self.plan.fit, name, cells, partial(self._reader, caster.column))
        cast = caster.cast(column)
        self.tally.add(name, caster.column.type, column, cast)
        return cast

    def _reader(self, column: Column, source: Source) -> Callable[[str], Reading]:
        return reader(column, source.unit or self.plan.unit, self.today)

    def _heading(self, name: str) -> str:
        return preferred(self.plan.fit.contract.columns[name], self.plan.fit.sources[name]).printed

    def _rejections(self, casts: Mapping[str, Cast]) -> dict[int, tuple[str, str]]:
        """Row in the batch -> the first column that costs it, and why."""
        rejected: dict[int, tuple[str, str]] = {}
        for name, cast in casts.items():
            for row, reason in cast.problems:
                if not _kept(self.plan.fit.contract.columns[name], reason):
                    rejected.setdefault(row, (self._heading(name), reason))
        return rejected

    def _notes(
        self,
        casts: Mapping[str, Cast],
        source_rows: np.ndarray,
        rejected: Mapping[int, object],
        by_number: Mapping[str, pa.Array],
    ) -> list[Cell]:
        """Cells that are unknown or need telling, of rows that are loaded."""
        notes: list[Cell] = []
        for name, cast in casts.items():
            known = by_number[name].is_valid().to_pylist() if cast.problems and name in by_number else ()
            problems = (
                (row, why + (TAKEN_BY_NUMBER if known and known[row] else TAKEN_FOR_UNKNOWN))
                for row, why in cast.problems
            )
            told = [*problems, *cast.notes]
            notes += [(int(source_rows[row]), self._heading(name), why) for row, why in told if row not in rejected]
        return notes


def _kept(column: Column, reason: str) -> bool:
    """Whether an unreadable cell leaves the row in; an optional text that a spreadsheet could not compute does."""
    if column.required or reason == SEVERAL_PERSONS.reason:
        return False
    return column.keep_unreadable or column.type in TEXTS


def _table_columns(casts: Mapping[str, Cast]) -> dict[str, pa.Array]:
    columns: dict[str, pa.Array] = {}
    for name, cast in casts.items():
        columns[name] = cast.values
        if cast.precision is not None:
            columns[f"{name}_precision"] = cast.precision
    return columns

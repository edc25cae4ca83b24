"""CSV, TSV and other delimited text as a stream of batches; a file of any size in bounded memory.

Whole runs of clean lines go to Arrow in one piece; every other record is taken apart by hand.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from connectors.readers import dialect as dialects
from connectors.readers import encoding as encodings
from connectors.readers.dialect import Dialect
from connectors.readers.encoding import MARK, Encoding
from connectors.readers.records import LINE, LINE_END, Grammar, Record
from connectors.readers.sheet import (
    BAD_BYTES,
    BATCH_ROWS,
    UNCLOSED_QUOTE,
    Rereadable,
    Row,
    Sheet,
    batch_of,
    column_names,
    schema,
)
from warehouse.errors import BangfuError

SAMPLE = 1 << 20
LONGEST_LINE = 4 << 20
# Control characters are gone from the text by now, so this one can stand in for a full-width comma.
STAND_IN = "\x1f"


@contextmanager
def open_delimited(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """The one sheet of a text file; raises BangfuError where its encoding or lines cannot be told."""
    encoding = encodings.detect(path)
    sample, whole = _sample(path, encoding)
    dialect = dialects.learn(sample, whole=whole)
    yield [Sheet(None, True, dialect.width, Rereadable(lambda: read(path, encoding, dialect)))]


def _sample(path: Path, encoding: Encoding) -> tuple[str, bool]:
    text = "".join(islice(encodings.blocks(path, encoding), 2))
    whole = path.stat().st_size <= encodings.BLOCK
    if not LINE_END.search(text, 0, LONGEST_LINE) and len(text) > LONGEST_LINE:
        raise _endless_line(path)
    return (text, whole) if len(text) <= SAMPLE else (text[:SAMPLE], False)


def _endless_line(path: Path) -> BangfuError:
    return BangfuError(
        where=path.name,
        found="有一行长得不可能是表格的一行，文件没有正常换行",
        remedy="请从业务系统重新导出为 CSV 或 xlsx，每条记录一行",
    )


def read(path: Path, encoding: Encoding, dialect: Dialect) -> Iterator[pa.RecordBatch]:
    """All records in order, numbered from 1; blank lines are records without cells."""
    splitter = Splitter(dialect)
    rest = ""
    for text in encodings.blocks(path, encoding):
        rest = yield from splitter.split(rest + text, final=False)
        if len(rest) > LONGEST_LINE:
            raise _endless_line(path)
    yield from splitter.split(rest, final=True)


class Splitter:
    """Cuts successive pieces of one text into records and numbers them."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.grammar = Grammar(dialect.delimiter)
        self.fields = min(dialect.printed, dialect.width)
        self.run = self.grammar.clean_lines(self.fields, dialect.printed - self.fields)
        self.number = 1

    def split(self, text: str, *, final: bool) -> Generator[pa.RecordBatch, None, str]:
        """Batches of the whole records in `text`; returns what is left for the next piece."""
        runs: list[str] = []
        numbers: list[range] = []
        odd: list[Row] = []
        position = 0
        while position < len(text):
            end = _matched(self.run, text, position)
            if end > position:
                runs.append(text[position:end])
                numbers.append(self._take(_line_count(runs[-1])))
                position = end
                continue
            record = self._odd_record(text, position, final=final)
            if record is None:
                break
            odd.append(self._row(record))
            position = record.end
        yield from self._batches(runs, numbers, odd)
        return text[position:]

    def _take(self, count: int) -> range:
        taken = range(self.number, self.number + count)
        self.number = taken.stop
        return taken

    def _row(self, record: Record) -> Row:
        cells = record.cells
        problem = record.problem or self.dialect.problem(cells)
        if any(MARK in cell for cell in cells):
            problem = BAD_BYTES
            cells = [cell.replace(MARK, "\ufffd") for cell in cells]
        return Row(self._take(1).start, problem, cells)

    def _odd_record(self, text: str, position: int, *, final: bool) -> Record | None:
        record = self.grammar.record(text, position, final=final)
        if record is None or record.problem or not self.dialect.problem(record.cells):
            return record
        if self._swallowed(text, position, record.end):
            return self.grammar.first_line(text, position, UNCLOSED_QUOTE, final=final)
        return record

    def _swallowed(self, text: str, start: int, end: int) -> bool:
        """Whether a record of wrong width over several lines has a good record among its later lines."""
        position = _after_line(text, start)
        while position < end:
            after = _after_line(text, position)
            line = self.grammar.record(text[position:after], 0, final=True)
            if line and not line.problem and len(line.cells) == self.dialect.width:
                return True
            position = after
        return False

    def _batches(self, runs: list[str], numbers: list[range], odd: list[Row]) -> Iterator[pa.RecordBatch]:
        tables = []
        if runs:
            tables.append(self._clean_table("".join(runs), [each for one in numbers for each in one]))
        if odd:
            tables.append(pa.Table.from_batches([batch_of(odd, self.dialect.width)]))
        if tables:
            table = pa.concat_tables(tables)
            table = table.sort_by("source_row") if len(tables) == 2 else table
            yield from table.combine_chunks().to_batches(max_chunksize=BATCH_ROWS)

    def _clean_table(self, text: str, numbers: list[int]) -> pa.Table:
        table = _parsed(text, self.dialect.delimiter, self.dialect.printed)
        empty = pa.nulls(len(numbers), pa.string())
        cells = [table.column(position) for position in range(self.fields)]
        cells += [empty] * (self.dialect.width - self.fields)
        return pa.table([pa.array(numbers, pa.int64()), empty, *cells], schema=schema(self.dialect.width))


def _parsed(text: str, delimiter: str, columns: int) -> pa.Table:
    """Clean lines as a table of text; '' is null."""
    if not delimiter.isascii():
        text, delimiter = text.replace(delimiter, STAND_IN), STAND_IN
    data = text.encode()
    names = column_names(columns)
    return csv.read_csv(
        pa.BufferReader(data),
        # One block, because a block's edge may cut a line only where Arrow looks for it again.
        read_options=csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
        parse_options=csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _matched(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _line_count(text: str) -> int:
    """Lines of a run in which every line is ended."""
    if "\r" not in text:
        return text.count("\n")
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _after_line(text: str, position: int) -> int:
    line = LINE.match(text, position)
    ending = LINE_END.match(text, line.end()) if line else None
    return ending.end() if ending else len(text)

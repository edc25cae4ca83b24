"""The one shape every format is read into: a sheet of numbered rows of text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

DELETED = "deleted"
WRONG_WIDTH = "列数不符"
UNCLOSED_QUOTE = "引号未闭合"
STRAY_QUOTE = "引号错位"
BAD_BYTES = "编码错误"
CUT_RECORD = "记录不完整"
BEYOND_COUNT = "记录超出文件头所写条数"

BATCH_ROWS = 65_536
# A sheet with one stray cell far to the right must not make a batch of a billion empty cells.
BATCH_CELLS = 1_000_000
CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"


class Row(NamedTuple):
    """One physical row; `number` counts from 1, cells are text, '' or None where empty."""

    number: int
    problem: str | None
    cells: Sequence[str | None]


@dataclass(frozen=True)
class Sheet:
    """A worksheet, an HTML table, or the only table of a CSV, DBF or Parquet file (`name` None).

    `batches` has the columns source_row int64, problem string (null: fine), c0 … c{columns-1} string
    (null: empty cell), and can be read more than once while the file is open. Every physical row from 1 to
    the last comes exactly once and in order, also blank ones. Where the format keeps its headings apart
    from its records (DBF, Parquet) they come first, as source_row 0: a record keeps its own number, and
    row 0 is no record. `problem` is a Chinese reason, or DELETED for a deleted DBF record.
    """

    name: str | None
    visible: bool
    columns: int
    batches: Iterable[pa.RecordBatch]


class Rereadable:
    """Batches that are read anew each time they are asked for."""

    def __init__(self, read: Callable[[], Iterator[pa.RecordBatch]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return self._read()


def column_names(columns: int) -> list[str]:
    return [f"c{position}" for position in range(columns)]


def schema(columns: int) -> pa.Schema:
    fields = [pa.field("source_row", pa.int64()), pa.field("problem", pa.string())]
    return pa.schema(fields + [pa.field(name, pa.string()) for name in column_names(columns)])


def batch_of(rows: Sequence[Row], columns: int) -> pa.RecordBatch:
    """One batch; rows that are too short are filled with empty cells, too long ones cut."""
    fitted = [_fit(row.cells, columns) for row in rows]
    across = zip(*fitted, strict=True) if fitted else [()] * columns
    arrays = [pa.array([row.number for row in rows], pa.int64())]
    arrays.append(pa.array([row.problem for row in rows], pa.string()))
    arrays += [clean_text(pa.array([cell or None for cell in column], pa.string())) for column in across]
    return pa.RecordBatch.from_arrays(arrays, schema=schema(columns))


def batches_of(rows: Iterable[Row], columns: int) -> Iterator[pa.RecordBatch]:
    """Rows gathered into batches of a bearable number of cells."""
    size = max(1, min(BATCH_ROWS, BATCH_CELLS // max(columns, 1)))
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield batch_of(held, columns)
            held = []
    if held:
        yield batch_of(held, columns)


def clean_text(texts: pa.Array) -> pa.Array:
    """Text without control characters (tab and line breaks stay), '' as null."""
    data = texts.buffers()[2]
    raw = data.to_pybytes() if data is not None else b""
    if len(raw.translate(None, CONTROL_BYTES)) == len(raw):
        return texts
    import pyarrow.compute as pc  # only here: hardly ever needed, and the child must start fast

    texts = pc.replace_substring_regex(texts, CONTROL, "")
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _fit(cells: Sequence[str | None], columns: int) -> Sequence[str | None]:
    if len(cells) == columns:
        return cells
    return [*cells[:columns], *[None] * (columns - len(cells))]

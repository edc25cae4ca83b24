"""A delivery's rows as printed, written anew without what names certain people."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.encryption.private_files import create_private, open_private, settle

ROW = "source_row"


@dataclass(frozen=True)
class Erased:
    """What to erase of a file.

    rows: go whole, by source_row. unloaded: rows that are no record; they go whole where they hold one of the numbers.
    In every other row that holds a number, the cells with it and those that are one of the names are emptied.
    """

    rows: Collection[int]
    unloaded: Collection[int]
    numbers: Collection[str]
    names: Collection[str]


def erase(file: Path, erased: Erased) -> bool:
    """Write the file anew; False where there was nothing to do. The new file takes the old one's place whole."""
    with open_private(file) as content:
        if not any(pc.any(pc.or_(_going(group, erased), _naming(group, erased))).as_py() for group in _groups(content)):
            return False
        written = create_private(unfinished := file.with_suffix(".part"))
        schema = pq.ParquetFile(content).schema_arrow
        with pq.ParquetWriter(written, schema, compression="zstd") as writer:
            for group in _groups(content):
                writer.write_table(_blanked(group.filter(pc.invert(_going(group, erased))), erased))
        settle(written)
    unfinished.replace(file)
    return True


def _groups(content: object) -> Iterator[pa.Table]:
    parquet = pq.ParquetFile(content)
    return (parquet.read_row_group(number).combine_chunks() for number in range(parquet.num_row_groups))


def _going(group: pa.Table, erased: Erased) -> pa.ChunkedArray:
    """Which rows go whole."""
    unloaded = pc.and_(_listed(group[ROW], erased.unloaded), _naming(group, erased))
    return pc.or_(_listed(group[ROW], erased.rows), unloaded)


def _naming(group: pa.Table, erased: Erased) -> pa.ChunkedArray:
    """Which rows hold one of the numbers in any cell."""
    cells = (_holding(column, erased.numbers) for column in _texts(group).values())
    return reduce(pc.or_, cells, _none(group[ROW]))


def _blanked(group: pa.Table, erased: Erased) -> pa.Table:
    naming = _naming(group, erased)
    for name, column in _texts(group).items():
        told = pc.and_(naming, pc.is_in(column, value_set=pa.array(sorted(erased.names), pa.string())))
        blank = pc.or_(_holding(column, erased.numbers), told)
        cells = pc.if_else(blank, pa.scalar(None, column.type), column)
        group = group.set_column(group.column_names.index(name), name, cells)
    return group


def _texts(group: pa.Table) -> dict[str, pa.ChunkedArray]:
    return {name: group[name] for name in group.column_names if pa.types.is_string(group[name].type)}


def _listed(column: pa.ChunkedArray, rows: Collection[int]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(sorted(rows), pa.int64()))


def _holding(column: pa.ChunkedArray, numbers: Collection[str]) -> pa.ChunkedArray:
    found = (pc.fill_null(pc.match_substring(column, number), False) for number in numbers)
    return reduce(pc.or_, found, _none(column))


def _none(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.and_(pc.is_null(column), pc.is_valid(column))

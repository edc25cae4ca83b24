"""Parquet as text, column by column; its column names come first as row 0."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.readers.cells import text_of
from connectors.readers.sheet import BATCH_ROWS, Rereadable, Row, Sheet, batch_of, clean_text, schema
from connectors.readers.sniffing import refused

LOCAL = "Asia/Shanghai"


@contextmanager
def open_parquet(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """The table; raises BangfuError where the file is cut, encrypted or has columns that are no single value."""
    try:
        columns = _checked_columns(path)
    except (pa.ArrowException, OSError) as error:
        raise refused(path, "Parquet 文件不完整、已加密或已损坏", "请重新导出，并确认复制完成后再报送") from error
    if any(pa.types.is_nested(column.type) for column in columns):
        raise refused(path, "Parquet 文件含有嵌套列", "请展开成每格一个值的普通表后报送")
    yield [Sheet(None, True, len(columns), Rereadable(lambda: _read(path)))]


def _checked_columns(path: Path) -> pa.Schema:
    """The columns, after every page has been unpacked once: damage must show before rows are taken from it."""
    with pq.ParquetFile(path) as file:
        for _ in file.iter_batches(batch_size=BATCH_ROWS):
            pass
        return file.schema_arrow


def _read(path: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        names = file.schema_arrow.names
        yield batch_of([Row(0, None, names)], len(names))
        first = 1
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
            texts = [clean_text(_texts(column)) for column in batch.columns]
            fine = pa.nulls(batch.num_rows, pa.string())
            yield pa.RecordBatch.from_arrays([numbers, fine, *texts], schema=schema(len(names)))
            first += batch.num_rows


def _texts(column: pa.Array) -> pa.Array:
    """Text of any column of single values by the rules of cells.py; '' is null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind):
        texts = column.cast(pa.string())
        return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    if pa.types.is_timestamp(kind):
        column = _local(column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([_decoded(each) for each in column.to_pylist()], pa.string())
    return pa.array([text_of(each) or None for each in column.to_pylist()], pa.string())


def _local(moments: pa.Array) -> pa.Array:
    """Moments to the second; one with a time zone means the day it was here, summer times of 1986 to 1991 too."""
    if moments.type.tz is not None:
        moments = pc.local_timestamp(moments.cast(pa.timestamp(moments.type.unit, LOCAL)))
    return pc.round_temporal(moments, unit="second").cast(pa.timestamp("s"))


def _decoded(raw: bytes | None) -> str | None:
    """Text columns of older writers are marked as bytes."""
    return raw.decode("utf-8", "replace") or None if raw is not None else None

"""Accepted deliveries for ever: the file's own bytes by content hash, and its rows as printed."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.values import OUTER


def keep_original(archive: Path, source: Path, sha256: str) -> Path:
    """Copy a file to `<first 2>/<sha256>`, whole or not at all, readable by its owner alone."""
    target = archive / sha256[:2] / sha256
    if target.exists():
        return target
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    with source.open("rb") as read, _private(temporary) as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    temporary.replace(target)
    return target


class PrintedRows:
    """Writes `rows/<delivery_id>.parquet`: every physical row as text, with source_row."""

    def __init__(self, archive: Path, delivery_id: int, headings: Sequence[str]) -> None:
        folder = archive / "rows"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.target = folder / f"{delivery_id}.parquet"
        self._temporary = self.target.with_suffix(".part")
        names = ["source_row", *unique_names(headings)]
        kinds = [pa.int64(), *[pa.string()] * len(headings)]
        self._schema = pa.schema(list(zip(names, kinds, strict=True)))
        self._file = _private(self._temporary)
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd", use_dictionary=True)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a reader's batch."""
        columns = [batch.column(0), *batch.columns[2:]]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def keep(self) -> None:
        """Make the file permanent; to be called right before the delivery is committed."""
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.replace(self.target)

    def discard(self) -> None:
        """Leave nothing of a delivery that was not accepted."""
        self._writer.close()
        self._file.close()
        self._temporary.unlink(missing_ok=True)
        self.target.unlink(missing_ok=True)


def unique_names(headings: Sequence[str]) -> list[str]:
    """Headings as printed; an empty one is called by its position, a repeated one gets a number."""
    names: list[str] = []
    taken = {"source_row"}
    for position, heading in enumerate(headings, start=1):
        name = base = heading.strip(OUTER) or f"列{position}"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

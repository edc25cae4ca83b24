"""Accepted deliveries for ever: the file's own bytes by content hash, and its rows as printed.

Both are sealed where the home has a key; `warehouse.encryption.private_files.open_private` reads them either way.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.values import OUTER
from warehouse.encryption.private_files import create_private, open_private, settle


def keep_original(archive: Path, source: Path, sha256: str) -> Path:
    """Copy a file to `<first 2>/<sha256>`, whole or not at all, readable by its owner alone."""
    target = archive / sha256[:2] / sha256
    if target.exists():
        return target
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    with source.open("rb") as read, create_private(temporary) as written:
        shutil.copyfileobj(read, written, 1 << 20)
        settle(written)
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
        self._file = create_private(self._temporary)
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd", use_dictionary=True)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a reader's batch."""
        columns = [batch.column(0), *batch.columns[2:]]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def keep(self) -> None:
        """Make the file permanent; to be called right before the delivery is committed."""
        self._writer.close()
        settle(self._file)
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


def headings(archive: Path, delivery_id: int) -> list[str] | None:
    """The headings of a delivery as printed (repeated ones numbered); None where its rows are kept no more."""
    file = archive / "rows" / f"{delivery_id}.parquet"
    if not file.exists():
        return None
    with open_private(file) as opened:
        names: list[str] = pq.read_schema(opened).names
    return names[1:]

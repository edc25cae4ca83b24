"""The child that reads one workbook: `main(KIND, FILE, FOLDER)` in a process of its own.

Writes FOLDER/sheet-N.arrow for every worksheet and manifest.json last; {"failure": …} where it cannot.
"""

import json
import os
import resource
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pyarrow as pa

from connectors.readers.sheet import Row, batches_of, schema
from connectors.readers.worksheet import Cells, Found, NoTable

MEMORY = 2 << 30
TEXT_ROWS = {"workbook": "workbook_rows", "xls": "xls_rows", "html": "html_rows", "xml": "xml_rows"}


def main(kind: str, file: str, written: str) -> None:
    """Read, write, tell. The manifest comes last: without it the parent knows that the child has died."""
    folder = Path(written)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The plain allocator gives memory back and claims none in advance against the limit.
    pa.set_memory_pool(pa.system_memory_pool())
    (folder / "manifest.json").write_text(json.dumps(_told(kind, Path(file), folder)), encoding="utf-8")


def _told(kind: str, path: Path, folder: Path) -> dict[str, object]:
    try:
        read: Callable[[Path], Iterator[Found]] = import_module(f"connectors.readers.{TEXT_ROWS[kind]}").read
        return {"sheets": [_write(folder, number, sheet) for number, sheet in enumerate(read(path))]}
    except NoTable:
        return {"failure": "no table"}
    except (MemoryError, pa.ArrowMemoryError):
        return {"failure": "memory"}
    except BaseException:  # noqa: BLE001 - calamine panics with a BaseException; the parent needs only the fact
        return {"failure": "damaged"}


def _write(folder: Path, number: int, sheet: Found) -> dict[str, object]:
    file = f"sheet-{number}.arrow"
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with (
        pa.OSFile(str(folder / file), "wb") as sink,
        pa.ipc.new_stream(sink, schema(sheet.columns), options=options) as writer,
    ):
        for batch in batches_of(_used_rows(sheet.rows), sheet.columns):
            writer.write_batch(batch)
    return {"file": file, "name": sheet.name, "visible": sheet.visible, "columns": sheet.columns}


def _used_rows(rows: Iterable[Cells]) -> Iterator[Row]:
    """Rows numbered from 1 as far as the last one that is not blank: a format reaches further down."""
    blank: list[Row] = []
    for number, (cells, problem) in enumerate(rows, start=1):
        row = Row(number, problem, cells)
        if not any(cells):
            blank.append(row._replace(cells=()))
            continue
        yield from blank
        blank.clear()
        yield row

"""A database view into the inbox: one Parquet file of text, streamed, written only when the content changed.

Whether it changed is told by a sum over the rows, which does not depend on their order: no key is needed to sort by,
and the database need not sort. Content that comes back (a row taken out by mistake, put in again) is a new file with
other bytes, so that it takes the place of what lies between.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy.engine import Connection

from connectors.pulling.databases import reading
from connectors.pulling.faults import Cause, PullFault
from connectors.pulling.landing import Part, folder_of, on_disk, part_of
from connectors.pulling.memory import Memory, Taken
from connectors.pulling.passwords import Vault
from connectors.pulling.result import Pulled
from connectors.pulling.sources import ViewSource
from connectors.readers.cells import text_of

BATCH_ROWS = 5_000
LOCAL = ZoneInfo("Asia/Shanghai")
SUM_BYTES = 32
NO_SELECT = Cause("select_file 指的文件不存在或不是 UTF-8 的文字", "把一个 SELECT 写进数据目录里的这个文件")
NOT_ONE_SELECT = Cause("select_file 里不是一个 SELECT", "只写一个 SELECT(可用 with 开头)")
TWICE = Cause("视图有重名的列", "在 SELECT 里用 as 给每列一个名称")
NOT_TEXT = Cause("视图有不是单个值的列", "让视图把这些列写成文字、数字或日期,或不要选这些列")


def pull_view(source: ViewSource, vault: Vault, inbox: Path, memory: Memory, now: datetime, result: Pulled) -> None:
    """Read the view; a file lands in the inbox only where its content is not the last one's. Raises PullFault."""
    password = vault.secret(source.name, source.secret)
    folder = folder_of(inbox, source.department, source.folder)
    with reading(source.name, source.url, password, source.timeout) as connection, part_of(source.name, folder) as part:
        content = write_rows(source, connection, statement(source, connection, vault.root), part, now)
        known = memory.last(source.name, "")
        if known and known.sha256 == content.digest:
            result.unchanged = 1
            return
        stem, ending = source.title or source.name, f"_{content.digest[:12]}.parquet"
        if not _landed_unremembered(folder, ending, since=known.modified if known else 0.0):
            part.land([f"{stem}_{now:%Y%m%d-%H%M%S}{ending}"], now.timestamp())
        memory.keep(source.name, "", Taken(content.rows, now.timestamp(), content.digest))
        result.fetched, result.rows, result.size = 1, content.rows, part.size


def _landed_unremembered(folder: Path, ending: str, *, since: float) -> bool:
    """Whether a run that was killed between landing and remembering left this very content as the newest file."""
    files = [(file.stat().st_mtime, file.name) for file in folder.glob("*.parquet")]
    modified, name = max(files, default=(0.0, ""))
    return modified > since and name.endswith(ending)


def statement(source: ViewSource, connection: Connection, root: Path) -> str:
    """The one SELECT to run."""
    if source.select_file is None:
        quoted = connection.dialect.identifier_preparer.quote
        columns = ", ".join(map(quoted, source.columns)) or "*"
        return f"select {columns} from {'.'.join(map(quoted, (source.view or '').split('.')))}"
    file = (root / source.select_file).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        raise PullFault(source.name, NO_SELECT)
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise PullFault(source.name, NO_SELECT) from None
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    code = code.strip().removesuffix(";").rstrip()
    if ";" in code or not code.lower().startswith(("select", "with")):
        raise PullFault(source.name, NOT_ONE_SELECT)
    return code


@dataclass(frozen=True)
class Content:
    """rows: how many; digest: the same for the same headings and rows in any order (hex)."""

    rows: int
    digest: str


def write_rows(source: ViewSource, connection: Connection, query: str, part: Part, now: datetime) -> Content:
    """The result as Parquet; only a batch of it is in memory at a time."""
    result = connection.execution_options(stream_results=True, no_parameters=True).exec_driver_sql(query)
    headings = list(result.keys())
    if len({one.casefold() for one in headings}) < len(headings):
        raise PullFault(source.name, TWICE)
    kinds = pa.schema([(one, pa.string()) for one in headings], metadata={"pulled_at": now.isoformat()})
    total, rows = 0, 0
    with on_disk(source.name), pq.ParquetWriter(part, kinds, compression="zstd") as writer:
        for batch in _batches(source, result):
            columns = [pa.array(column, pa.string()) for column in zip(*batch, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=kinds))
            total += sum(_number(row) for row in batch)
            rows += len(batch)
    told = hashlib.sha256(repr((headings, rows)).encode())
    told.update((total % (1 << 8 * SUM_BYTES)).to_bytes(SUM_BYTES, "big"))
    return Content(rows, told.hexdigest())


def _batches(source: ViewSource, result: Any) -> Iterator[list[tuple[str | None, ...]]]:
    for rows in result.yield_per(BATCH_ROWS).partitions():
        try:
            yield [tuple(value_text(value) for value in row) for row in rows]
        except TypeError:
            raise PullFault(source.name, NOT_TEXT) from None


def _number(row: Sequence[str | None]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=SUM_BYTES).digest(), "big")


def value_text(value: object) -> str | None:
    """A value as the readers expect it printed; None for NULL and ''. Raises TypeError for lists and the like."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        here = value if value.tzinfo is None else value.astimezone(LOCAL)
        value = here.replace(microsecond=0)  # 23:59:59.997 is the end of a day, not the next one's beginning
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _decoded(bytes(value)) or None
    if isinstance(value, (str, int, float, date)) or not hasattr(value, "__iter__"):
        return text_of(value) or None
    raise TypeError


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")

"""The rows of one night's files with what became of each, and the way they are written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from reports.answers.issued import Issued, Register
from reports.answers.said import DayReader, Said, read_row
from reports.answers.sheets import ReturnedFile, ReturnedRow, rows_of
from reports.tokens import printed_hash

APPLIED, REPEATED, UNANSWERED, RETURNED = "applied", "repeated", "unanswered", "returned"
NO_TOKEN = "这一行没有校验码(隐藏列被清空或这一行是另加的),无法认定是哪一条;请在原清单的这一行重新填写"
UNKNOWN_TOKEN = "校验码不是本系统签发的,或已被改动;请在原清单的这一行重新填写"
OTHER_ROW = "校验码与这一行写的人或事由对不上(排序时漏了隐藏列、粘贴过别处的行或删过列);请在原清单的这一行重新填写"
STALE = "这是 {old:%Y年%m月} 的清单,{new:%Y年%m月} 的已经签发;请填在新清单里,新清单没有的不必再答复"


@dataclass(frozen=True)
class Night:
    """When answers are taken in: `day` of the run, the moment, and the file each file_id stands for."""

    day: date
    read_at: datetime
    sha256: Mapping[int, str]


@dataclass
class Entry:
    """One returned row on its way to an outcome. `about` is None where nobody can say what the row is about."""

    file_id: int
    source_file: str
    row: ReturnedRow
    said: Said
    about: Issued | None
    outcome: str | None = None
    reason: str | None = None

    def close(self, outcome: str, reason: str | None = None) -> None:
        self.outcome, self.reason = outcome, reason

    @property
    def place(self) -> str:
        """File, sheet and row as a person would look for them."""
        sheet = f"工作表“{self.row.sheet}”" if self.row.sheet else ""
        return f"“{self.source_file}”{sheet}第 {self.row.source_row} 行"

    @property
    def origin(self) -> dict[str, Any]:
        """The columns that say where an answer was written."""
        return {"file_id": self.file_id, "sheet_no": self.row.sheet_no, "source_row": self.row.source_row}


def bind(files: Mapping[int, ReturnedFile], register: Register, *, secret: bytes, read_day: DayReader) -> list[Entry]:
    """Every row of the files, each with what it is about; those that say nothing or bind to nothing are closed."""
    entries = [
        Entry(file_id, file.source_file, row, read_row(row, read_day), _about(row, register, secret))
        for file_id, file in files.items()
        for row in rows_of(file)
    ]
    for entry in entries:
        if not entry.row.is_answered:
            entry.close(UNANSWERED)
        elif entry.about is None:
            entry.close(RETURNED, _why_unbound(entry.row, register))
    return entries


def _about(row: ReturnedRow, register: Register, secret: bytes) -> Issued | None:
    return register.find(row.token, printed_hash(secret, row.cells)) if row.token else None


def _why_unbound(row: ReturnedRow, register: Register) -> str:
    if not row.token:
        return NO_TOKEN
    return OTHER_ROW if register.knows(row.token) else UNKNOWN_TOKEN


def hand_back_stale(entries: Iterable[Entry], register: Register) -> None:
    """Answers on a month's list after a later month's was handed out."""
    for entry in entries:
        if entry.about and register.latest_month and entry.about.month < register.latest_month:
            entry.close(RETURNED, STALE.format(old=entry.about.month, new=register.latest_month))


def write_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Append rows in their order; keys are the table's columns."""
    if not rows:
        return
    connection.register("rows_now", pa.Table.from_pylist(rows))
    connection.execute(f"insert into {table} by name from rows_now")
    connection.unregister("rows_now")

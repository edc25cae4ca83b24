"""What was taken from where, so that it is not fetched again. Written only after the file is in the inbox.

A file of its own in the home: pulling must not wait for a run that holds the working database. Losing it costs
time, not truth: everything is fetched again and found to be in the inbox already. Paths are kept as hashes: the name
of a file may be a person's.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import BangfuError

FILE_NAME = "pulling.sqlite"
_TABLE = """
create table if not exists taken (
    source text, file text, size integer, modified real, sha256 text, taken_at text default current_timestamp,
    primary key (source, file)
)
"""
_DAMAGED = "删去这个文件后再运行:会重新取一遍,收件夹里不会重复"


@dataclass(frozen=True)
class Taken:
    """As last seen at the source: size in bytes, time of change in seconds; of a view: rows, and when it was pulled."""

    size: int
    modified: float
    sha256: str


class Memory:
    """The record of a home, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last(self, source: str, path: str) -> Taken | None:
        """What is known of a file of a source; a view has the path ''."""
        statement = "select size, modified, sha256 from taken where source = ? and file = ?"
        row = self._connection.execute(statement, (source, _hashed(path))).fetchone()
        return Taken(*row) if row else None

    def keep(self, source: str, path: str, taken: Taken) -> None:
        """Remember; it is on the disk when this returns."""
        row = (source, _hashed(path), taken.size, taken.modified, taken.sha256)
        statement = "insert or replace into taken (source, file, size, modified, sha256) values (?, ?, ?, ?, ?)"
        with self._connection:
            self._connection.execute(statement, row)


def _hashed(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


@contextmanager
def remembered(file: Path) -> Iterator[Memory]:
    """Open the record, made on first use, readable by its owner alone. Raises BangfuError where it is damaged."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(_TABLE)
            yield Memory(connection)
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorname if hasattr(error, "sqlite_errorname") else type(error).__name__
        raise BangfuError(where=file.name, found=f"拉取记录读写不了({code})", remedy=_DAMAGED) from None

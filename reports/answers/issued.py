"""What each token stands for: kept when the books are written, looked up when a row comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import pyarrow as pa

from reports.issuing import IssuedFact

_SCHEMA = pa.schema([*((name, pa.string()) for name in IssuedFact._fields[:-1]), ("month", pa.date32())])
# A month written again adds only the rows that differ from what was handed out before.
_KEEP = """
insert into answers.issued
select given.*, ?::timestamp as issued_at
from issued_now as given
anti join answers.issued as kept
    on kept.token = given.token and kept.printed = given.printed
    and kept.evidence_hash is not distinct from given.evidence_hash
"""


@dataclass(frozen=True)
class Issued:
    """What a token was handed out for; row_kind: finding, review or visit."""

    row_kind: str
    row_key: str
    evidence_hash: str | None
    month: date
    issued_at: datetime


class Register:
    """What the given tokens were handed out for, and which month was handed out last."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, tokens: Iterable[str]) -> None:
        wanted = pa.table({"token": pa.array(sorted(set(tokens)), pa.string())})
        connection.register("tokens_now", wanted)
        rows = connection.execute(
            "select token, printed, row_kind, row_key, evidence_hash, month, issued_at from answers.issued "
            "semi join tokens_now using (token) order by issued_at"
        ).fetchall()
        connection.unregister("tokens_now")
        self._rows = {(token, printed): Issued(*about) for token, printed, *about in rows}
        self._tokens = {token for token, _ in self._rows}
        self.latest_month: date | None
        ((self.latest_month,),) = connection.execute("select max(month) from answers.issued").fetchall()

    def knows(self, token: str) -> bool:
        return token in self._tokens

    def find(self, token: str, printed: str) -> Issued | None:
        """What the row is about; None where its cells are not those the token was printed with."""
        return self._rows.get((token, printed))


def keep_issued(connection: duckdb.DuckDBPyConnection, issued: list[IssuedFact], issued_at: datetime) -> None:
    """Add to `answers.issued` what was not there yet."""
    rows = pa.Table.from_pylist([one._asdict() for one in issued], schema=_SCHEMA)
    connection.register("issued_now", rows)
    connection.execute(_KEEP, [issued_at])
    connection.unregister("issued_now")

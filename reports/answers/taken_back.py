"""What the office has taken back must not come in again by itself.

A list printed before shows the old answer in its cells, and copies of the old file lie about. Whoever means it again
says so on a list handed out later, or says something else.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from reports.answers.entries import RETURNED, Entry
from reports.answers.said import VERDICTS

STATEMENT = Path(__file__).parent / "sql" / "taken_back.sql"
REASON = "这一答复已由统筹办公室于 {day} 撤回;如确认无误,请填在撤回后签发的清单上,要更正的请改填"
TYPED = ("result", "notified_on", "replied_on", "by", "visited_on", "contact", "remark")


@dataclass(frozen=True)
class TakenBack:
    """An answer that counts no more: what it said (`choice`: state or verdict), and since when."""

    withdrawn_at: datetime
    withdrawn_on: date
    choice: str | None
    typed: Mapping[str, Any] = field(repr=False)

    def is_said_by(self, entry: Entry, standing: Any) -> bool:
        """Whether a row of a list printed before says nothing but this and what stands anyway."""
        said, about = entry.said, entry.about
        if about is None or about.issued_at > self.withdrawn_at:
            return False
        choice = said.state or VERDICTS.get(said.same or "")
        return choice == self.choice and all(
            getattr(said, name) in (None, self.typed[name], getattr(standing, name, None)) for name in TYPED
        )


def read_taken_back(connection: duckdb.DuckDBPyConnection, row_kind: str) -> defaultdict[str, list[TakenBack]]:
    """The answers of a kind that were taken back, by finding, question or person."""
    found: defaultdict[str, list[TakenBack]] = defaultdict(list)
    rows = connection.execute(STATEMENT.read_text(encoding="utf-8"), {"row_kind": row_kind}).fetchall()
    for subject, withdrawn_at, withdrawn_on, choice, *typed in rows:
        cells = dict(zip(TYPED, typed, strict=True))
        found[subject].append(TakenBack(withdrawn_at, withdrawn_on, choice, cells))
    return found


def hand_back(entry: Entry, taken_back: list[TakenBack], standing: Any = None) -> bool:
    """Close an entry that only repeats what was taken back; gives whether it was."""
    repeated = next((one for one in taken_back if one.is_said_by(entry, standing)), None)
    if repeated:
        entry.close(RETURNED, REASON.format(day=repeated.withdrawn_on))
    return repeated is not None

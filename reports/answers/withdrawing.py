"""The office takes an answer back: it stays written down but counts no more, and what stood before it stands again.

An answer that others rest on is taken back after them. A judgement about two people ends at the next night, which links
without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from warehouse.errors import BangfuError

SQL = Path(__file__).parent / "sql"
SHORTEST_TOKEN = 8
HINT = "用 bangfu answers 查看编号"


@dataclass(frozen=True)
class Given:
    """An answer that was taken in; `subject`: the finding, question or person it is about."""

    answer_id: str
    row_kind: str
    row_key: str
    subject: str
    entry_no: int
    answered_on: date
    source_file: str
    sheet: str | None
    source_row: int
    said: str
    withdrawn_on: date | None
    tokens: Sequence[str] | None
    file_id: int
    sheet_no: int

    @property
    def place(self) -> dict[str, int]:
        """The parameters that name the answer in a statement."""
        return {"file_id": self.file_id, "sheet_no": self.sheet_no, "source_row": self.source_row}

    def is_called(self, name: str) -> bool:
        """By its number (`file-sheet-row`), or by the first letters of its row's hidden token."""
        wanted = name.strip().lower()
        by_token = len(wanted) >= SHORTEST_TOKEN and any(token.startswith(wanted) for token in self.tokens or ())
        return wanted == self.answer_id or by_token


def given_answers(connection: duckdb.DuckDBPyConnection) -> list[Given]:
    """Every answer that was taken in, the newest file first."""
    return [Given(*row) for row in connection.execute(_read("given")).fetchall()]


def withdraw(
    connection: duckdb.DuckDBPyConnection, name: str, *, by: str, why: str, today: date, now: datetime
) -> tuple[Given, str]:
    """Take one answer back, in the caller's transaction; gives it and the state that stands now.

    Raises BangfuError for a name that fits no answer or several, one taken back before, or one that a later answer to
    the same matter rests on.
    """
    one = _find(given_answers(connection), name)
    ((as_of,),) = connection.execute("select as_of from run.context").fetchall()
    day = max(as_of, today)
    state = "下一次 bangfu nightly 起不再计入"
    if one.row_kind == "finding":
        state = _stand_as_before(connection, one, by=by, why=why, day=day)
    elif one.row_kind == "review":
        connection.execute(_read("judge_back"), {**one.place, "by_whom": by, "day": day})
    connection.execute(
        "insert into answers.withdrawn values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [one.file_id, one.sheet_no, one.source_row, one.row_kind, one.row_key, by, why, day, now],
    )
    return one, state


def _find(given: list[Given], name: str) -> Given:
    fitting = [one for one in given if one.is_called(name)]
    standing = [one for one in fitting if one.withdrawn_on is None]
    if not fitting:
        raise BangfuError(where=name, found="没有这个编号的答复", remedy=HINT)
    if not standing:
        raise BangfuError(where=name, found=f"这一条已于 {fitting[0].withdrawn_on} 撤回", remedy="不必再撤")
    last = max(standing, key=lambda one: one.entry_no)
    if any(one.subject != last.subject or one.row_kind != last.row_kind for one in standing):
        raise BangfuError(where=name, found="校验码开头对应几条答复", remedy=f"多写几位,或写编号;{HINT}")
    later = [
        one
        for one in given
        if (one.row_kind, one.subject) == (last.row_kind, last.subject)
        and one.entry_no > last.entry_no
        and one.withdrawn_on is None
    ]
    if later and last.row_kind != "visit":
        latest = max(later, key=lambda one: one.entry_no)
        raise BangfuError(where=name, found=f"同一事项后来还登记过 {latest.answer_id}", remedy="先撤回那一条")
    return last


def _stand_as_before(connection: duckdb.DuckDBPyConnection, one: Given, *, by: str, why: str, day: date) -> str:
    before = connection.execute(_read("stood_before"), one.place).fetchone()
    if before is None:
        return "这一条结果已不在库里"
    _, finding_id, state, settled_on = before
    told = f"撤回 {one.answered_on} 登记的“{one.said}”(答复 {one.answer_id}):{why}"
    connection.execute("insert into findings.history values (?, ?, ?, ?, ?)", [finding_id, day, state, by, told])
    connection.execute(
        "update findings.known set state = ?, settled_on = ? where finding_id = ?", [state, settled_on, finding_id]
    )
    return f"目前状态:{state}"


def _read(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")

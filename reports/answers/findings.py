"""Answers to findings: each content taken in once, in the order of states, or handed back."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from reports.answers.decide import CLOSED, Clock, Standing, adds_nothing, follows, objection
from reports.answers.entries import APPLIED, REPEATED, RETURNED, UNANSWERED, Entry, Night, hand_back_stale, write_rows
from reports.answers.issued import Register
from reports.answers.said import STATES
from reports.answers.taken_back import TakenBack, hand_back, read_taken_back

SQL = Path(__file__).parent / "sql"
GONE = "库里没有这一条(可能已换过数据目录),请向统筹办公室索取新清单"
_ANSWERED = pa.schema([("row_key", pa.string())])


def settle_findings(
    connection: duckdb.DuckDBPyConnection, entries: list[Entry], register: Register, *, night: Night, clock: Clock
) -> None:
    """Decide every open entry about a finding and write what was taken in: answers, history, state."""
    asked = defaultdict(list)
    for entry in entries:
        if entry.outcome is None and entry.about and entry.about.row_kind == "finding":
            asked[entry.about.row_key].append(entry)
    if not asked:
        return
    standings = _standings(connection, list(asked))
    said_before = _said_before(connection, list(asked))
    taken_back = read_taken_back(connection, "finding")
    answers: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for key, group in asked.items():
        if key not in standings:
            _close_all(group, GONE)
            continue
        standing, openings = standings[key]
        new = _new_ones(group, standing, said_before[key], taken_back[key], register)
        for entry, before, after in _taken(new, standing, clock, night):
            answers.append(_answer(entry, after, night, openings))
            if after.state != before.state:
                changes.append(_change(entry, after, night))
    write_rows(connection, "answers.finding_answer", answers)
    _write_changes(connection, changes)


def _new_ones(
    group: list[Entry], standing: Standing, said_before: set[str], taken_back: list[TakenBack], register: Register
) -> list[Entry]:
    """The entries that say something not said before, each content once."""
    first: dict[str, Entry] = {}
    for entry in group:
        said = _digest(entry)
        if said in said_before:
            entry.close(REPEATED, "以前已登记过,没有重复计入")
        elif adds_nothing(entry.said, standing):
            entry.close(UNANSWERED)
        elif hand_back(entry, taken_back, standing):
            continue
        elif said in first:
            entry.close(REPEATED, f"与{first[said].place}相同,只计一次")
        else:
            first[said] = entry
    hand_back_stale(first.values(), register)
    return sorted((one for one in first.values() if one.outcome is None), key=lambda one: _rank(one.said.state))


def _taken(new: list[Entry], standing: Standing, clock: Clock, night: Night) -> list[tuple[Entry, Standing, Standing]]:
    """The entries taken in, each with how the finding stood before and after it."""
    for earlier, later in zip(new, new[1:], strict=False):
        if not follows(later.said, earlier.said):
            for entry in new:
                others = "、".join(other.place for other in new if other is not entry)
                entry.close(RETURNED, f"同一条有互相矛盾的答复(另见{others}),都没有登记;请商定后只交一份")
            return []
    taken = []
    for entry in new:
        if reason := objection(entry.said, standing, clock):
            entry.close(RETURNED, reason)
            continue
        entry.close(APPLIED)
        taken.append((entry, standing, standing := standing.after(entry.said, night.day)))
    return taken


def _rank(state: str | None) -> int:
    return STATES.index(state) if state else -1


def _digest(entry: Entry) -> str:
    about = entry.about
    return entry.said.digest(about.row_key, about.evidence_hash) if about else ""


def _close_all(group: list[Entry], reason: str) -> None:
    for entry in group:
        entry.close(RETURNED, reason)


def _answer(entry: Entry, after: Standing, night: Night, openings: int) -> dict[str, Any]:
    said, about = entry.said, entry.about
    assert about is not None  # only bound entries get here
    return {
        "finding_id": about.row_key,
        "evidence_hash": about.evidence_hash,
        "openings": openings,
        "said": _digest(entry),
        "state": after.state,
        "result": said.result,
        "notified_on": said.notified_on,
        "replied_on": said.replied_on,
        "by_whom": said.by,
        "remark": said.remark,
        "month": about.month,
        "answered_on": night.day,
        "read_at": night.read_at,
        **entry.origin,
    }


def _change(entry: Entry, after: Standing, night: Night) -> dict[str, Any]:
    about, row = entry.about, entry.row
    assert about is not None  # only bound entries get here
    origin = f"工作簿 {night.sha256[entry.file_id][:12]} 第 {row.sheet_no} 张工作表第 {row.source_row} 行"
    return {
        "finding_id": about.row_key,
        "evidence_hash": about.evidence_hash,
        "state": after.state,
        "by": entry.said.by or after.by or "(未署名)",
        "why": f"{about.month:%Y-%m} 清单的答复,{origin}",
        "settled_on": night.day if after.state in CLOSED else None,
    }


def _write_changes(connection: duckdb.DuckDBPyConnection, changes: list[dict[str, Any]]) -> None:
    """Append to the history and set what is known; a closed finding rests on the facts that were answered."""
    if not changes:
        return
    connection.register("changes_now", pa.Table.from_pylist(changes))
    for name in ("remember_change", "known_after"):
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
    connection.unregister("changes_now")


def _standings(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> dict[str, tuple[Standing, int]]:
    statement = (SQL / "standing.sql").read_text(encoding="utf-8")
    connection.register("answered_now", pa.Table.from_pylist([{"row_key": key} for key in keys], schema=_ANSWERED))
    rows = connection.execute(statement).fetchall()
    connection.unregister("answered_now")
    return {key: (Standing(*about), openings) for key, *about, openings in rows}


def _said_before(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> defaultdict[str, set[str]]:
    said: defaultdict[str, set[str]] = defaultdict(set)
    rows = connection.execute(
        "select finding_id, said from answers.finding_answer "
        "anti join answers.withdrawn using (file_id, sheet_no, source_row) where list_contains(?, finding_id)",
        [keys],
    ).fetchall()
    for key, digest in rows:
        said[key].add(digest)
    return said

"""Answers to identity questions: a person's word on a pair, kept in identity.judgement before the night links."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from reports.answers.entries import APPLIED, REPEATED, RETURNED, Entry, Night, hand_back_stale, write_rows
from reports.answers.issued import Register
from reports.answers.said import VERDICTS
from reports.answers.taken_back import TakenBack, hand_back, read_taken_back

SQL = Path(__file__).parent / "sql"
UNSIGNED = "(未署名)"
WORDS = {verdict: word for word, verdict in VERDICTS.items()}
_ASKED = pa.schema([("row_key", pa.string()), ("own_row_id", pa.int64()), ("other_person_id", pa.string())])
Sides = dict[str, tuple[str, str | None, str | None, str | None, bool]]


def settle_reviews(
    connection: duckdb.DuckDBPyConnection, entries: list[Entry], register: Register, *, night: Night
) -> None:
    """Decide every open entry about an identity question and write the judgements that were taken in."""
    asked = defaultdict(list)
    for entry in entries:
        if entry.outcome is None and entry.about and entry.about.row_kind == "review":
            asked[entry.about.row_key.split(".")[0]].append(entry)
    if not asked:
        return
    sides = _sides(connection, [entry.about.row_key for group in asked.values() for entry in group if entry.about])
    known = _known(connection, list(asked))
    taken_back = read_taken_back(connection, "review")
    taken = []
    for review_id, group in asked.items():
        for entry in _new_ones(group, known.get(review_id), taken_back[review_id], register):
            keys = _keys(entry, sides)
            if keys is None:
                entry.close(RETURNED, "这条记录或另一方已不在库里,不必再答复")
            else:
                entry.close(APPLIED)
                taken.append(_answer(entry, review_id, keys, night))
    write_rows(connection, "answers.review_answer", taken)
    _judge(connection, taken)


def _new_ones(
    group: list[Entry], known: tuple[str, str, Any] | None, taken_back: list[TakenBack], register: Register
) -> list[Entry]:
    """At most one entry of the group: the first of those that agree, none where they do not."""
    for entry in group:
        if entry.said.faults:
            entry.close(RETURNED, ";".join(entry.said.faults))
        elif entry.said.same is None:
            entry.close(RETURNED, "填了内容,没有选是、否、不确定")
        elif known and known[0] == VERDICTS[entry.said.same]:
            entry.close(REPEATED, "以前已登记过,没有重复计入")
        elif hand_back(entry, taken_back):
            continue
        elif known and known[0] != "unsure":
            told = f"已由{known[1]}于 {known[2]} 登记为“{WORDS[known[0]]}”"
            entry.close(RETURNED, f"{told},与这次填的不同;如需更正请与统筹办公室联系")
    hand_back_stale((entry for entry in group if entry.outcome is None), register)
    new = [entry for entry in group if entry.outcome is None]
    if len({entry.said.same for entry in new}) > 1:
        for entry in new:
            others = "、".join(other.place for other in new if other is not entry)
            entry.close(RETURNED, f"同一问题有互相矛盾的答复(另见{others}),都没有登记;请商定后只交一份")
        return []
    for entry in new[1:]:
        entry.close(REPEATED, f"与{new[0].place}相同,只计一次")
    return new[:1]


def _keys(entry: Entry, sides: Sides) -> tuple[str, str] | None:
    """The pair a verdict is about, as matching reads it.

    "Same" joins exactly the two records. "Different" takes the right side out of a common person: that is the record
    that was asked about, never the person it was laid beside.
    """
    found = sides.get(entry.about.row_key) if entry.about else None
    if found is None:
        return None
    record, certain, other, number, is_known = found
    beside = certain or other
    if entry.said.same == "否":
        person = number or beside
        return (person, record) if person else None
    if beside is None and is_known:
        beside = record  # the record is all there is of the person: confirmed, it becomes certain
    return (record, beside) if beside else None


def _answer(entry: Entry, review_id: str, keys: tuple[str, str], night: Night) -> dict[str, Any]:
    about, said = entry.about, entry.said
    assert about is not None and said.same is not None  # only bound, readable entries get here
    return {
        "review_id": review_id,
        "left_key": keys[0],
        "right_key": keys[1],
        "verdict": VERDICTS[said.same],
        "by_whom": said.by or UNSIGNED,
        "remark": said.remark,
        "month": about.month,
        "answered_on": night.day,
        "read_at": night.read_at,
        **entry.origin,
    }


def _judge(connection: duckdb.DuckDBPyConnection, taken: list[dict[str, Any]]) -> None:
    if not taken:
        return
    connection.register("judged_now", pa.Table.from_pylist(taken))
    connection.execute((SQL / "judge.sql").read_text(encoding="utf-8"))
    connection.unregister("judged_now")


def _sides(connection: duckdb.DuckDBPyConnection, row_keys: list[str]) -> Sides:
    asked = []
    for row_key in set(row_keys):
        _, own_row_id, other_person_id = row_key.split(".")
        asked.append({"row_key": row_key, "own_row_id": int(own_row_id), "other_person_id": other_person_id})
    connection.register("answered_now", pa.Table.from_pylist(asked, schema=_ASKED))
    rows = connection.execute((SQL / "judged_sides.sql").read_text(encoding="utf-8")).fetchall()
    connection.unregister("answered_now")
    return {row_key: tuple(about) for row_key, *about in rows}


def _known(connection: duckdb.DuckDBPyConnection, review_ids: list[str]) -> dict[str, tuple[str, str, Any]]:
    rows = connection.execute(
        "select review_id, verdict, by_whom, answered_on from answers.review_standing "
        "where list_contains(?, review_id)",
        [review_ids],
    ).fetchall()
    return {review_id: (verdict, by_whom, answered_on) for review_id, verdict, by_whom, answered_on in rows}

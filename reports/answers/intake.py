"""The door: a night's returned workbooks into the tables, in the caller's transaction; every row gets an outcome."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

import duckdb

from reports.answers.decide import Clock
from reports.answers.entries import RETURNED, Entry, Night, bind, write_rows
from reports.answers.findings import settle_findings
from reports.answers.issued import Register
from reports.answers.reviews import settle_reviews
from reports.answers.said import DayReader
from reports.answers.sheets import ReturnedFile, has_answer_sheet, rows_of
from reports.answers.visits import settle_visits
from reports.answers.working_days import read_calendar
from reports.due_date import read_waiting_days
from reports.tabs import file_name

NOT_OURS = (
    "里面没有本系统签发的清单(找不到校验码那一列的表头)。"
    "处理办法:请在签发的清单上填写后原样交回,不要改表头、不要只复制几列"
)
READ, REFUSED = "read", "refused"


@dataclass(frozen=True)
class UnreadFile:
    """A returned file that could not be read, and why."""

    source_file: str
    sha256: str
    reason: str


Arrived = ReturnedFile | UnreadFile


def recognised(file: ReturnedFile) -> Arrived:
    """The file where it is one of our lists, else why it cannot be taken."""
    return file if has_answer_sheet(file) else UnreadFile(file.source_file, file.sha256, NOT_OURS)


def statuses(arrived: Iterable[Arrived]) -> list[tuple[str, str]]:
    """(sha256, status) as `take_answers` will write them."""
    return [(one.sha256, READ if isinstance(one, ReturnedFile) else REFUSED) for one in arrived]


@dataclass(frozen=True)
class AnswersReport:
    """What became of the returned rows: counts by outcome."""

    files: int
    outcomes: Mapping[str, int]


def known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """sha256 → status of every file that ever came back."""
    return dict(connection.execute("select sha256, status from answers.file order by file_id").fetchall())


def take_answers(
    connection: duckdb.DuckDBPyConnection,
    arrived: Sequence[Arrived],
    *,
    secret: bytes,
    read_at: datetime,
    read_day: DayReader,
) -> AnswersReport:
    """Apply each answer of the files exactly once or hand it back; writes `answers.*`, judgements and history.

    The files must be new. Reads run.context, policy.*, and the findings and identities of the night before.
    """
    day, run_id = connection.execute("select as_of, run_id from run.context").fetchall()[0]
    once = {one.sha256: one for one in reversed(arrived)}
    numbers = _numbers(connection, list(reversed(once.values())))
    files = {number: one for number, one in numbers.items() if isinstance(one, ReturnedFile)}
    register = Register(connection, (row.token for file in files.values() for row in rows_of(file)))
    night = Night(day, read_at, {number: one.sha256 for number, one in numbers.items()})
    entries = bind(files, register, secret=secret, read_day=read_day)
    settle_findings(connection, entries, register, night=night, clock=_clock(connection, day, read_at))
    settle_reviews(connection, entries, register, night=night)
    settle_visits(connection, entries, register, night=night)
    write_rows(connection, "answers.returned_row", [_row(entry) for entry in entries])
    _write_files(connection, numbers, entries, night=night, run_id=run_id)
    return AnswersReport(len(files), Counter(entry.outcome or RETURNED for entry in entries))


def _clock(connection: duckdb.DuckDBPyConnection, day: date, read_at: datetime) -> Clock:
    waiting_days = read_waiting_days(connection, day)
    return Clock(day, max(day, read_at.date()), read_calendar(connection), waiting_days)


def _numbers(connection: duckdb.DuckDBPyConnection, arrived: Sequence[Arrived]) -> dict[int, Arrived]:
    """A file_id for each; a file refused before keeps its own."""
    known = dict(connection.execute("select sha256, file_id from answers.file").fetchall())
    next_number = max(known.values(), default=0) + 1
    numbers: dict[int, Arrived] = {}
    for one in arrived:
        number = known.get(one.sha256)
        if number is None:
            number, next_number = next_number, next_number + 1
        numbers[number] = one
    return numbers


def _write_files(
    connection: duckdb.DuckDBPyConnection,
    numbers: Mapping[int, Arrived],
    entries: Sequence[Entry],
    *,
    night: Night,
    run_id: int,
) -> None:
    """One row per file; its receipt's name differs from every other file's in that month."""
    connection.execute("delete from answers.file where list_contains(?, file_id)", [list(numbers)])
    taken = {(month, reply) for month, reply in connection.execute("select month, reply from answers.file").fetchall()}
    rows: list[dict[str, Any]] = []
    for number, one in numbers.items():
        month = _month(number, entries, night.day)
        reply = _reply_name(one, month, taken)
        problem = one if isinstance(one, UnreadFile) else None
        rows.append(
            {
                "file_id": number,
                "source_file": one.source_file,
                "sha256": one.sha256,
                "received_at": night.read_at,
                "received_on": night.day,
                "run_id": run_id,
                "status": REFUSED if problem else READ,
                "reason": problem.reason if problem else None,
                "month": month,
                "reply": reply,
                "is_replied": False,
            }
        )
    write_rows(connection, "answers.file", rows)


def _month(number: int, entries: Sequence[Entry], day: date) -> date:
    """The month most rows of the file were handed out in; without any, the run's."""
    months = Counter(entry.about.month for entry in entries if entry.file_id == number and entry.about)
    return max(months, key=lambda month: (months[month], month)) if months else day.replace(day=1)


def _reply_name(one: Arrived, month: date, taken: set[tuple[date, str]]) -> str:
    stem = file_name(f"回执_{PurePosixPath(one.source_file).stem}")
    name = f"{stem}.xlsx" if (month, f"{stem}.xlsx") not in taken else f"{stem}_{one.sha256[:8]}.xlsx"
    taken.add((month, name))
    return name


def _row(entry: Entry) -> dict[str, Any]:
    return {
        **entry.origin,
        "sheet": entry.row.sheet,
        "outcome": entry.outcome or RETURNED,
        "reason": entry.reason,
        "row_kind": entry.about.row_kind if entry.about else None,
        "row_key": entry.about.row_key if entry.about else None,
    }

"""Returned workbooks on their way from the inbox to the answers: found, read in a protected child, archived."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from checks import parameters
from connectors.archive import keep_original
from connectors.dates import DateRules, read_date
from connectors.file_intake import internal_error
from connectors.inbox import ANSWERS, Delivered, Refused, walk
from connectors.readers import Sheet, open_file
from connectors.values import Problem
from flows.home_secret import home_secret
from flows.settings import PROJECT_POLICY
from reports.answers.intake import READ, AnswersReport, Arrived, UnreadFile, known_files, recognised, take_answers
from reports.answers.sheets import ReturnedFile, ReturnedSheet
from reports.locking import read_passwords, unlock
from warehouse.errors import BangfuError
from warehouse.home import Home

MOST_ROWS = 100_000
NOTHING = AnswersReport(0, {})


def arrived_answers(connection: duckdb.DuckDBPyConnection, home: Home, inbox: Path) -> list[Arrived]:
    """What lies in `inbox/answers` and was not read before; a file refused before is tried again.

    Nothing in the database changes. One refused again for the same reason is not given: nothing is new.
    """
    folder = inbox / ANSWERS
    if not folder.is_dir():
        return []
    known = known_files(connection)
    told = dict(connection.execute("select sha256, reason from answers.file where status <> 'read'").fetchall())
    found = [_arrived(home, one) for one in walk(folder, spill=home.scratch) if known.get(one.sha256) != READ]
    return [one for one in found if not (isinstance(one, UnreadFile) and told.get(one.sha256) == one.reason)]


def still_refused(connection: duckdb.DuckDBPyConnection, home: Home, inbox: Path) -> list[tuple[str, str]]:
    """(file, reason) of the files lying in `inbox/answers` that could not be read."""
    folder = inbox / ANSWERS
    present = {_identity(one) for one in walk(folder, spill=home.scratch)} if folder.is_dir() else set()
    rows = connection.execute(
        "select source_file, reason, sha256 from answers.file where status <> 'read' order by source_file"
    ).fetchall()
    return [(source_file, reason) for source_file, reason, sha256 in rows if sha256 in present]


def apply_answers(connection: duckdb.DuckDBPyConnection, home: Home, arrived: list[Arrived]) -> AnswersReport:
    """Take the files in, in the caller's transaction; the parameters of the day are loaded first."""
    if not arrived:
        return NOTHING
    parameters.load_parameters(connection, PROJECT_POLICY, home.policy)
    now = datetime.now()
    ((day,),) = connection.execute("select as_of from run.context").fetchall()
    return take_answers(
        connection, arrived, secret=home_secret(home), read_at=now, read_day=day_reader(max(day, now.date()))
    )


def day_reader(today: date) -> Callable[[str], date | str | None]:
    """Reads one typed date: the day, the reason why it is none, or None for a blank."""
    rules = DateRules(today=today)

    def read(text: str) -> date | str | None:
        reading = read_date(text, rules)
        if isinstance(reading, Problem):
            return reading.reason
        if reading.content is None:
            return None
        return reading.content if reading.precision == "day" and isinstance(reading.content, date) else "没有写到日"

    return read


def _arrived(home: Home, one: Delivered | Refused) -> Arrived:
    name = _name(one)
    if isinstance(one, Refused):
        return UnreadFile(name, _identity(one), one.reason)
    try:
        path = unlock(one.path, home.scratch, read_passwords(home.root / "passwords").values())
        with open_file(path, spill=home.scratch) as sheets:
            read = ReturnedFile(name, one.sha256, tuple(_sheet(sheet, place) for place, sheet in enumerate(sheets, 1)))
        found = recognised(read)
        if found is read:
            keep_original(home.archive, one.path, one.sha256)
        return found
    except BangfuError as error:
        return UnreadFile(name, one.sha256, str(error))
    except Exception as error:  # noqa: BLE001 - a fault in one file must not stop the night
        return UnreadFile(name, one.sha256, internal_error(error))


def _name(one: Delivered | Refused) -> str:
    return f"{one.department}/{one.source_file}" if one.department else one.source_file


def _identity(one: Delivered | Refused) -> str:
    """The content's hash. Members of one zip share its hash, a file that cannot be opened has none: then the name."""
    if isinstance(one, Delivered):
        return one.sha256
    return hashlib.sha256(f"{one.sha256}|{_name(one)}".encode()).hexdigest()


def _sheet(sheet: Sheet, number: int) -> ReturnedSheet:
    rows: list[tuple[int, list[str]]] = []
    for batch in sheet.batches:
        rows += _rows(batch)
        if len(rows) > MOST_ROWS:
            raise BangfuError(
                where=f"工作表 {number}", found=f"超过 {MOST_ROWS} 行", remedy="只交回签发的清单,删去数据区以外的行"
            )
    return ReturnedSheet(number, sheet.name, rows)


def _rows(batch: pa.RecordBatch) -> list[tuple[int, list[str]]]:
    numbers, _, *columns = (column.to_pylist() for column in batch.columns)
    cells = zip(*columns, strict=True) if columns else ((),) * len(numbers)
    return [(number, [cell or "" for cell in row]) for number, row in zip(numbers, cells, strict=True)]

"""`bangfu forget PERSON`: everything about one person deleted, where no law or policy needs it any more."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from flows.audit import person_mark, record_people
from flows.keeping import files
from flows.keeping.archive import original_file
from flows.keeping.erasing import erase
from flows.keeping.forgotten import Forgotten, ForgottenRow, remember
from flows.keeping.person import Person, books_naming, read, the_person
from flows.keeping.rebuild import publish_again
from flows.keeping.schedule import load_schedule
from flows.nightly import work_database
from flows.settings import Settings
from flows.steps import RunStep, call
from reports.protected_list import read_protected
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.scratch import private_run


@dataclass(frozen=True)
class Request:
    """Who is to be forgotten, why and by whose hand. with_probable: also rows that only may be theirs."""

    given: str
    because: str
    by: str
    with_probable: bool = False


@dataclass(frozen=True)
class ForgetReport:
    """What was deleted. kept: files of others that may still name the person, to be looked after by people."""

    rows: int
    books: tuple[str, ...]
    replays: int
    answers: int
    kept: tuple[str, ...]


def forget(settings: Settings, request: Request, today: date, *, run_step: RunStep = call) -> ForgetReport:
    """Delete everything that is held about a person, and publish what is left.

    Raises BangfuError, with the reasons, where it must be kept; then nothing has changed.
    """
    home = settings.home
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly")
    with exclusive(home.lock_file, command="forget"), private_run(home):
        with work_database(settings) as connection:
            person = the_person(connection, request.given)
            _check(connection, home, person, request, today)
            handed_back = read(connection, "held_file", person=person.person_id)
        naming, closed = books_naming(home, person)
        replays = sorted(home.warehouse.glob("replay-*.duckdb"))
        kept = tuple(_kept(home, person, closed))
        record_people(home, "forgetting", [person.person_id], command="forget", by=request.by, because=request.because)
        returned = [original_file(home, sha256) for sha256, _ in handed_back]
        files.remove(home, [*naming, *replays, *_reports(home, person), *returned])
        rows = run_step("删除", _erase, settings, person, request, today)
        publish_again(settings, run_step)
    books = tuple(book.relative_to(home.outbox).as_posix() for book in naming)
    return ForgetReport(rows, books, len(replays), len(returned), kept)


def _check(connection: duckdb.DuckDBPyConnection, home: Home, person: Person, request: Request, today: date) -> None:
    """Raises BangfuError where something speaks against it."""
    if not request.because.strip() or not request.by.strip():
        raise BangfuError(where="bangfu forget", found="没有写明理由或经办人", remedy="写 --because 理由 --by 经办人")
    if any(word in request.because + request.by for word in (person.name, *person.numbers) if word):
        raise BangfuError(where="bangfu forget", found="理由里写了此人的姓名或号码", remedy="改写:理由会留在审计日志里")
    term = load_schedule(home.root).terms["objection"]
    bound = {"person": person.person_id, "today": today}
    told = {"objection_from": term.last_day(today), "objection_days": term.days}
    if reasons := [reason for (reason,) in read(connection, "objection", **bound, **told)]:
        raise BangfuError(
            where=person.person_id, found=";".join(reasons), remedy="这些都了结之后再删除;可先告知本人理由"
        )
    doubtful = sum(not row.certain for row in person.rows)
    if doubtful and not request.with_probable:
        raise BangfuError(
            where=person.person_id,
            found=f"{doubtful} 行记录只是可能属于此人,也可能是别人的",
            remedy="先在身份待核里核对;确认都是此人的,加 --with-probable 再运行",
        )


def _erase(settings: Settings, person: Person, request: Request, today: date) -> int:
    """The list of forgotten rows first, then the rows: a run killed in between is finished by the next night."""
    home = settings.home
    rows = tuple(ForgottenRow(row.sha256, row.sheet, row.source_row) for row in person.rows)
    now = datetime.now().isoformat(timespec="seconds")
    remember(home, Forgotten(now, person_mark(home, person.person_id), request.by, request.because, rows))
    with work_database(settings) as connection:
        connection.execute("begin")
        try:
            erased = erase(connection, home, rows, today, people=[person.person_id])
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
    return erased


def _reports(home: Home, person: Person) -> list[Path]:
    return sorted((home.outbox / files.PEOPLE_FOLDER).glob(f"{person.person_id}_*.txt"))


def _kept(home: Home, person: Person, closed: list[Path]) -> list[str]:
    """What no run may delete."""
    kept = [f"收件目录和各部门自己的系统里的原件(涉及 {len({row.sha256 for row in person.rows})} 个文件)"]
    kept += [f"打不开、没有查看的工作簿 {book.relative_to(home.outbox).as_posix()}" for book in closed]
    if not read_protected(home.root).isdisjoint({person.person_id, *person.numbers}):
        kept.append("受保护人员名单里的这一项")
    return [*kept, "已经交出去的清单,和以前的备份(到期删除,见 bangfu retention)"]

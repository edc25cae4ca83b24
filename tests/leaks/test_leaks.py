"""Canaries in every column of every table: no trace of one where no personal value belongs."""

import json
import logging
import os
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell

from flows import nightly as nights
from flows.cli import main
from flows.settings import read_settings
from tests.flows.delivery.desk import set_password
from tests.flows.delivery.mail_server import HOST, Mailbox, served
from tests.leaks.canaries import BORN, WORD, fill, found, number
from warehouse.connection import connect
from warehouse.home import Home

MONTH, JUNE, JULY = "2026-06", "2026-06-30", "2026-07-01"
RECIPIENTS = ("office", "civil_affairs", "health", "玉山镇")
# Where personal values belong: what the departments sent, the private databases, the workbooks for their recipients.
HOLDERS = ("inbox/", "archive/", "warehouse/work.duckdb", "warehouse/full.duckdb")
ANSWERS = {"核实结果", "核实人", "备注", "通知日期", "答复日期", "是否同一人"}


@dataclass
class Trace:
    """What was said while the commands ran: by command, and everything that went through logging."""

    home: Home
    temporary: Path
    said: dict[str, str] = field(default_factory=dict)
    logged: list[str] = field(default_factory=list)
    letters: list = field(default_factory=list)


class _Keep(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(level=logging.DEBUG)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(logging.Formatter().format(record))


def answered(home: Home) -> None:
    """A department's list comes back with canaries in every answer, and beside it a workbook that is none of ours."""
    book = home.outbox / MONTH / f"例外清单_civil_affairs_{MONTH}.xlsx"
    readable = BytesIO()
    with book.open("rb") as file:
        office = OOXMLFile(file)
        office.load_key(password="password of civil_affairs")
        office.decrypt(readable)
    workbook = load_workbook(readable)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for heading in (cell for cell in row if cell.value in ANSWERS):
                for below in range(heading.row + 1, min(heading.row + 4, sheet.max_row + 1)):
                    if not isinstance(sheet.cell(below, heading.column), MergedCell):
                        sheet.cell(below, heading.column).value = f"{WORD}答{number(7)}"
    workbook.save(home.inbox / "answers" / "returned.xlsx")
    strange = Workbook()
    strange.active.append([f"{WORD}表头", number(8)])
    strange.save(home.inbox / "answers" / "strange.xlsx")


@pytest.fixture(scope="module")
def trace(tmp_path_factory):
    """All commands, one after the other, on a home full of canaries."""
    folder = tmp_path_factory.mktemp("leaks")
    home = read_settings(folder / "home").home
    home.prepare()
    fill(home.inbox)
    trace = Trace(home, folder / "tmp")
    trace.temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch, served(box := Mailbox()) as port:
        patch.setenv("TMPDIR", str(trace.temporary))
        patch.setattr(tempfile, "tempdir", None)
        root, keep = logging.getLogger(), _Keep(trace.logged)
        patch.setattr(root, "level", logging.DEBUG)
        root.addHandler(keep)
        try:
            _run_all(trace, patch, port, folder)
        finally:
            root.removeHandler(keep)
    trace.letters = box.letters
    return trace


def _run_all(trace: Trace, patch: pytest.MonkeyPatch, port: int, folder: Path) -> None:
    home = trace.home
    told = [f'host = "{HOST}"', f"port = {port}", 'security = "none"', 'from = "bangfu@city.example"', "[recipients]"]
    told += [f'"{name}" = "r{place}@city.example"' for place, name in enumerate(RECIPIENTS)]
    (home.root / "delivery.toml").write_text("\n".join(told), encoding="utf-8")
    for recipient in RECIPIENTS:
        set_password(home, recipient)
    _say(trace, folder, "nightly", "--as-of", JUNE, expected={0, 3})
    _say(trace, folder, "monthly", "--month", MONTH, expected={0, 3})
    answered(home)
    _say(trace, folder, "nightly", "--as-of", JULY, expected={0, 3}, name="nightly with answers")
    _say(trace, folder, "explain", number(1))
    for command in ("status", "rules", "settings", "retention", "audit"):
        _say(trace, folder, command)
    because = ["--because", "本人申请", "--by", "经办人"]
    _say(trace, folder, "forget", number(1), *because, expected={1})
    _say(trace, folder, "explain", f"{WORD}不存在", expected={1}, name="explain nobody")
    for step in ("link_and_judge", "build_mart"):
        with pytest.MonkeyPatch.context() as broken:
            broken.setattr(nights, step, _fail)
            _say(trace, folder, "nightly", "--as-of", "2026-07-02", expected={1}, name=f"nightly failing in {step}")


def _fail(connection, *rest):
    """As a cast deep inside a step would fail: DuckDB's message quotes the value."""
    connection.execute(f"select cast('{WORD}{number(9)}' as integer) from range(1)").fetchall()


def _say(trace: Trace, folder: Path, command: str, *more: str, expected=frozenset({0}), name: str = "") -> None:
    """Run a command with its output, whoever writes it, going into a file."""
    output = folder / "output"
    kept = [os.dup(1), os.dup(2)]
    with output.open("w", encoding="utf-8", buffering=1) as file, redirect_stdout(file), redirect_stderr(file):
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            status = main([command, *more, "--home", str(trace.home.root)])
        finally:
            for place, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, place)
                os.close(descriptor)
    trace.said[name or command] = output.read_text(encoding="utf-8", errors="replace")
    assert status in expected, (name or command, trace.said[name or command][-2000:])


def test_the_canaries_were_taken_in(trace):
    """Otherwise finding none would mean nothing."""
    with connect(trace.home.full_database, read_only=True) as connection:
        tables = connection.execute("select count(distinct source_table) from mart.identity_link").fetchall()
        rejected = connection.execute("select count(*) from mart.rejected_row").fetchall()
        answers = connection.execute("select count(*) from answers.returned_row").fetchall()
    assert tables == [(18,)] and rejected[0][0] > 30 and answers[0][0] > 3
    assert found(trace.home.full_database.read_bytes()) and found(trace.said["explain"])
    assert len(trace.letters) == len(RECIPIENTS)


def test_nothing_is_said_by_any_command_but_the_one_that_explains(trace):
    assert {name: found(text) for name, text in trace.said.items() if found(text)}.keys() == {"explain"}


def test_nothing_is_logged_by_whatever_library(trace):
    """Our own lines go to the screen and into the day's log; these are all others."""
    assert trace.logged
    assert [line for line in trace.logged if found(line)] == []


def test_no_file_but_the_holders_has_one_nor_any_name_of_a_file(trace):
    looked = guilty = 0
    for file in trace.home.root.rglob("*"):
        name = file.relative_to(trace.home.root).as_posix()
        assert not found(name) or name.startswith("inbox/")
        if file.is_file() and not name.startswith(HOLDERS) and file.suffix != ".xlsx":
            looked += 1
            guilty += bool(found(file.read_bytes()))
    assert looked > 5 and guilty == 0


def test_nothing_is_left_in_temporary_folders(trace):
    left = [*trace.temporary.rglob("*"), *trace.home.spill.rglob("*")]
    assert left == []


def test_letters_show_nothing_outside_the_locked_workbook(trace):
    for _, letter in trace.letters:
        shown = [f"{name}: {value}" for name, value in letter.items()]
        for part in letter.walk():
            shown += [f"{name}: {value}" for name, value in part.items()]
            if part.get_content_maintype() == "text":
                shown.append(part.get_content())
        assert found("\n".join(shown)) == []
        (attachment,) = letter.iter_attachments()
        assert found(attachment.get_filename()) == [] and found(attachment.get_content()) == []


def _cells(connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...]) -> dict[str, str]:
    """Every column of every table of the schemas as one text."""
    columns = connection.execute(
        "select table_schema, table_name, column_name from information_schema.columns "
        "where table_catalog = current_database() and list_contains(?, table_schema)",
        [list(schemas)],
    ).fetchall()
    told = {}
    for schema, table, column in columns:
        rows = connection.execute(f'select distinct "{column}"::varchar from {schema}."{table}"').fetchall()
        told[f"{schema}.{table}.{column}"] = "\n".join(text for (text,) in rows if text)
    return told


def test_analysts_see_none_in_any_column(trace, tmp_path):
    copy = tmp_path / "analyst.duckdb"
    shutil.copy(trace.home.analyst_database, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        cells = _cells(connection, ("mart", "main"))
    assert len(cells) > 100
    assert [place for place, text in cells.items() if found(text) or BORN in text] == []


def test_what_is_told_of_the_data_is_told_without_it(trace):
    """Deliveries, rejected rows and cells, quality measures, runs, findings' words, what the tables mean."""
    with connect(trace.home.full_database, read_only=True) as connection:
        cells = _cells(connection, ("raw", "run", "quality", "findings", "policy"))
        told = ("delivery", "rejected_row", "data_quality", "docs", "finding", "finding_evidence", "finding_history")
        cells |= {place: text for place, text in _cells(connection, ("mart",)).items() if place.split(".")[1] in told}
    assert len(cells) > 60
    assert [place for place, text in cells.items() if found(text)] == []


def test_the_audit_log_tells_of_all_that_without_a_person(trace):
    log = trace.home.logs / "audit.jsonl"
    events = {json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines()}
    assert events >= {"started", "ended", "received", "answers", "written", "mailed", "explained", "settings"}
    assert found(log.read_bytes()) == []

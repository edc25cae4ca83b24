"""A month played: lists handed out, filled in with LibreOffice, returned in three formats, and what July then shows."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from flows.demo import demo
from flows.monthly import monthly
from flows.nightly import NightlyReport, nightly
from flows.settings import read_settings
from tests.system.liaison import Liaison
from warehouse.home import Home

FIRST_ROW, TOKEN = 5, "校验码(请勿改动)"
PEOPLE, SEED = 1_000, 3
# The offices and the format each saves in.
BOOKS = {"civil_affairs": "xlsx", "hr_social_security": "ods", "housing": "xls"}
# What is typed, as at a keyboard, in turn; the last one lacks the notice and must come back.
TYPED = [
    ("已通知", {"通知日期": "2026-07-06", "核实人": "王小明"}),
    ("已答复", {"通知日期": "2026-07-06", "答复日期": "2026-07-13", "核实人": "王小明"}),
    ("属实", {"通知日期": "2026-07-06", "核实人": "赵小红"}),
    ("不属实", {"核实人": "赵小红", "核实结果": "单位登记有误"}),
    ("属实", {"核实人": "赵小红"}),
]


@dataclass(frozen=True)
class Played:
    """The home after July, what was typed by finding (state, cells), and what the night said."""

    home: Home
    typed: dict[str, tuple[str, dict[str, str]]]
    complete: set[str]
    report: NightlyReport
    again: NightlyReport

    def query(self, statement: str) -> list[tuple]:
        with duckdb.connect(str(self.home.full_database), read_only=True) as connection:
            return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Played:
    assert shutil.which("soffice"), "install libreoffice-calc-nogui"
    folder = tmp_path_factory.mktemp("played")
    settings = read_settings(folder / "home")
    demo(settings, people=PEOPLE, seed=SEED)
    home = settings.home
    liaison, typed, complete = Liaison(folder), {}, set()
    findings = issued(home)
    for department, ending in BOOKS.items():
        source = home.outbox / "2026-06" / f"例外清单_{department}_2026-06.xlsx"
        cells = plan(source, findings, typed, complete)
        liaison.fill_in(source, home.inbox / "answers" / f"{department} 交回.{ending}", cells)
    report = nightly(settings, as_of=date(2026, 7, 31))
    again = nightly(settings, as_of=date(2026, 7, 31))
    monthly(settings, date(2026, 7, 1))
    return Played(home, typed, complete, report, again)


def issued(home: Home) -> dict[str, str]:
    """Token → finding_id."""
    with duckdb.connect(str(home.work_database), read_only=True) as connection:
        return dict(
            connection.execute("select token, row_key from answers.issued where row_kind = 'finding'").fetchall()
        )


def plan(source: Path, findings: dict[str, str], typed: dict, complete: set[str]) -> list[tuple[str, int, int, str]]:
    """Answers for up to ten rows of each list whose finding nobody has answered yet."""
    cells = []
    for sheet in load_workbook(source):
        places = {cell.value: cell.column for cell in sheet[FIRST_ROW - 1]}
        if "状态" not in places:
            continue
        for row in range(FIRST_ROW, min(sheet.max_row, FIRST_ROW + 9) + 1):
            finding = findings.get(sheet.cell(row, places[TOKEN]).value)
            if finding is None or finding in typed:
                continue
            turn = len(typed) % len(TYPED)
            state, more = TYPED[turn]
            typed[finding] = (state, more)
            if turn < len(TYPED) - 1:
                complete.add(finding)
            cells += [(sheet.title, row, places[heading], text) for heading, text in {"状态": state, **more}.items()]
    return cells


def test_every_complete_answer_was_applied_once_and_every_other_handed_back(played):
    assert len(played.typed) > 60
    assert played.report.answers.files == len(BOOKS)
    assert played.report.answers.outcomes["applied"] == len(played.complete)
    assert played.report.answers.outcomes["returned"] == len(played.typed) - len(played.complete)
    answered = played.query("select finding_id, count(*) from answers.finding_answer group by all")
    assert dict(answered) == dict.fromkeys(played.complete, 1)
    assert not played.again.published


def test_every_finding_stands_as_its_own_row_said(played):
    before = dict(played.query("select finding_id, arg_max(state, rowid) from findings.history group by finding_id"))
    reopened = {key for (key,) in played.query("select finding_id from findings.history where why like '%曾登记%'")}
    ended = {key for (key,) in played.query("select finding_id from findings.known where not is_present")}
    for finding, (state, _) in played.typed.items():
        wanted = state if finding in played.complete else "待核实"
        if finding not in reopened | ended:
            assert before[finding] == wanted
    assert len(played.complete - reopened - ended) > 50


def test_julys_lists_show_what_was_answered_and_leave_out_what_is_settled(played):
    shown = {}
    findings = issued(played.home)
    for book in (played.home.outbox / "2026-07").glob("例外清单_*.xlsx"):
        for sheet in load_workbook(book):
            places = {cell.value: cell.column - 1 for cell in sheet[FIRST_ROW - 1]}
            for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True) if "状态" in places else ():
                if finding := findings.get(row[places[TOKEN]]):
                    shown[finding] = [row[places[heading]] for heading in ("状态", "通知日期", "答复日期", "核实人")]
    states = dict(played.query("select finding_id, state from mart.finding"))
    for finding in played.complete & states.keys():
        state, more = played.typed[finding]
        assert (finding in shown) == (states[finding] in ("待核实", "已通知", "已答复"))
        if states[finding] == state and finding in shown:
            told = ["" if value is None else str(value)[:10] for value in shown[finding]]
            assert told == [state, more["通知日期"], more.get("答复日期", ""), more["核实人"]]


def test_each_office_gets_its_receipt_with_the_rows_to_mend(played):
    assert len(played.report.receipts) == len(BOOKS)
    rows = [
        row
        for path in played.report.receipts
        for row in load_workbook(path)["需要处理的行"].iter_rows(min_row=FIRST_ROW, values_only=True)
    ]
    returned = [row[4] for row in rows if row[1] == "退回"]
    assert len(returned) == len(played.typed) - len(played.complete)
    assert all("属实要填通知日期" in reason for reason in returned)

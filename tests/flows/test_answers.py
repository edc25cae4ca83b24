"""Returned workbooks on their way through a night: once, whatever fails or is killed on the way."""

import shutil
from datetime import date
from io import BytesIO

import duckdb
import pytest
from openpyxl import load_workbook

from checks import findings
from flows import nightly as nights
from flows.cli import main
from flows.monthly import monthly
from flows.nightly import nightly
from flows.settings import read_settings
from reports.locking import lock
from tests.connectors.small_home import csv_bytes, table
from warehouse.errors import BangfuError

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
ADVERSE = "同月重复登记"


def roster(month: str) -> list[list[str | None]]:
    """Person 0 in two families, person 20 in a family of their own."""
    told = {"month": month, "sex": "女", "birth_date": "1985-01-01", "start_date": "2026-01-01", "category": "低保"}
    rows = table("assistance_roster", 1, family_no="甲1", **told)
    rows += table("assistance_roster", 1, family_no="乙2", **told)[1:]
    return rows + table("assistance_roster", 1, first=20, family_no="丙3", **told)[1:]


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """June taken in and its books handed out."""
    chosen = read_settings(tmp_path_factory.mktemp("june") / "home")
    chosen.home.prepare()
    (chosen.home.inbox / "civil_affairs" / "名册.csv").write_bytes(csv_bytes(roster("2026-06")))
    nightly(chosen, as_of=JUNE)
    monthly(chosen, JUNE.replace(day=1))
    return chosen.home.root


@pytest.fixture
def settings(june, tmp_path):
    """A home of its own for each test."""
    return read_settings(shutil.copytree(june, tmp_path / "home"))


def ask(settings, statement: str) -> list[tuple]:
    with duckdb.connect(str(settings.home.full_database), read_only=True) as connection:
        return connection.execute(statement).fetchall()


def send(settings, name: str = "交回.xlsx", month: str = "2026-06", **typed) -> None:
    """Put the civil affairs book into inbox/answers with one adverse finding answered."""
    book = load_workbook(settings.home.outbox / month / f"例外清单_civil_affairs_{month}.xlsx")
    sheet = book[ADVERSE]
    places = {cell.value: cell.column for cell in sheet[4]}
    for heading, value in typed.items():
        sheet.cell(5, places[heading]).value = value
    target = settings.home.inbox / "answers" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def test_an_answer_counts_the_same_night_and_only_once(settings, capsys):
    send(settings, "七月/交回 民政.xlsx", 状态="不属实", 核实人="王小明")
    arguments = ["nightly", "--home", str(settings.home.root), "--as-of", "2026-07-31", "--quiet"]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "登记 1 条" in told and "回执_交回 民政.xlsx" in told
    assert ask(settings, "select state from mart.finding where rule = 'double_enrolment'") == [("不属实",)]
    assert (settings.home.outbox / "2026-06" / "回执_交回 民政.xlsx").exists()
    assert main(arguments) == 0
    assert "没有新内容" in capsys.readouterr().out
    nightly(settings, as_of=date(2026, 8, 1))
    assert ask(settings, "select count(*) from answers.finding_answer") == [(1,)]
    assert len(ask(settings, """from mart.finding_history where "by" = '王小明'""")) == 1
    assert len(list(settings.home.archive.glob("??/*"))) == 2


def test_what_was_answered_stands_on_the_next_list(settings):
    send(settings, 状态="已通知", 通知日期="2026年7月6日", 核实人="王小明")
    nightly(settings, as_of=JULY)
    monthly(settings, date(2026, 7, 1))
    sheet = load_workbook(settings.home.outbox / "2026-07" / "例外清单_civil_affairs_2026-07.xlsx")[ADVERSE]
    places = {cell.value: cell.column for cell in sheet[4]}
    shown = [sheet.cell(5, places[heading]).value for heading in ("状态", "通知日期", "核实人")]
    assert [shown[0], str(shown[1])[:10], shown[2]] == ["已通知", "2026-07-06", "王小明"]
    send(settings, "八月.xlsx", "2026-07", 状态="属实", 答复日期="2026.7.20", 核实人="赵小红")
    report = nightly(settings, as_of=date(2026, 8, 31))
    assert report.answers.outcomes["applied"] == 1
    assert ask(settings, "select state from mart.finding where rule = 'double_enrolment'") == [("属实",)]


def test_a_night_that_fails_has_taken_no_answer_and_the_next_takes_it_once(settings, monkeypatch):
    send(settings, 状态="不属实")
    monkeypatch.setattr(findings, "record_history", lambda connection: 1 / 0)
    with pytest.raises(BangfuError):
        nightly(settings, as_of=JULY)
    assert not list(settings.home.outbox.rglob("回执_*"))
    monkeypatch.undo()
    assert nightly(settings, as_of=JULY).answers.outcomes["applied"] == 1
    assert ask(settings, "select count(*) from answers.finding_answer") == [(1,)]


def test_a_receipt_that_could_not_be_written_comes_with_the_next_night(settings, monkeypatch):
    send(settings, 状态="属实")
    monkeypatch.setattr(nights, "write_receipts", lambda connection, outbox: 1 / 0)
    with pytest.raises(BangfuError):
        nightly(settings, as_of=JULY)
    monkeypatch.undo()
    (receipt,) = nightly(settings, as_of=JULY).receipts
    book = load_workbook(receipt)
    assert "退回" in {row[1].value for row in book["需要处理的行"].iter_rows(min_row=5)}
    assert "属实要填通知日期" in {row[4].value for row in book["需要处理的行"].iter_rows(min_row=5)}
    assert book.properties.creator == "bangfu"
    assert nightly(settings, as_of=JULY).receipts == ()


def test_a_file_that_cannot_be_read_is_refused_said_and_tried_again(settings, capsys):
    answers = settings.home.inbox / "answers"
    answers.mkdir(exist_ok=True)
    (answers / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    arguments = ["nightly", "--home", str(settings.home.root), "--as-of", "2026-07-31", "--quiet"]
    for _ in range(2):
        assert main(arguments) == 3
        assert "坏.xlsx" in capsys.readouterr().out
    assert len(list(settings.home.outbox.rglob("回执_坏*"))) == 1
    (answers / "坏.xlsx").unlink()
    assert main(arguments) == 0


def test_the_same_file_elsewhere_is_known(settings):
    send(settings, 状态="不属实")
    nightly(settings, as_of=JULY)
    answers = settings.home.inbox / "answers"
    (answers / "又一份.xlsx").write_bytes((answers / "交回.xlsx").read_bytes())
    report = nightly(settings, as_of=JULY)
    assert not report.published and report.answers.files == 0


def test_a_book_that_comes_back_locked_is_opened_with_its_own_password(settings):
    send(settings, 状态="不属实")
    path = settings.home.inbox / "answers" / "交回.xlsx"
    lock(BytesIO(path.read_bytes()), path, "one of our words")
    assert [file for file, _ in nightly(settings, as_of=JULY).refused_answers] == ["交回.xlsx"]
    words = settings.home.root / "passwords" / "civil_affairs.txt"
    words.parent.mkdir()
    words.write_text("one of our words\n", encoding="utf-8")
    words.chmod(0o600)
    report = nightly(settings, as_of=JULY)
    assert report.answers.outcomes["applied"] == 1 and report.refused_answers == ()


def test_an_answer_that_the_office_takes_back_counts_no_more_from_the_next_night(settings, capsys):
    send(settings, 状态="不属实", 核实人="王小明")
    nightly(settings, as_of=JULY)
    home = ["--home", str(settings.home.root), "--quiet"]
    assert main(["answers", *home]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "交回.xlsx" in line]
    number = line.split(" | ")[0]
    assert "不属实" in line and "王小明" not in line
    assert main(["answers", "withdraw", number, "--by", "孙主任", "--why", "填错了行", *home]) == 0
    assert main(["answers", "withdraw", number, "--by", "孙主任", "--why", "填错了行", *home]) == 1
    assert "已于" in capsys.readouterr().err
    assert nightly(settings, as_of=JULY).published
    assert ask(settings, "select state from mart.finding where rule = 'double_enrolment'") == [("待核实",)]
    assert ask(settings, """select count(*) from mart.finding_history where "by" = '孙主任'""") == [(1,)]
    measured = "select answered from mart.rule_precision where rule = 'double_enrolment' and dimension = 'all'"
    assert ask(settings, measured) == [(0,)]
    assert not nightly(settings, as_of=JULY).published

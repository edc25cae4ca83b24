"""A night that fails publishes nothing, says where, and repeats no value."""

import stat
from datetime import date

import pytest

from checks import findings
from flows.cli import main
from flows.nightly import nightly
from flows.settings import read_settings

CREMATIONS = "死者姓名,死者身份证号,性别,死亡日期,火化日期\n{},320583198501010012,男,2024-03-01,2024-03-03\n"


@pytest.fixture
def settings(tmp_path):
    chosen = read_settings(tmp_path / "home")
    chosen.home.prepare()
    (chosen.home.inbox / "civil_affairs" / "火化.csv").write_text(CREMATIONS.format("甲一"), encoding="gb18030")
    return chosen


def test_a_night_that_fails_leaves_what_was_published(settings, monkeypatch, capsys):
    nightly(settings, as_of=date(2024, 6, 30))
    before = settings.home.full_database.read_bytes()

    def fail(connection):
        raise ValueError("甲一 320583198501010012")

    monkeypatch.setattr(findings, "record_history", fail)
    (settings.home.inbox / "civil_affairs" / "更多.csv").write_text(CREMATIONS.format("乙二"), encoding="utf-8")
    arguments = ["nightly", "--home", str(settings.home.root), "--as-of", "2024-06-30"]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "核对历史" in told.err and "ValueError" in told.err
    assert "甲一" not in told.err + told.out and "320583198501010012" not in told.err + told.out
    assert settings.home.full_database.read_bytes() == before

    monkeypatch.undo()
    assert main(arguments) == 0
    assert settings.home.full_database.read_bytes() != before


def test_a_refused_file_is_said_and_the_others_are_published(settings, capsys):
    (settings.home.inbox / "health" / "x.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert main(["nightly", "--home", str(settings.home.root), "--as-of", "2024-06-30", "--quiet"]) == 3
    assert "health/x.csv" in capsys.readouterr().out
    assert main(["nightly", "--home", str(settings.home.root), "--as-of", "2024-06-30", "--quiet"]) == 3
    assert "没有新内容" in capsys.readouterr().out
    assert main(["status", "--home", str(settings.home.root), "--quiet"]) == 0
    assert "x.csv" in capsys.readouterr().out


def test_published_files_are_for_their_readers_only(settings):
    nightly(settings, as_of=date(2024, 6, 30))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.home.warehouse.glob("*.duckdb")}
    assert modes == {"work.duckdb": 0o600, "full.duckdb": 0o600, "analyst.duckdb": 0o640}
    archived = [path for path in settings.home.archive.rglob("*") if path.is_file()]
    assert archived and all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in archived)

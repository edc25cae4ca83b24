"""Who ran what is written down before it is done; the log is looked at and verified by a command."""

import json
import os
import shutil

import pytest

from flows import cli
from flows.audit_log import audit_log
from flows.cli import main
from flows.settings import read_settings
from tests.connectors.small_home import csv_bytes, number, table
from warehouse.errors import BangfuError


@pytest.fixture(scope="module")
def first_night(tmp_path_factory):
    home = read_settings(tmp_path_factory.mktemp("audit") / "home").home
    home.prepare()
    (home.inbox / "civil_affairs" / "火化.csv").write_bytes(csv_bytes(table("deaths", 2, death_date="2026-03-01")))
    assert bangfu(home, "nightly", "--as-of", "2026-06-30") == 0
    return home


@pytest.fixture
def home(first_night, tmp_path):
    """A home after its first night."""
    shutil.copytree(first_night.root, tmp_path / "home")
    return read_settings(tmp_path / "home").home


def bangfu(home, command, *more):
    return main([command, *more, "--home", str(home.root), "--quiet"])


def events(home, kind):
    return [entry for entry in audit_log(home).entries() if entry["event"] == kind]


def test_a_night_tells_its_files_once_and_its_settings_when_they_change(home):
    (received,) = events(home, "received")
    ((delivered,),) = [received["files"]]
    assert (delivered["department"], delivered["file"], delivered["rows"]) == ("civil_affairs", "火化.csv", 3)
    assert received["uid"] == os.getuid()
    (home.root / "protected.toml").write_text(f'people = ["{number(3)}"]', encoding="utf-8")
    assert bangfu(home, "nightly", "--as-of", "2026-06-30") == 0
    assert len(events(home, "received")) == 1
    (changed,) = events(home, "settings")
    assert changed["added"] == ["protected.toml"] and number(3) not in json.dumps(changed)
    assert [entry["status"] for entry in events(home, "ended")] == [0, 0]


@pytest.mark.parametrize(("outcome", "status"), [(0, 3), (3, 3), (BangfuError(where="甲", found="乙", remedy="丙"), 1)])
def test_what_was_done_is_not_called_undone_where_its_end_cannot_be_written_down(
    home, monkeypatch, capsys, outcome, status
):
    def done(*_told):
        log = audit_log(home).file
        log.unlink()
        log.mkdir()
        if isinstance(outcome, BangfuError):
            raise outcome
        return outcome

    monkeypatch.setattr(cli, "run_told", done)
    assert bangfu(home, "nightly") == status
    told = capsys.readouterr().err
    assert ("未完成:甲:乙" if status == 1 else "已做完,但没有记下:logs/audit.jsonl") in told


def test_nobody_is_explained_where_that_cannot_be_written_down(home, capsys):
    log = audit_log(home).file
    log.unlink()
    log.mkdir()
    assert bangfu(home, "explain", number(0)) == 1
    told = capsys.readouterr()
    assert "审计日志写不进去" in told.err and told.out == ""


def test_who_was_explained_is_a_mark_that_is_the_same_for_the_same_person(home, capsys):
    for person in (number(0), number(1), "name0"):
        assert bangfu(home, "explain", person) == 0
    marks = [entry["people"] for entry in events(home, "explained")]
    assert marks[0] == marks[2] != marks[1]
    assert number(0) not in audit_log(home).file.read_text(encoding="utf-8")


def test_the_command_shows_the_last_events_and_finds_what_was_altered(home, capsys):
    capsys.readouterr()
    assert bangfu(home, "audit") == 0
    assert "收到 民政局 1 份" in capsys.readouterr().out
    assert bangfu(home, "audit", "--check") == 0
    log = audit_log(home).file
    content = log.read_bytes()
    log.write_bytes(content.replace("火化".encode(), "火花".encode(), 1))
    capsys.readouterr()
    assert bangfu(home, "audit", "--check") == 1
    line = content[: content.index("火化".encode())].count(b"\n") + 1
    assert f"第 {line} 行:内容被改动" in capsys.readouterr().out
    log.write_bytes(content.replace(b'"files":', b'"filez":'))
    assert bangfu(home, "audit") == 0
    assert "内容读不懂" in capsys.readouterr().out
    # The whole log written anew, as somebody could who may write here: the published warehouse knows better.
    log.unlink()
    audit_log(home).head_file.unlink()
    for _ in range(9):
        audit_log(home).append("ran", command="nightly")
    assert bangfu(home, "audit", "--check") == 1


def test_looking_on_leaves_no_line(home):
    before = audit_log(home).file.read_bytes()
    for command in ("status", "rules", "audit"):
        bangfu(home, command)
    assert audit_log(home).file.read_bytes() == before


def test_a_folder_that_is_no_home_gets_no_log(tmp_path):
    assert main(["explain", "某人", "--home", str(tmp_path), "--quiet"]) == 1
    assert list(tmp_path.iterdir()) == []

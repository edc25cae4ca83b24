"""The watch runs when something new has settled in the inbox, once, and otherwise does nothing."""

from datetime import datetime, timedelta

import pytest

from flows import commands
from flows.cli import main
from flows.watch import FILE_NAME, look, when_settled
from warehouse.errors import BangfuError, HomeBusy
from warehouse.home import Home
from warehouse.lock import exclusive

NOW = datetime(2026, 11, 23, 9)


def minutes(count):
    return NOW + timedelta(minutes=count)


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def put(home, name="health/张三.csv", text="x"):
    (home.inbox / name).write_text(text)


def seen(home, at):
    found = look(home, minutes(at))
    return found.new, found.is_settled


def test_an_empty_inbox_is_nothing_new(home):
    assert seen(home, 0) == (0, False)


def test_a_file_is_settled_when_a_later_look_sees_it_unchanged(home):
    put(home)
    assert seen(home, 0) == (1, False)
    assert seen(home, 0.5) == (1, False)
    assert seen(home, 1) == (1, True)


def test_a_file_that_grows_or_changes_starts_again(home):
    put(home)
    seen(home, 0)
    put(home, text="xy")
    assert seen(home, 10) == (1, False)
    assert seen(home, 20) == (1, True)


def test_one_file_that_never_settles_keeps_the_others_waiting_for_an_hour_at_most(home):
    put(home, "health/a.csv")
    for at in range(0, 60, 10):
        put(home, "health/growing.csv", "x" * (at + 1))
        assert seen(home, at) == (2, False)
    put(home, "health/growing.csv", "x" * 99)
    assert seen(home, 60) == (2, True)


def test_what_was_run_for_is_not_new_again_but_a_changed_file_is(home):
    put(home)
    look(home, minutes(0))
    assert when_settled(home, look(home, minutes(1)), lambda: "done") == "done"
    assert seen(home, 2) == (0, False)
    put(home, text="corrected")
    assert seen(home, 3) == (1, False)
    (home.inbox / "health" / "张三.csv").unlink()
    assert seen(home, 4) == (0, False)


def test_a_failed_run_is_not_repeated_for_the_same_files_one_that_found_the_home_busy_is(home):
    def fail(error):
        raise error(where="x", found="y", remedy="z")

    put(home)
    look(home, minutes(0))
    for error, again in ((HomeBusy, (1, True)), (BangfuError, (0, False))):
        with pytest.raises(error):
            when_settled(home, look(home, minutes(1)), lambda error=error: fail(error))
        assert seen(home, 2) == again


def test_unfinished_downloads_hidden_and_answered_files(home):
    for name in ("health/.x.csv", "health/~$x.xlsx", "health/x.csv.part", "answers/back.xlsx"):
        put(home, name)
    assert seen(home, 0)[0] == 1


def test_no_name_of_a_file_is_kept_and_a_lost_memory_is_harmless(home):
    put(home)
    look(home, minutes(0))
    memory = home.warehouse / FILE_NAME
    assert "张三" not in memory.read_text() and "u5f20" not in memory.read_text()
    memory.write_text("half a li")
    assert seen(home, 1) == (1, False)


def test_the_command_runs_the_night_once_and_leaves_a_busy_home_alone(home, monkeypatch, capsys):
    nights = []
    monkeypatch.setattr(commands, "run_nightly", lambda settings, options: nights.append(options.as_of) or 0)
    watch = ["watch", "--home", str(home.root), "--quiet"]
    assert main(watch) == 0 and "没有新文件" in capsys.readouterr().out
    put(home)
    assert main(watch) == 0 and "还在等" in capsys.readouterr().out
    look(home, datetime.now() - timedelta(minutes=5))
    (home.warehouse / FILE_NAME).write_text(
        (home.warehouse / FILE_NAME).read_text().replace(f"{datetime.now():%Y-%m-%d}", "2026-01-01")
    )
    assert main(watch) == 0 and nights == [None]
    assert main(watch) == 0 and nights == [None]


def test_a_busy_home_is_no_failure_of_the_watch(home, capsys):
    put(home)
    look(home, datetime.now() - timedelta(minutes=5))
    with exclusive(home.lock_file, command="replay"):
        assert main(["watch", "--home", str(home.root), "--quiet"]) == 0
    assert "replay" in capsys.readouterr().out
    assert look(home, datetime.now()).is_settled

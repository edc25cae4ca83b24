import threading
from datetime import date

import pytest

from flows import waiting
from flows.cli import main
from flows.waiting import when_free
from warehouse.errors import HomeBusy
from warehouse.home import Home
from warehouse.lock import exclusive


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "PAUSE", 0.02)
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def held(home):
    with exclusive(home.lock_file, command="test"):
        return date.today()


def test_whoever_comes_second_waits_for_its_turn(home):
    taken, release = threading.Event(), threading.Event()

    def hold():
        with exclusive(home.lock_file, command="replay"):
            taken.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(10)
    threading.Timer(0.1, release.set).start()
    assert when_free(lambda: held(home), minutes=1) == date.today()
    holder.join()


def test_waiting_has_an_end(home):
    with exclusive(home.lock_file, command="replay"), pytest.raises(HomeBusy):
        when_free(lambda: held(home), minutes=0.001)


def test_a_command_that_finds_the_home_busy_says_who_holds_it(home, capsys):
    with exclusive(home.lock_file, command="replay"):
        assert main(["nightly", "--home", str(home.root), "--quiet", "--wait", "0.001"]) == 1
    assert "replay" in capsys.readouterr().err

"""Deliveries from a Windows share, served by a real smbd."""

import getpass
import os

import pytest

from flows.cli import main
from tests.connectors.pulling.desk import CANARY, Desk
from tests.system.pull_servers import HOST, smbd

NAME = "五月/结算_202605.csv"
BIG = os.urandom(3_000_000)


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    return tmp_path_factory.mktemp("share")


@pytest.fixture(scope="module")
def server(tmp_path_factory, share):
    served = smbd(tmp_path_factory.mktemp("smbd"), share, CANARY)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def desk(tmp_path, share):
    desk = Desk(tmp_path)
    desk.remote = share / tmp_path.name
    return desk


@pytest.fixture
def words(desk, server):
    told = {
        "kind": "smb",
        "host": HOST,
        "port": server.port,
        "user": getpass.getuser(),
        "path": f"/exchange/{desk.remote.name}",
    }
    return desk.folder(**told, password_file=desk.secret(), timeout=5)


def test_files_come_whole_and_once(desk, words):
    desk.declare(x=words)
    desk.send(NAME, BIG, modified=1_700_000_000)
    desk.send("b.csv", b"one")
    found = desk.pull()["x"]
    assert (found.fetched, found.fault) == (2, None)
    assert desk.inbox() == {NAME: BIG, "b.csv": b"one"}
    assert desk.pull()["x"].unchanged == 2
    desk.send("b.csv", b"other")
    assert desk.pull()["x"].fetched == 1


def test_who_is_writing_is_not_kept_waiting_and_the_file_comes_later(desk, words):
    desk.declare(x=words)
    path = desk.send(NAME, BIG[:1000])
    assert desk.pull(sleep=lambda seconds: path.write_bytes(BIG))["x"].waiting == 1
    assert desk.pull()["x"].fetched == 1
    assert desk.inbox() == {NAME: BIG}


def test_a_refused_login_is_said_once_and_tells_nothing(desk, words, capsys):
    desk.secret("canary-wrong")
    desk.send(NAME, BIG)
    desk.declare(x=words)
    assert main(["pull", "--home", str(desk.home.root)]) == 3
    said = "".join(capsys.readouterr()) + "".join(file.read_text() for file in desk.home.logs.iterdir())
    assert "拒绝登录" in said
    assert not any(one in said for one in ("canary", HOST, "Traceback"))


@pytest.mark.parametrize("path", ["/exchange/missing", "/missing"])
def test_a_share_or_folder_that_is_not_there_is_said(desk, words, path):
    desk.declare(x=words | {"path": path})
    assert "没有这个目录" in str(desk.pull()["x"].fault)


def test_a_server_that_goes_away_and_comes_back(desk, words, server):
    desk.declare(x=words)
    desk.send(NAME, BIG)
    downs = []

    def wait(seconds):
        if not downs:
            downs.append(seconds)
            server.stop()
        elif server.process is None:
            server.start()

    found = desk.pull(sleep=wait)["x"]
    assert (found.fetched, found.fault) == (1, None)
    assert downs
    assert desk.inbox() == {NAME: BIG}

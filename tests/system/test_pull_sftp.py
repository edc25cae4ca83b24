"""Deliveries over SFTP from a real sshd: the key pinned, whole files only, a server that dies and comes back."""

import os

import pytest

from connectors.pulling.landing import Part
from flows.cli import main
from tests.connectors.pulling.desk import CANARY, Desk
from tests.system.pull_servers import HOST, make_key, sshd

NAME = "五月/结算_202605.csv"
BIG = os.urandom(3_000_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    served = sshd(tmp_path_factory.mktemp("sshd"))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def words(desk, server):
    import getpass

    folder = server.log.parent
    desk.secret((folder / "login").read_text(), name="login.key")
    host_key = " ".join((folder / "host.pub").read_text().split()[:2])
    told = {"kind": "sftp", "host": HOST, "port": server.port, "user": getpass.getuser(), "timeout": 5}
    return desk.folder(**told, key_file="login.key", host_key=host_key)


def test_files_come_whole_and_once(desk, words):
    desk.declare(x=words)
    desk.send(NAME, BIG, modified=1_700_000_000)
    desk.send("b.csv", b"one")
    (desk.remote / "link.csv").symlink_to("/etc/hostname")
    found = desk.pull()["x"]
    assert (found.fetched, found.odd, found.fault) == (2, 1, None)
    assert desk.inbox() == {NAME: BIG, "b.csv": b"one"}
    assert next(desk.home.inbox.rglob("结算*")).stat().st_mtime == 1_700_000_000
    assert desk.pull()["x"].unchanged == 2


def test_an_upload_under_way_is_left_until_it_settles(desk, words):
    desk.declare(x=words)
    path = desk.send(NAME, BIG[:1000])
    assert desk.pull(sleep=lambda seconds: path.write_bytes(BIG))["x"].waiting == 1
    assert desk.inbox() == {}
    assert desk.pull()["x"].fetched == 1
    assert desk.inbox() == {NAME: BIG}


def test_a_server_with_another_key_gets_no_login(desk, words, server, tmp_path):
    other = make_key(tmp_path / "other")
    before = server.log.read_text()
    desk.declare(x=words | {"host_key": other})
    desk.send(NAME, BIG)
    fault = str(desk.pull()["x"].fault)
    assert "密钥不是设定的那把,指纹 SHA256:" in fault
    assert desk.slept == []
    assert "Accepted" not in server.log.read_text()[len(before) :]


def test_known_hosts_in_a_file(desk, words, server):
    host_key = words.pop("host_key")
    desk.secret(f"elsewhere ssh-ed25519 {host_key.split()[1]}", name="known_hosts")
    desk.declare(x=words | {"known_hosts_file": "known_hosts"})
    desk.send(NAME, BIG)
    assert "密钥不是设定的那把" in str(desk.pull()["x"].fault)
    desk.secret(f"[{HOST}]:{server.port} {host_key}", name="known_hosts")
    assert desk.pull()["x"].fetched == 1


def test_a_refused_login_is_said_once_and_tells_nothing(desk, words, capsys):
    words.pop("key_file")
    desk.secret()
    desk.declare(x=words | {"password_file": "password.txt", "user": "canary_user"})
    assert main(["pull", "--home", str(desk.home.root)]) == 3
    said = "".join(capsys.readouterr()) + "".join(file.read_text() for file in desk.home.logs.iterdir())
    assert "拒绝登录" in said
    assert not any(one in said for one in (CANARY, "canary", HOST, "Traceback"))


def test_a_server_that_dies_half_way_and_comes_back(desk, words, server, monkeypatch):
    desk.declare(x=words)
    desk.send(NAME, BIG)
    desk.send("a.csv", b"one")
    write, written = Part.write, []

    def write_and_die(part, block):
        if block[:10] == BIG[:10] and not written:
            written.append(len(block))
            server.stop()
        return write(part, block)

    def wait(seconds):
        assert not [name for name, content in desk.inbox().items() if name == NAME and content != BIG]
        if server.process is None:
            server.start()

    monkeypatch.setattr(Part, "write", write_and_die)
    found = desk.pull(sleep=wait)["x"]
    assert written
    assert (found.fetched, found.fault) == (2, None)
    assert desk.inbox() == {NAME: BIG, "a.csv": b"one"}


def test_a_server_that_stays_away_is_said_and_others_go_on(desk, words, server):
    desk.declare(x=words, y=desk.folder())
    desk.send(NAME, BIG)
    server.stop()
    try:
        found = desk.pull()
    finally:
        server.start()
    assert "连接不上或中途断开" in str(found["x"].fault)
    assert HOST not in str(found["x"].fault)
    assert desk.inbox("x") == {}
    assert desk.inbox("y") == {NAME: BIG}

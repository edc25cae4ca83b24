"""What goes wrong at one source: nothing half in the inbox, the others go on, nothing secret is said."""

import errno
import os
import resource
import signal
import sqlite3
from contextlib import contextmanager

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from smbprotocol.exceptions import LogonFailure, SMBAuthenticationError, SMBOSError
from smbprotocol.header import NtStatus

from connectors.pulling.memory import Memory
from tests.connectors.pulling.desk import CANARY

NAME = "结算_202605.csv"
BIG = b"0123456789abcdef" * 200_000


class Share(LocalFileSystem):
    """Stands in for an SMB server: a folder here, whose connection breaks as it is told."""

    protocol = "smb"
    cachable = False
    breaks: list[BaseException] = []
    refuses: list[BaseException] = []
    logins: list[dict] = []

    def __init__(self, **login):
        super().__init__()
        self.logins.append(login)
        if self.refuses:
            raise self.refuses.pop(0)

    def _open(self, path, mode="rb", **named):
        file = super()._open(path, mode, **named)
        if self.breaks:
            file.read = _breaking(file.read, self.breaks.pop(0))
        return file


def _breaking(read, error):
    """Some bytes come, then the connection goes."""
    calls = []

    def read_and_break(size):
        calls.append(size)
        if len(calls) > 1:
            raise error
        return read(1000)

    return read_and_break


@pytest.fixture
def share(desk, monkeypatch):
    """Sets the stand-in up and gives the words of a source on it."""
    real = fsspec.get_filesystem_class("smb")
    fsspec.register_implementation("smb", Share, clobber=True)
    for told in ("breaks", "refuses", "logins"):
        monkeypatch.setattr(Share, told, [])
    server = {"host": "files.city.example", "user": "bangfu-reader", "password_file": desk.secret()}
    yield desk.folder(kind="smb", **server)
    fsspec.register_implementation("smb", real, clobber=True)


def test_the_share_gets_the_login_and_the_file_comes(desk, share):
    desk.declare(x=share)
    desk.send(NAME, BIG)
    assert desk.pull()["x"].fetched == 1
    assert desk.inbox() == {NAME: BIG}
    assert Share.logins[0]["username"] == "bangfu-reader"
    assert Share.logins[0]["password"] == CANARY


def test_a_broken_connection_is_tried_again_and_goes_on_where_it_broke(desk, share):
    desk.declare(x=share)
    for name in ("a.csv", "b.csv", "c.csv"):
        desk.send(name, BIG)
    Share.breaks = [ConnectionResetError(errno.ECONNRESET, "secret host")]
    found = desk.pull()["x"]
    assert (found.fetched, found.fault) == (3, None)
    assert desk.inbox() == dict.fromkeys(("a.csv", "b.csv", "c.csv"), BIG)
    assert [one for one in desk.slept if one >= 5] == [5]


def test_a_source_that_vanishes_half_way_leaves_nothing_and_stops_no_other(desk, share):
    desk.declare(x=share, y=desk.folder())
    desk.send(NAME, BIG)
    Share.breaks = [TimeoutError("secret host")] * 3
    found = desk.pull()
    assert "连接不上或中途断开" in str(found["x"].fault)
    assert "secret" not in str(found["x"].fault)
    assert [one for one in desk.slept if one >= 5] == [5, 15]
    assert desk.inbox("x") == {}
    assert found["y"].fetched == 1
    assert desk.inbox("y") == {NAME: BIG}


@pytest.mark.parametrize("error", [LogonFailure(None), SMBAuthenticationError("user and password")])
def test_a_refused_login_is_not_tried_twice(desk, share, error):
    desk.declare(x=share)
    Share.refuses = [error]
    fault = desk.pull()["x"].fault
    assert "拒绝登录" in str(fault)
    assert len(Share.logins) == 1
    assert not any(one in str(fault) for one in (CANARY, "bangfu-reader", "files.city.example"))


def test_one_file_we_may_not_read_stops_no_other_and_is_said(desk, share):
    desk.declare(x=share)
    for name in ("a.csv", "b.csv"):
        desk.send(name, BIG)
    Share.breaks = [SMBOSError(NtStatus.STATUS_ACCESS_DENIED, "a.csv")]
    found = desk.pull()["x"]
    assert (found.fetched, found.forbidden, found.is_well) == (1, 1, False)


def test_a_subfolder_we_may_not_open_stops_no_other_and_is_said(desk, share, monkeypatch):
    desk.declare(x=share)
    for name in ("a.csv", "others/b.csv"):
        desk.send(name, BIG)
    ls = Share.ls

    def refuse(files, path, **named):
        if path.endswith("others"):
            raise SMBOSError(NtStatus.STATUS_ACCESS_DENIED, path)
        return ls(files, path, **named)

    monkeypatch.setattr(Share, "ls", refuse)
    found = desk.pull()["x"]
    assert (found.fetched, found.forbidden, found.fault) == (1, 1, None)


def test_a_file_somebody_is_writing_waits(desk, share):
    desk.declare(x=share)
    desk.send(NAME, BIG)
    Share.breaks = [SMBOSError(NtStatus.STATUS_SHARING_VIOLATION, NAME)]
    found = desk.pull()["x"]
    assert (found.fetched, found.waiting, found.is_well) == (0, 1, True)
    assert desk.pull()["x"].fetched == 1


def test_a_missing_folder_is_said_and_tried_again_in_case_it_is_being_mounted(desk):
    desk.declare(x=desk.folder(path=str(desk.remote / "not mounted")))
    assert "没有这个目录" in str(desk.pull()["x"].fault)
    assert desk.slept == [5, 15]
    mounted = []
    found = desk.pull(sleep=lambda seconds: mounted.append((desk.remote / "not mounted").mkdir(exist_ok=True)))
    assert found["x"].fault is None


@contextmanager
def no_file_larger_than(size):
    """The kernel refuses what goes beyond; the signal would kill."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_said_and_leaves_nothing(desk):
    desk.declare(x=desk.folder(), y=desk.folder(include=["small*"]))
    desk.send(NAME, BIG)
    desk.send("small.csv", b"fits")
    with no_file_larger_than(100_000):
        found = desk.pull()
    assert "磁盘已满" in str(found["x"].fault)
    assert desk.inbox("y") == {"small.csv": b"fits"}
    assert desk.parts() == []
    assert NAME not in desk.inbox("x")
    assert desk.pull()["x"].fault is None
    assert desk.inbox("x")[NAME] == BIG


def _killed(work):
    """Run it in a child that must die of SIGKILL."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def _die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("when", ["before landing", "before remembering"])
def test_killed_at_any_point_the_next_run_has_it_once(desk, monkeypatch, when):
    desk.declare(x=desk.folder())
    desk.send(NAME, b"first", modified=1000)
    desk.pull()
    desk.send(NAME, BIG, modified=2000)
    with monkeypatch.context() as patched:
        if when == "before landing":
            patched.setattr(os, "utime", _die)
        else:
            patched.setattr(Memory, "keep", _die)
        _killed(desk.pull)
    assert len(desk.parts()) == (when == "before landing")
    assert not any(".part" in name for name in desk.seen_by_intake())
    desk.pull()
    assert sorted(map(len, desk.inbox().values())) == [5, len(BIG)]
    assert desk.parts() == []
    assert desk.pull()["x"].unchanged == 1


def test_what_a_killed_run_left_of_a_source_no_longer_declared_goes_too(desk, monkeypatch):
    desk.declare(x=desk.folder())
    desk.send(NAME, BIG)
    with monkeypatch.context() as patched:
        patched.setattr(os, "utime", _die)
        _killed(desk.pull)
    desk.declare(y=desk.folder(path=str(desk.remote)))
    assert len(desk.parts()) == 1
    desk.pull()
    assert desk.parts() == []


def test_a_damaged_memory_says_what_to_do(desk):
    desk.declare(x=desk.folder())
    desk.send(NAME, b"one")
    (desk.home.warehouse / "pulling.sqlite").write_bytes(b"no database, but long enough to be taken for one" * 50)
    with pytest.raises(Exception, match="删去这个文件") as raised:
        desk.pull()
    assert not isinstance(raised.value, sqlite3.Error)


def test_the_memory_holds_no_name_and_is_private(desk):
    desk.declare(x=desk.folder())
    desk.send("王小明申请表.csv", b"one")
    desk.pull()
    file = desk.home.warehouse / "pulling.sqlite"
    assert file.stat().st_mode & 0o077 == 0
    assert "王小明".encode() not in file.read_bytes()

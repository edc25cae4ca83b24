"""pulling.toml and the secrets it names: what cannot be right is refused for that source alone."""

import pytest

from connectors.pulling.sources import read_pulling
from tests.connectors.pulling.desk import CANARY
from warehouse.errors import BangfuError

SFTP = {
    "kind": "sftp",
    "department": "health",
    "host": "127.0.0.1",
    "user": "reader",
    "path": "/out",
    "password_file": "password.txt",
    "host_key": "ssh-ed25519 AAAA",
}
VIEW = {"kind": "view", "department": "health", "url": "postgresql://reader@127.0.0.1/his", "view": "v"}


def without(words, *names):
    return {name: value for name, value in words.items() if name not in names}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"kind": "ftp"}, "kind 写"),
        ({"kind": []}, "kind 写"),
        (without(SFTP, "user"), "缺少 user"),
        (without(SFTP, "department"), "department 和 table 至少写一个"),
        (SFTP | {"department": "police"}, "department 写"),
        (SFTP | {"table": "rosters"}, "没有 table"),
        (SFTP | {"password": CANARY}, "不认识 password"),
        (SFTP | {"password_env": "X"}, "只写一个"),
        (SFTP | {"port": "22"}, "port 写得不对"),
        (SFTP | {"timeout": 0}, "timeout 写得不对"),
        (SFTP | {"include": "*.csv"}, "include 写得不对"),
        (SFTP | {"marker": "../x"}, "marker"),
        (SFTP | {"marker": "{name}"}, "marker"),
        (SFTP | {"marker": ".{name}"}, "marker"),
        (without(SFTP, "host_key"), "不认识的服务器不连接"),
        (without(SFTP, "password_file"), "缺少 password_file"),
        (SFTP | {"kind": "smb"}, "不认识 host_key"),
        (without(SFTP | {"kind": "smb", "path": "out"}, "host_key"), "/共享名/目录"),
        ({"kind": "folder", "department": "health", "path": "here"}, "绝对路径"),
        (VIEW | {"url": f"postgresql://reader:{CANARY}@127.0.0.1/his"}, "url 里不能写口令"),
        (VIEW | {"url": f"mysql://reader@127.0.0.1/his?passwd={CANARY}"}, "url 里不能写口令"),
        (VIEW | {"url": "postgresql+psycopg2://reader@127.0.0.1/his"}, "url 的数据库类型"),
        (VIEW | {"url": "127.0.0.1"}, "url 写作"),
        (VIEW | {"view": "v; delete from v"}, "只写名称"),
        (VIEW | {"columns": ["a, b"]}, "只写名称"),
        (VIEW | {"select_file": "v.sql"}, "只写一个"),
    ],
)
def test_what_cannot_be_right_is_refused_for_that_source_alone(desk, words, found):
    desk.declare(bad=words, x=desk.folder())
    desk.send("a.csv", b"one")
    pulled = desk.pull()
    assert found in str(pulled["bad"].fault)
    assert CANARY not in str(pulled["bad"].fault)
    assert pulled["x"].fetched == 1


def test_the_homes_own_folders_are_no_source(desk):
    for path in (desk.home.inbox, desk.home.root, desk.home.root.parent):
        desk.declare(x=desk.folder(path=str(path)))
        assert "自己的数据目录" in str(desk.pull()["x"].fault)


@pytest.mark.parametrize("text", [f'[source.x]\npassword = "{CANARY}', "source = 1", "[x]\n", "\udcff"])
def test_a_file_that_is_no_declaration_is_refused_without_repeating_it(desk, text):
    (desk.home.root / "pulling.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BangfuError, match="pulling.toml") as raised:
        read_pulling(desk.home.root)
    assert CANARY not in str(raised.value)


def test_a_home_without_declaration_has_no_sources(desk):
    assert read_pulling(desk.home.root) is None


@pytest.mark.parametrize(
    ("secret", "found"),
    [
        ({"mode": 0o640}, "别的用户也能读取"),
        ({"name": "elsewhere.txt"}, "不存在"),
        ({"name": "../password.txt"}, "不在本装置的数据目录里"),
    ],
)
def test_a_secret_must_be_private(desk, secret, found):
    desk.secret(**secret)
    told = {"password_file": secret["name"]} if secret.get("name", "").startswith("..") else {}
    desk.declare(x=SFTP | told)
    fault = str(desk.pull()["x"].fault)
    assert found in fault
    assert CANARY not in fault
    assert desk.slept == []


def test_a_variable_that_is_not_set_is_said(desk):
    desk.declare(x=without(SFTP, "password_file") | {"password_env": "SFTP_PASSWORD"})
    assert "环境变量没有设定" in str(desk.pull()["x"].fault)


def test_a_host_key_that_is_none_is_said_before_any_connection(desk):
    desk.secret()
    desk.declare(x=SFTP)
    assert "host_key" in str(desk.pull()["x"].fault)

"""Zips in the inbox: opened to the last member, or refused by name with what to do."""

import hashlib
import os
import re
import stat
import zipfile
from datetime import datetime

import pytest

from connectors.inbox import Delivered, Refused, walk
from connectors.readers import zip_members
from tests.connectors.readers_made import package, zip_bytes


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    for department in ("civil_affairs", "health", "answers"):
        (folder / department).mkdir(parents=True)
    return folder


def seen(inbox):
    return list(walk(inbox, spill=inbox.parent / "spill"))


def names(found):
    return [(each.department, each.source_file) for each in found]


def reasons(found):
    return {each.source_file: each.reason for each in found if isinstance(each, Refused)}


def locked(raw: bytes) -> bytes:
    """The same zip with every member marked as encrypted."""
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw = raw[: at + place] + bytes([raw[at + place] | 1]) + raw[at + place + 1 :]
            at = raw.find(sign, at + 4)
    return raw


def test_a_zip_is_opened_and_its_members_named_below_it(inbox):
    inner = zip_bytes({"丙.csv": "丙"})
    raw = zip_bytes({"b/乙.csv": "乙", "a.csv": "甲", "里.zip": inner, "__MACOSX/._a.csv": "x", "b/": ""})
    (inbox / "health" / "包.zip").write_bytes(raw)
    found = seen(inbox)
    assert names(found) == [
        ("health", "包.zip/a.csv"),
        ("health", "包.zip/b/乙.csv"),
        ("health", "包.zip/里.zip/丙.csv"),
    ]
    assert [each.path.read_text() for each in found] == ["甲", "乙", "丙"]
    assert all(each.sha256 == hashlib.sha256(each.path.read_bytes()).hexdigest() for each in found)
    assert found[0].modified_at == datetime(2024, 5, 6, 7, 8, 10)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_a_zip_that_does_not_say_its_encoding(inbox, encoding):
    placeholder = "x" * len("名册.csv".encode(encoding))
    raw = zip_bytes({placeholder: "a"}).replace(placeholder.encode(), "名册.csv".encode(encoding))
    (inbox / "health" / "a.zip").write_bytes(raw)
    assert names(seen(inbox)) == [("health", "a.zip/名册.csv")]


def test_the_same_content_twice_has_one_hash_and_may_have_one_path(inbox):
    raw = zip_bytes({"a.csv": "甲"})
    (inbox / "health" / "一.zip").write_bytes(raw)
    (inbox / "health" / "二.zip").write_bytes(zip_bytes({"x/b.csv": "甲"}, compression=zipfile.ZIP_STORED))
    first, second = seen(inbox)
    assert first.sha256 == second.sha256
    assert second.path.read_text() == "甲"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_taken(inbox):
    with zipfile.ZipFile(inbox / "a.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("a.csv", "2")
    assert [(each.source_file, each.path.read_text()) for each in seen(inbox)] == [
        ("a.zip/a.csv", "1"),
        ("a.zip/a.csv#2", "2"),
    ]


def test_workbooks_and_documents_are_not_opened_as_zips(inbox):
    package(inbox / "health" / "a.xlsx", "")
    (inbox / "health" / "b.ods").write_bytes(zip_bytes({"mimetype": "x", "content.xml": "x"}))
    (inbox / "health" / "c.xlsx").write_bytes((inbox / "health" / "a.xlsx").read_bytes()[:-40])
    assert [type(each) for each in seen(inbox)] == [Delivered] * 3


def stored(members: dict[str, str], right: str, wrong: str) -> bytes:
    """A zip in which a character was changed after its check sum was taken."""
    return zip_bytes(members, compression=zipfile.ZIP_STORED).replace(right.encode(), wrong.encode())


def bomb() -> bytes:
    return zip_bytes({"a.csv": bytes(101 << 20)})


def nested(depth: int) -> bytes:
    raw = zip_bytes({"a.csv": "x"})
    for _ in range(depth - 1):
        raw = zip_bytes({"n.zip": raw})
    return raw


BAD_ZIPS = {
    "cut": (lambda: zip_bytes({"a.csv": "x" * 500})[:-40], "", "不完整.*重新压缩"),
    "empty": (lambda: zip_bytes({}), "", "没有文件"),
    "only hidden": (lambda: zip_bytes({".a": "x"}), "", "没有文件"),
    "password": (lambda: locked(zip_bytes({"a.csv": "x"})), "/a.csv", "密码.*去掉密码"),
    "outside": (lambda: zip_bytes({"../../a.csv": "x"}), "/../../a.csv", "路径指向包外"),
    "outside in windows": (lambda: zip_bytes({"..\\a.csv": "x"}), "/../a.csv", "路径指向包外"),
    "absolute": (lambda: zip_bytes({"/etc/a.csv": "x"}), "//etc/a.csv", "路径指向包外"),
    "drive": (lambda: zip_bytes({"C:/a.csv": "x"}), "/C:/a.csv", "路径指向包外"),
    "bomb": (bomb, "", "异常巨大"),
    "bomb in a zip": (lambda: zip_bytes({"n.zip": bomb()}), "/n.zip", "异常巨大"),
    "four deep": (lambda: nested(4), "/n.zip/n.zip/n.zip", "超过 3 层"),
    "cut inside": (lambda: zip_bytes({"n.zip": nested(1)[:-30]}), "/n.zip", "不完整"),
    "wrong sum": (
        lambda: zip_bytes({"a.csv": "甲乙丙"}, compression=0).replace("甲".encode(), "申".encode()),
        "/a.csv",
        "损坏",
    ),
}


@pytest.mark.parametrize("name", BAD_ZIPS)
def test_a_bad_zip_is_refused_by_name_and_its_neighbours_come(inbox, name):
    make, below, words = BAD_ZIPS[name]
    (inbox / "health" / "bad.zip").write_bytes(make())
    (inbox / "health" / "good.csv").write_text("x")
    refused, good = seen(inbox)
    assert refused.source_file == "bad.zip" + below
    assert re.search(words, refused.reason)
    assert "处理办法" in refused.reason
    assert refused.sha256 == hashlib.sha256(make()).hexdigest()
    assert good.source_file == "good.csv"


def test_a_bad_member_never_hurts_its_neighbours(inbox):
    raw = zip_bytes({"a.csv": "甲", "b.csv": "乙" * 9, "c.csv": "丙"}, compression=0).replace(
        "乙".encode(), "儿".encode(), 1
    )
    (inbox / "health" / "a.zip").write_bytes(raw)
    found = seen(inbox)
    assert list(reasons(found)) == ["a.zip/b.csv"]
    assert [each.path.read_text() for each in found if isinstance(each, Delivered)] == ["甲", "丙"]


def test_a_link_inside_a_zip_is_refused(inbox):
    link = zipfile.ZipInfo("a.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(inbox / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "包外" in reasons(seen(inbox))["a.zip/a.csv"]


def test_too_many_members_and_too_little_room_are_told(inbox, monkeypatch):
    (inbox / "a.zip").write_bytes(zip_bytes({f"{n}.csv": "x" for n in range(5)}))
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 4)
    monkeypatch.setattr(zip_members.Budget, "__init__", lambda self: self.__dict__.update(size=100, members=4))
    assert "个" in reasons(seen(inbox))["a.zip"]
    monkeypatch.setattr(zip_members.Budget, "__init__", lambda self: self.__dict__.update(size=100, members=40))
    monkeypatch.setattr(zip_members.shutil, "disk_usage", lambda _: zip_members.shutil._ntuple_diskusage(1, 1, 0))
    assert "磁盘" in reasons(seen(inbox))["a.zip"]


def test_zips_inside_share_one_allowance(inbox, monkeypatch):
    monkeypatch.setattr(zip_members.Budget, "__init__", lambda self: self.__dict__.update(size=3000, members=40))
    inner = {f"{n}.zip": zip_bytes({"a.csv": os.urandom(500)}) for n in range(4)}
    (inbox / "a.zip").write_bytes(zip_bytes(inner))
    found = seen(inbox)
    assert any(isinstance(each, Refused) and "异常巨大" in each.reason for each in found)
    assert sum(each.path.stat().st_size for each in found if isinstance(each, Delivered)) <= 3000

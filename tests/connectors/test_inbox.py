"""The inbox: every file once, in order, traps refused, and nothing in it ever changed."""

import hashlib
import os
from datetime import datetime

import pytest

from connectors import inbox as inboxes
from connectors.inbox import Delivered, Refused, walk
from tests.connectors.readers_made import zip_bytes


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


def test_files_come_in_order_with_department_path_and_hash(inbox):
    (inbox / "health" / "2024" / "三月").mkdir(parents=True)
    (inbox / "health" / "2024" / "三月" / "签约.csv").write_text("a")
    (inbox / "civil_affairs" / "b.csv").write_text("b")
    (inbox / "civil_affairs" / "a.xlsx").write_bytes(b"")
    (inbox / "别处").mkdir()
    (inbox / "别处" / "c.csv").write_text("c")
    (inbox / "d.csv").write_text("d")
    os.utime(inbox / "d.csv", (1_700_000_000, 1_700_000_000))
    found = seen(inbox)
    assert names(found) == [
        ("civil_affairs", "a.xlsx"),
        ("civil_affairs", "b.csv"),
        (None, "d.csv"),
        ("health", "2024/三月/签约.csv"),
        (None, "别处/c.csv"),
    ]
    assert [each.sha256 for each in found] == [hashlib.sha256(x).hexdigest() for x in (b"", b"b", b"d", b"a", b"c")]
    assert found[2].modified_at == datetime.fromtimestamp(1_700_000_000)
    assert found == seen(inbox)


def test_answers_hidden_locked_and_unfinished_files_are_passed_over(inbox):
    for name in (".DS_Store", "~$名册.xlsx", "a.csv.part", "b.TMP", "c.crdownload", "Thumbs.db"):
        (inbox / "health" / name).write_text("x")
    (inbox / "answers" / "back.xlsx").write_text("x")
    (inbox / ".trash").mkdir()
    (inbox / ".trash" / "a.csv").write_text("x")
    (inbox / "health" / "answers").mkdir()
    (inbox / "health" / "answers" / "ok.csv").write_text("x")
    assert names(seen(inbox)) == [("health", "answers/ok.csv")]


def test_a_file_name_that_is_no_utf_8_on_disk_can_be_shown(inbox):
    (inbox / "health" / os.fsdecode("名册.csv".encode("gb18030"))).write_text("a")
    (found,) = seen(inbox)
    assert found.source_file == "名册.csv"
    assert found.path.read_text() == "a"


def test_links_out_of_the_inbox_are_not_followed(inbox):
    outside = inbox.parent / "outside"
    outside.mkdir()
    (outside / "a.csv").write_text("geheim")
    (inbox / "health" / "file.csv").symlink_to(outside / "a.csv")
    (inbox / "health" / "folder").symlink_to(outside)
    (inbox / "health" / "ring").symlink_to(inbox / "health" / "ring")
    (inbox / "health" / "gone.csv").symlink_to(inbox / "nowhere")
    (inbox / "health" / "again").symlink_to(inbox / "civil_affairs")
    (inbox / "civil_affairs" / "b.csv").write_text("b")
    found = seen(inbox)
    assert set(reasons(found)) == {"file.csv", "folder", "ring", "gone.csv"}
    assert [each.source_file for each in found if isinstance(each, Delivered)] == ["b.csv"]
    assert "链接" in reasons(found)["folder"]


def test_a_pipe_does_not_hold_the_run_up(inbox):
    os.mkfifo(inbox / "health" / "pipe.csv")
    assert "不是普通文件" in reasons(seen(inbox))["pipe.csv"]


def test_a_file_still_being_written_waits_for_the_next_run(inbox, monkeypatch):
    (inbox / "health" / "a.csv").write_text("x")

    def growing(path):
        path.write_text("xx")
        return "0" * 64

    monkeypatch.setattr(inboxes, "_sha256", growing)
    assert "正在写入" in reasons(seen(inbox))["a.csv"]


def test_the_inbox_is_left_as_it_was_and_the_spill_is_private(inbox):
    (inbox / "health" / "a.zip").write_bytes(zip_bytes({"a.csv": "x", "../b": "y"}))
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in inbox.rglob("*")}
    seen(inbox)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in inbox.rglob("*")} == before
    kept = list((inbox.parent / "spill").rglob("*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
    assert sum(path.is_file() for path in kept) == 1

"""A folder's files: whole, settled, once; nothing at the source changes."""

import os

import pytest

NAME = "结算_202605.csv"


def test_a_new_file_comes_whole_with_its_time_and_only_once(desk):
    desk.declare(x=desk.folder())
    desk.send(f"五月/{NAME}", b"one", modified=1_700_000_000.5)
    before = sorted((path, path.stat().st_mtime_ns) for path in desk.remote.rglob("*"))
    assert desk.pull()["x"].fetched == 1
    (path,) = (desk.home.inbox / "health" / "pulled" / "x").rglob("*.csv")
    assert desk.inbox() == {f"五月/{NAME}": b"one"}
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_mtime == 1_700_000_000.5
    again = desk.pull()["x"]
    assert (again.fetched, again.unchanged) == (0, 1)
    assert desk.inbox() == {f"五月/{NAME}": b"one"}
    assert sorted((path, path.stat().st_mtime_ns) for path in desk.remote.rglob("*")) == before
    assert desk.seen_by_intake() == [f"pulled/x/五月/{NAME}"]


def test_a_source_of_one_table_says_so_in_the_path(desk):
    told = desk.folder(table="medical_settlements")
    del told["department"]
    desk.declare(x=told)
    desk.send("a.csv", b"one")
    desk.pull()
    (seen,) = desk.seen_by_intake()
    assert seen.startswith("pulled/") and seen.endswith("_x/a.csv")
    assert (desk.home.inbox / "health" / seen).is_file()


def test_a_file_that_grows_between_two_looks_is_left_until_it_settles(desk):
    desk.declare(x=desk.folder(settle_seconds=20))
    path = desk.send(NAME, b"half")

    def upload_goes_on(seconds):
        assert 0 < seconds <= 20
        path.write_bytes(b"half and the rest")

    found = desk.pull(sleep=upload_goes_on)["x"]
    assert (found.fetched, found.waiting, found.fault) == (0, 1, None)
    assert desk.inbox() == {}
    assert desk.pull()["x"].fetched == 1
    assert desk.inbox() == {NAME: b"half and the rest"}


def test_one_wait_serves_all_sources(desk):
    desk.declare(x=desk.folder(settle_seconds=20), y=desk.folder(settle_seconds=20))
    desk.send(NAME, b"one")
    clock = []
    desk.pull(sleep=clock.append)
    assert len(clock) == 2  # a test's sleep takes no time, so the second source still has all of its wait to go
    desk.pull(sleep=clock.append)
    assert len(clock) == 2  # nothing new, nothing to wait for


def test_a_file_that_goes_between_two_looks_leaves_nothing(desk):
    desk.declare(x=desk.folder())
    path = desk.send(NAME, b"one")
    found = desk.pull(sleep=lambda seconds: path.unlink())["x"]
    assert (found.fetched, found.waiting, found.fault) == (0, 1, None)
    assert desk.inbox() == {}


@pytest.mark.parametrize(
    ("marker", "name"), [("{name}.done", f"{NAME}.done"), ("{stem}.ok", "结算_202605.ok"), ("全部完成", "全部完成")]
)
def test_with_a_marker_a_file_comes_when_its_marker_is_there(desk, marker, name):
    desk.declare(x=desk.folder(marker=marker))
    desk.send(NAME, b"one", modified=1000)
    desk.send("别处/" + name, b"", modified=2000)
    assert desk.pull()["x"].waiting == 1
    desk.send(name, b"", modified=1000)
    assert desk.pull()["x"].fetched == 1
    assert desk.inbox() == {NAME: b"one"}
    assert desk.slept == []


def test_a_marker_of_the_last_edition_does_not_speak_for_the_next(desk):
    desk.declare(x=desk.folder(marker="{name}.done"))
    desk.send(f"{NAME}.done", b"", modified=1000)
    desk.send(NAME, b"second edition, half", modified=1001)
    assert desk.pull()["x"].waiting == 1
    desk.send(f"{NAME}.done", b"", modified=1002)
    assert desk.pull()["x"].fetched == 1


def test_another_content_under_the_same_name_lies_beside_the_first(desk):
    desk.declare(x=desk.folder())
    for number, content in enumerate([b"one", b"two", b"three"]):
        desk.send(NAME, content, modified=1_780_000_000 + number / 4)
        assert desk.pull()["x"].fetched == 1
    found = desk.inbox()
    assert sorted(found.values()) == [b"one", b"three", b"two"]
    assert found[NAME] == b"one"
    assert all(name.startswith("结算_202605_") and name.endswith(".csv") for name in found if name != NAME)


def test_a_file_only_touched_is_not_doubled_even_when_the_inbox_was_cleared(desk):
    desk.declare(x=desk.folder())
    desk.send(NAME, b"one", modified=1000)
    desk.pull()
    desk.send(NAME, b"one", modified=2000)
    assert desk.pull()["x"].unchanged == 1
    assert desk.inbox() == {NAME: b"one"}
    (desk.home.inbox / "health" / "pulled" / "x" / NAME).unlink()
    desk.send(NAME, b"one", modified=3000)
    assert desk.pull()["x"].unchanged == 1
    assert desk.inbox() == {}


def test_without_its_memory_nothing_is_doubled_either(desk):
    desk.declare(x=desk.folder())
    desk.send(NAME, b"one", modified=1000)
    desk.pull()
    desk.send(NAME, b"two", modified=2000)
    desk.pull()
    before = desk.inbox()
    (desk.home.warehouse / "pulling.sqlite").unlink()
    assert desk.pull()["x"].fetched == 0
    assert desk.inbox() == before


def test_links_and_unfinished_files_are_not_taken(desk):
    desk.declare(x=desk.folder())
    (desk.remote / "link.csv").symlink_to("/etc/hostname")
    (desk.remote / "round").symlink_to(desk.remote)
    for name in ("~$a.xlsx", "b.csv.part", ".hidden", "c.tmp"):
        desk.send(name, b"no")
    desk.send("good.csv", b"yes")
    found = desk.pull()["x"]
    assert (found.fetched, found.odd) == (1, 2)
    assert desk.inbox() == {"good.csv": b"yes"}


def test_only_what_is_included_is_taken(desk):
    desk.declare(x=desk.folder(include=["*.csv", "月报/*"]))
    for name in ("a.csv", "b.txt", "月报/c.xlsx", "下/d.csv"):
        desk.send(name, name.encode())
    desk.pull()
    assert sorted(desk.inbox()) == ["a.csv", "下/d.csv", "月报/c.xlsx"]


def test_a_name_in_gb18030_is_read_as_people_wrote_it(desk):
    desk.declare(x=desk.folder())
    raw = os.fsencode(desk.remote) + b"/" + "名册.csv".encode("gb18030")
    with open(raw, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"one")
    desk.pull()
    assert desk.inbox() == {"名册.csv": b"one"}
    assert desk.pull()["x"].unchanged == 1

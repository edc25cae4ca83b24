"""The audit log: any altered byte, any line removed, swapped, added or cut off is found and named."""

import json
import multiprocessing
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.audit import AuditLog
from warehouse.audit_check import check

EVENTS = 6


def written(folder, events=EVENTS, who="k"):
    log = AuditLog(folder / "audit.jsonl")
    for number in range(events):
        log.append("shown", command="explain", people=[f"{who}{number}"])
    return log


@pytest.fixture
def log(tmp_path):
    return written(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    log = written(tmp_path_factory.mktemp("audit"), 3)
    return log, log.file.read_bytes()


def lines_of(log):
    return log.file.read_bytes().splitlines(keepends=True)


def named(log, *anchors):
    return [fault.line for fault in check(log, *anchors)]


def test_a_log_left_alone_is_whole_and_says_who_ran_what(log):
    assert check(log) == []
    entries = log.entries()
    assert [entry["seq"] for entry in entries] == list(range(1, EVENTS + 1))
    assert {(entry["uid"], entry["pid"], entry["command"]) for entry in entries} == {
        (os.getuid(), os.getpid(), "explain")
    }
    assert stat.S_IMODE(log.file.stat().st_mode) == 0o600


@settings(max_examples=400, deadline=None)
@given(place=st.integers(min_value=0), other=st.integers(min_value=1, max_value=255))
def test_any_altered_byte_is_found_and_its_line_named(whole, place, other):
    log, content = whole
    place %= len(content)
    changed = bytearray(content)
    changed[place] ^= other
    log.file.write_bytes(bytes(changed))
    line = content[:place].count(b"\n") + 1
    assert named(log), f"byte {place} of {len(content)}"
    assert named(log)[0] <= line + 1 and (line in named(log) or changed[place] == 10 or content[place] == 10)


@pytest.mark.parametrize("gone", range(EVENTS))
def test_a_removed_line_is_named(log, gone):
    lines = lines_of(log)
    log.file.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    assert named(log) == [gone + 1]


@pytest.mark.parametrize("first", range(EVENTS - 1))
def test_swapped_lines_are_named(log, first):
    lines = lines_of(log)
    lines[first : first + 2] = lines[first + 1], lines[first]
    log.file.write_bytes(b"".join(lines))
    assert first + 1 in named(log)


def test_a_repeated_line_is_named(log):
    lines = lines_of(log)
    log.file.write_bytes(b"".join([*lines[:3], lines[2], *lines[3:]]))
    assert 4 in named(log)


def test_a_line_written_anew_with_a_seal_of_its_own_breaks_the_chain(log, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    forged = written(other, 2, who="nobody")
    forged.append("shown", command="explain", people=["k2"])
    lines = lines_of(log)
    log.file.write_bytes(b"".join([*lines[:2], lines_of(forged)[2], *lines[3:]]))
    assert named(log) == [3, 4]


@pytest.mark.parametrize("kept", range(EVENTS))
def test_a_cut_end_is_found_even_after_more_was_written(log, kept):
    log.file.write_bytes(b"".join(lines_of(log)[:kept]))
    assert named(log) == [kept + 1]
    log.append("ran", command="nightly")
    assert named(log) == [kept + 1]


def test_a_chain_written_anew_as_a_whole_contradicts_what_the_warehouse_keeps(log, tmp_path):
    kept = log.head()
    log.file.unlink()
    log.head_file.unlink()
    forged = written(tmp_path, who="nobody")
    assert check(forged) == []
    assert named(forged, kept) == [kept.seq]


@pytest.mark.parametrize("left", [1, 40, -1])
def test_a_line_torn_by_a_kill_is_kept_aside_and_the_chain_goes_on(log, left):
    last = lines_of(log)[-1]
    before = log.file.read_bytes()
    with log.file.open("ab") as file:
        file.write(last[:left])
    assert check(log) == []
    log.append("ran", command="nightly")
    assert check(log) == []
    assert log.file.read_bytes().startswith(before)
    assert [entry["event"] for entry in log.entries()][-2:] == ["torn", "ran"]
    assert log.torn_file.read_bytes() == last[:left] + b"\n"


def test_a_run_killed_between_the_line_and_the_head_is_no_fault(log):
    head = log.head_file.read_bytes()
    log.append("ran", command="nightly")
    log.head_file.write_bytes(head)
    assert check(log) == []
    log.append("ran", command="nightly")
    assert check(log) == []
    assert [entry["event"] for entry in log.entries()][-2:] == ["ran", "ran"]


def test_a_missing_head_is_told(log):
    log.head_file.unlink()
    assert named(log) == [EVENTS]


def _many(folder, times):
    log = AuditLog(folder / "audit.jsonl")
    for _ in range(times):
        log.append("ran", command="status")


def test_runs_that_write_at_once_wait_for_one_another(tmp_path):
    runs = [multiprocessing.get_context("fork").Process(target=_many, args=(tmp_path, 20)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    log = AuditLog(tmp_path / "audit.jsonl")
    assert check(log) == []
    assert len(log.entries()) == 60


def test_text_of_any_kind_stays_one_line(tmp_path):
    log = AuditLog(tmp_path / "audit.jsonl")
    log.append("came", command="nightly", file='坏\n","seal":"\ud800"}')
    assert check(log) == []
    assert json.loads(lines_of(log)[0])["file"].startswith("坏\n")

import stat
import subprocess
import sys
import textwrap

import duckdb
import pytest

from warehouse.errors import BangfuError, HomeBusy
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.publish import copy_closed_database, partial_path, remove_partials, replace_published
from warehouse.scratch import empty_folder


def make_database(path, value):
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create or replace table t as select {value} as n")


def read(path):
    opened = f"duckdb.connect({str(path)!r}, read_only=True)"
    script = f"import duckdb; print({opened}.execute('select n from t').fetchall()[0][0])"
    return int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


def test_a_new_reader_sees_the_new_file_whole_and_an_open_one_keeps_the_old(tmp_path):
    work, published = tmp_path / "work.duckdb", tmp_path / "full.duckdb"
    make_database(work, 1)
    replace_published(copy_closed_database(work, published), published, mode=0o600)
    reader = duckdb.connect(str(published), read_only=True)
    make_database(work, 2)
    replace_published(copy_closed_database(work, published), published, mode=0o600)
    assert reader.execute("select n from t").fetchall() == [(1,)]
    assert read(published) == 2
    assert stat.S_IMODE(published.stat().st_mode) == 0o600


def test_a_database_that_was_not_closed_is_not_published(tmp_path):
    work = tmp_path / "work.duckdb"
    make_database(work, 1)
    (tmp_path / "work.duckdb.wal").write_bytes(b"unfinished")
    with pytest.raises(BangfuError, match="没有正常关闭"):
        copy_closed_database(work, tmp_path / "full.duckdb")


def test_what_a_killed_run_left_half_built_is_cleared(tmp_path):
    partial_path(tmp_path / "full.duckdb").write_bytes(b"half")
    (tmp_path / "analyst.duckdb.partial.wal").write_bytes(b"half")
    (tmp_path / "full.duckdb").write_bytes(b"whole")
    remove_partials(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["full.duckdb"]


def test_scratch_is_emptied_without_following_links(tmp_path):
    outside, scratch = tmp_path / "outside", tmp_path / "scratch"
    outside.mkdir(), scratch.mkdir()
    (outside / "kept").write_text("kept")
    (scratch / "link").symlink_to(outside)
    (scratch / "folder").mkdir()
    (scratch / "folder" / "rest").write_text("gone")
    empty_folder(scratch)
    assert list(scratch.iterdir()) == []
    assert (outside / "kept").exists()


def test_a_second_run_is_told_who_holds_the_home(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    holder = textwrap.dedent(f"""
        from pathlib import Path
        from warehouse.lock import exclusive
        with exclusive(Path({str(home.lock_file)!r}), command="nightly"):
            print("held", flush=True)
            input()
    """)
    process = subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    with (
        pytest.raises(HomeBusy, match=f"进程 {process.pid},命令 nightly"),
        exclusive(home.lock_file, command="monthly"),
    ):
        pass
    process.kill()
    process.wait()
    with exclusive(home.lock_file, command="monthly"):
        assert "monthly" in home.lock_file.read_text()


def test_files_of_a_home_are_for_their_owner(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.root.iterdir()}
    assert modes == {"inbox": 0o700, "archive": 0o700, "outbox": 0o700, "logs": 0o700, "warehouse": 0o750}

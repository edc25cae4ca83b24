"""Databases of a home with a key: used as before, readable to nobody else."""

import duckdb
import pytest

from warehouse.connection import attach, connect, is_encrypted
from warehouse.encryption.keyring import use_key_file
from warehouse.encryption.keys import read_key, write_new_key
from warehouse.encryption.staging import commit_rotation, finish_rotation, staged
from warehouse.errors import BangfuError

NAME = "王小明"


@pytest.fixture
def folder(tmp_path):
    """The warehouse of a home with a key."""
    write_new_key(tmp_path / "key")
    (tmp_path / "home" / "warehouse").mkdir(parents=True)
    use_key_file(tmp_path / "home", tmp_path / "key")
    return tmp_path / "home" / "warehouse"


def fill(path, rows=1000):
    with connect(path) as connection:
        connection.execute("create schema mart")
        connection.execute("create table mart.person as select ? || range as name from range(?)", [NAME, rows])
        connection.execute("create view mart.shown as from mart.person")
    return path


def test_names_without_a_catalog_mean_the_file(folder):
    path = fill(folder / "work.duckdb")
    with connect(path) as connection:
        assert connection.execute("select count(*) from mart.shown").fetchall() == [(1000,)]
        connection.execute("begin")
        connection.execute("create temp table kept as from mart.person limit 3")
        connection.execute("insert into mart.person from temp.kept")
        connection.execute("rollback")
        connection.execute("insert into mart.person values ('x')")
        connection.execute("checkpoint")
        assert not path.with_name("work.duckdb.wal").exists()
    with connect(path, read_only=True) as connection:
        connection.execute("create temp table counted as select count(*) as number from mart.person")
        assert connection.execute("from counted").fetchall() == [(1001,)]
        with pytest.raises(duckdb.Error):
            connection.execute("insert into mart.person values ('y')")


def test_neither_file_nor_log_shows_a_value_and_closing_leaves_no_log(folder):
    path = folder / "work.duckdb"
    connection = connect(path)
    connection.execute("create table person as select ? as name", [NAME])
    log = path.with_name("work.duckdb.wal")
    assert log.stat().st_size > 0 and NAME.encode() not in log.read_bytes()
    connection.close()
    assert is_encrypted(path) and not log.exists()
    assert NAME.encode() not in path.read_bytes()


def spilled(path, spill):
    """What DuckDB has put into the spill folder for a table larger than its memory."""
    spill.mkdir()
    with connect(path, spill=spill, memory_limit="60MB") as connection:
        connection.execute("set threads = 1")
        unequal = "md5(range::varchar) || md5((range + 1)::varchar) || md5((range * 3)::varchar)"
        connection.execute(f"create temp table wide as select 'A320583' || {unequal} as text from range(900000)")
        return b"".join(file.read_bytes() for file in spill.iterdir())


def test_what_is_spilled_is_encrypted(folder, tmp_path):
    """A home without a key shows that the bytes looked at are the ones that matter."""
    assert b"A320583" in spilled(tmp_path / "plain.duckdb", tmp_path / "spill")
    ours = spilled(folder / "work.duckdb", folder / "spill")
    assert len(ours) > 1 << 20 and b"A320583" not in ours


def test_only_its_own_key_opens_a_file_and_the_error_says_why(folder, tmp_path):
    path = fill(folder / "work.duckdb")
    write_new_key(tmp_path / "other")
    use_key_file(tmp_path / "home", tmp_path / "other")
    with pytest.raises(BangfuError, match="密钥不对"):
        connect(path, read_only=True)
    use_key_file(tmp_path / "home", None)
    with pytest.raises(BangfuError, match="没有给出密钥"):
        connect(path)


def test_a_home_that_is_not_encrypted_yet_is_told_how_to(folder, tmp_path):
    use_key_file(tmp_path / "home", None)
    path = fill(folder / "work.duckdb")
    use_key_file(tmp_path / "home", tmp_path / "key")
    with pytest.raises(BangfuError, match="bangfu key rotate"):
        connect(path)


def test_the_analysts_key_opens_their_file_alone(folder, tmp_path):
    with connect(fill(folder / "work.duckdb")) as connection:
        attach(connection, folder / "analyst.duckdb.partial", name="analyst")
        connection.execute("create table analyst.main.counted as select count(*) as number from mart.person")
    secret = read_key(tmp_path / "key").analysts
    with duckdb.connect() as analyst:  # as analysts do: no extension, no program of ours
        partial = folder / "analyst.duckdb.partial"
        analyst.execute(f"attach '{partial}' as published (encryption_key '{secret}', read_only)")
        assert analyst.execute("from published.counted").fetchall() == [(1000,)]
        with pytest.raises(duckdb.Error):
            analyst.execute(f"attach '{folder / 'work.duckdb'}' as work (encryption_key '{secret}', read_only)")


def test_extensions_must_be_signed(folder):
    with connect(folder / "work.duckdb") as connection:
        allowed = "select value from duckdb_settings() where name = 'allow_unsigned_extensions'"
        assert connection.execute(allowed).fetchall() == [("false",)]


def stage(root, names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("old")
        staged(root, root / name).write_text("new")


def contents(root):
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


NAMES = ("archive/ab/abcd", "archive/rows/1.parquet", "warehouse/work.duckdb")


def test_new_versions_that_were_not_committed_are_thrown_away(tmp_path):
    stage(tmp_path, NAMES)
    finish_rotation(tmp_path)
    assert contents(tmp_path) == dict.fromkeys(NAMES, "old")


@pytest.mark.parametrize("moved", range(len(NAMES) + 1))
def test_new_versions_that_were_committed_come_into_place_however_often_that_is_cut_short(tmp_path, moved):
    stage(tmp_path, NAMES)
    commit_rotation(tmp_path)
    for name in NAMES[:moved]:
        staged(tmp_path, tmp_path / name).replace(tmp_path / name)
    finish_rotation(tmp_path)
    assert contents(tmp_path) == dict.fromkeys(NAMES, "new")

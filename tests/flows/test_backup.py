"""A back-up brings the same home back, or says which file is not what it was."""

import hashlib
import subprocess
import sys

import pytest

from flows.backup_store import snapshots
from flows.cli import main
from flows.settings import PROJECT
from tests.flows.kept_home import AS_OF, copied, locked_installation, tables, without_key
from warehouse.connection import connect
from warehouse.encryption.keyring import use_key_file
from warehouse.encryption.keys import read_key
from warehouse.lock import exclusive

pytestmark = pytest.mark.slow
WORDS = "passwords/health.txt"


@pytest.fixture(scope="module")
def locked(tmp_path_factory, worker_id):
    return locked_installation(tmp_path_factory, worker_id)


@pytest.fixture
def kept(locked, tmp_path, monkeypatch):
    """A home with a password, settings and a back-up of its own."""
    home = copied(locked, tmp_path)
    monkeypatch.setenv("BANGFU_KEY_FILE", str(home.key_file))
    with_password(home)
    assert back_up(home) == 0
    return home


def with_password(home):
    (home.home.root / "passwords").mkdir(mode=0o700)
    (home.home.root / WORDS).write_text("geheimes-wort")
    (home.home.root / WORDS).chmod(0o600)
    (home.home.root / "environment").write_text("SFTP_PASSWORD=geheimes-wort")
    (home.home.root / "environment").chmod(0o600)
    (home.home.root / "protected.toml").write_text('people = ["P1"]')
    (home.home.root / "protected.toml").chmod(0o600)


def back_up(home, *options):
    return main(["backup", "--to", str(home.backups), "--home", str(home.home.root), "--quiet", *options])


def bring_back(home, root, *options):
    return main(["restore", "--from", str(home.backups), "--home", str(root), "--quiet", *options])


def hashes(root):
    """Every file of a home but what is not backed up and what each command writes into the log."""
    return {
        path.relative_to(root).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mode & 0o777)
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] not in ("inbox", "logs") and path.suffix != ".lock"
    }


def objects(home):
    return set(home.backups.glob("*/objects/*/*"))


def test_a_restored_home_has_the_same_hashes_and_the_next_night_says_nothing_new(kept, tmp_path):
    other = tmp_path / "restored"
    other.mkdir()
    assert bring_back(kept, other) == 0
    assert hashes(other) == hashes(kept.home.root)
    assert WORDS in hashes(other)
    kept.home = type(kept.home)(other)
    kept.environment["BANGFU_HOME"] = str(other)
    before = tables(kept.home.full_database)
    assert "没有新内容" in kept.run("nightly", "--as-of", AS_OF)
    assert tables(kept.home.full_database) == before
    assert "都好" in kept.run("key", "check")


def test_with_a_key_a_backup_shows_neither_contents_nor_names(kept):
    for file in kept.backups.rglob("*"):
        assert "passwords" not in str(file) and "protected" not in str(file)
        content = file.read_bytes() if file.is_file() else b""
        assert b"geheimes-wort" not in content and b"passwords" not in content and b"P1" not in content[:200]
    assert hashlib.sha256(b"geheimes-wort").hexdigest() not in {file.name for file in objects(kept)}
    assert read_key(kept.key_file).secret.hex() not in str([file.read_bytes() for file in objects(kept)])


def test_one_altered_byte_is_refused_by_the_files_name_and_nothing_is_written(kept, tmp_path, capsys):
    stored = max(objects(kept), key=lambda file: file.stat().st_size)
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert bring_back(kept, tmp_path / "restored") == 1
    assert ".duckdb" in capsys.readouterr().err
    assert bring_back(kept, tmp_path / "unused", "--check") == 1
    assert not (tmp_path / "restored").exists() and not (tmp_path / "unused").exists()
    stored.unlink()
    assert bring_back(kept, tmp_path / "restored") == 1
    stored.write_bytes(whole)
    assert bring_back(kept, tmp_path / "unused", "--check") == 0
    assert not (tmp_path / "unused").exists()


def test_an_altered_list_is_refused(kept, tmp_path, capsys):
    (snapshot,) = snapshots(kept.backups)
    content = bytearray(snapshot.file.read_bytes())
    content[len(content) // 2] ^= 1
    snapshot.file.write_bytes(content)
    assert bring_back(kept, tmp_path / "restored") == 1
    assert snapshot.taken_at in capsys.readouterr().err


def test_only_what_is_new_is_copied_and_old_backups_go(kept, tmp_path, capsys):
    before = objects(kept)
    (kept.home.root / "protected.toml").write_text('people = ["P1", "P2"]')
    assert back_up(kept) == 0
    second = objects(kept)
    assert 1 <= len(second - before) <= 4  # the list of protected people, and the logs this command wrote
    (kept.home.root / "protected.toml").write_text("people = []")
    assert back_up(kept, "--keep", "2") == 0
    assert "已删去 1 份" in capsys.readouterr().out
    assert len(snapshots(kept.backups)) == 2
    assert bring_back(kept, tmp_path / "older", "--snapshot", snapshots(kept.backups)[0].taken_at) == 0
    assert "P2" in (tmp_path / "older" / "protected.toml").read_text()
    assert bring_back(kept, tmp_path / "newest") == 0
    assert (tmp_path / "newest" / "protected.toml").read_text() == "people = []"


def test_a_backup_under_an_earlier_key_opens_with_that_key_and_goes_when_it_is_old(kept, tmp_path, monkeypatch, capsys):
    assert main(["key", "new", str(tmp_path / "new"), "--quiet", "--home", str(kept.home.root)]) == 0
    assert main(["key", "rotate", "--to", str(tmp_path / "new"), "--quiet", "--home", str(kept.home.root)]) == 0
    monkeypatch.setenv("BANGFU_KEY_FILE", str(tmp_path / "new"))
    assert bring_back(kept, tmp_path / "a") == 1
    assert read_key(kept.key_file).name in capsys.readouterr().err
    monkeypatch.setenv("BANGFU_KEY_FILE", str(kept.key_file))
    assert bring_back(kept, tmp_path / "a") == 0
    monkeypatch.setenv("BANGFU_KEY_FILE", str(tmp_path / "new"))
    assert back_up(kept, "--keep", "1") == 0
    assert [folder.name for folder in kept.backups.iterdir()] == [read_key(tmp_path / "new").name]
    assert bring_back(kept, tmp_path / "b") == 0


def test_encrypted_back_ups_beside_plain_ones_and_back_again(locked, tmp_path, monkeypatch):
    home = without_key(locked, tmp_path)
    monkeypatch.delenv("BANGFU_KEY_FILE", raising=False)
    assert back_up(home) == 0
    assert main(["key", "rotate", "--to", str(home.key_file), "--quiet", "--home", str(home.home.root)]) == 0
    monkeypatch.setenv("BANGFU_KEY_FILE", str(home.key_file))
    assert back_up(home) == 0
    plain, encrypted = snapshots(home.backups)
    assert (plain.key, encrypted.key) == ("plain", read_key(home.key_file).name)
    assert bring_back(home, tmp_path / "unused", "--check", "--snapshot", plain.taken_at) == 0
    assert back_up(home, "--keep", "1") == 0
    assert [folder.name for folder in home.backups.iterdir()] == [encrypted.key]


def test_without_a_key_passwords_stay_out_and_everything_else_comes_back(locked, tmp_path, monkeypatch, capsys):
    home = without_key(locked, tmp_path)
    monkeypatch.delenv("BANGFU_KEY_FILE", raising=False)
    with_password(home)
    assert back_up(home) == 0
    said = capsys.readouterr().out
    assert WORDS in said and "environment" in said
    assert b"geheimes-wort" not in b"".join(file.read_bytes() for file in objects(home))
    assert bring_back(home, tmp_path / "restored") == 0
    expected = hashes(home.home.root)
    del expected[WORDS], expected["environment"]
    assert hashes(tmp_path / "restored") == expected


def test_a_backup_waits_for_whoever_works_on_the_home(kept, capsys):
    for lock in ("run.lock", "pulling.lock", "delivery.lock"):
        with exclusive(kept.home.warehouse / lock, command="test"):
            assert back_up(kept) == 1
        assert "另一个运行" in capsys.readouterr().err
    assert len(snapshots(kept.backups)) == 1


def test_places_that_would_do_harm_are_refused(kept, tmp_path, capsys):
    root = kept.home.root
    assert main(["backup", "--to", str(root / "backups"), "--home", str(root), "--quiet"]) == 1
    assert main(["backup", "--to", str(tmp_path / "b"), "--home", str(tmp_path / "nothing"), "--quiet"]) == 1
    assert bring_back(kept, root) == 1
    assert "不是空的" in capsys.readouterr().err
    assert main(["restore", "--from", str(tmp_path / "b"), "--home", str(tmp_path / "c"), "--quiet"]) == 1
    assert bring_back(kept, tmp_path / "c", "--snapshot", "20010101-000000-000000") == 1
    assert not (tmp_path / "c").exists()


def test_a_restore_that_was_killed_can_be_begun_again(kept, tmp_path):
    half = tmp_path / "restored" / ".restore" / "warehouse"
    half.mkdir(parents=True)
    (half / "work.duckdb").write_bytes(b"half")
    assert bring_back(kept, tmp_path / "restored") == 0
    assert hashes(tmp_path / "restored") == hashes(kept.home.root)


def test_a_log_that_a_killed_run_left_is_in_the_backup(kept, tmp_path):
    """A database copied without its log would lack the last deliveries."""
    script = (
        "import os; from pathlib import Path; from warehouse.connection import connect;"
        "from warehouse.encryption.keyring import use_key_file;"
        f"use_key_file(Path({str(kept.home.root)!r}), Path({str(kept.key_file)!r}));"
        f"connection = connect(Path({str(kept.home.work_database)!r}));"
        "connection.execute('create table main.late as select 1 as number'); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False).returncode == -9
    assert kept.home.work_database.with_name("work.duckdb.wal").exists()
    assert back_up(kept) == 0
    assert bring_back(kept, tmp_path / "restored") == 0
    assert not (tmp_path / "restored" / "warehouse" / "work.duckdb.wal").exists()
    use_key_file(tmp_path / "restored", kept.key_file)
    with connect(tmp_path / "restored" / "warehouse" / "work.duckdb", read_only=True) as connection:
        assert connection.execute("from main.late").fetchall() == [(1,)]

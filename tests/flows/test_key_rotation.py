"""A new key for everything: afterwards the old one opens nothing, and nothing else has changed."""

import hashlib
import subprocess
import sys

import duckdb
import pytest

from flows.cli import main
from flows.key_rotation import private_files
from flows.settings import PROJECT
from tests.flows.kept_home import AS_OF, copied, locked_installation, tables, without_key
from warehouse.connection import connect
from warehouse.encryption.keys import read_key, write_new_key
from warehouse.encryption.private_files import open_with
from warehouse.errors import BangfuError

pytestmark = pytest.mark.slow
HISTORY = "select * from findings.history"  # in the order written: the last state of a finding counts


@pytest.fixture(scope="module")
def locked(tmp_path_factory, worker_id):
    return locked_installation(tmp_path_factory, worker_id)


@pytest.fixture
def changed(locked, tmp_path):
    """A home of its own and a new key beside it."""
    write_new_key(tmp_path / "new")
    return copied(locked, tmp_path)


def contents(installation):
    """What a home says and keeps, whatever its key."""
    home = installation.home
    with connect(home.work_database, read_only=True) as connection:
        history = connection.execute(HISTORY).fetchall()
    hashes = {}
    for file in private_files(home):
        with open_with(file, read_key(installation.key_file)) as content:
            hashes[file.name] = hashlib.file_digest(content, "sha256").hexdigest()
    return history, tables(home.full_database), tables(home.analyst_database), hashes


def opened_with(installation, key_file):
    """The files of a home that a key opens."""
    installation.use(key_file)
    opened = set()
    for database in installation.home.warehouse.glob("*.duckdb"):
        try:
            connect(database, read_only=True).close()
            opened.add(database.name)
        except BangfuError:
            pass
    for file in private_files(installation.home):
        try:
            with open_with(file, read_key(key_file)) as content:
                content.read()
            opened.add(file.name)
        except BangfuError:
            pass
    return opened


def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything(changed, tmp_path):
    before = contents(changed)
    every = {path.name for path in changed.home.warehouse.glob("*.duckdb")} | set(before[3])
    assert "full.duckdb" in every and len(every) > 5

    said = changed.run("key", "rotate", "--to", str(tmp_path / "new"))
    assert read_key(tmp_path / "new").name in said

    assert opened_with(changed, changed.key_file) == set()
    assert opened_with(changed, tmp_path / "new") == every
    changed.key_file = tmp_path / "new"
    assert contents(changed) == before
    assert "没有新内容" in changed.run("nightly", "--as-of", AS_OF)
    assert "都好" in changed.run("key", "check")
    assert "已经是" in changed.run("key", "rotate", "--to", str(tmp_path / "new"))
    changed.use(tmp_path / "key")
    assert "密钥不对" in changed.run("nightly", "--as-of", AS_OF, status=1)


def test_a_home_without_a_key_is_encrypted_whole(locked, tmp_path):
    before = contents(locked)
    home = without_key(locked, tmp_path)
    assert home.found() != set()
    home.use(home.key_file)
    assert "bangfu key rotate" in home.run("nightly", "--as-of", AS_OF, status=1)
    home.run("key", "rotate", "--to", str(home.key_file))
    assert home.found() == set()
    assert contents(home) == before
    home.use(None)
    assert "没有给出密钥" in home.run("nightly", "--as-of", AS_OF, status=1)


KILLED = """
import os, signal, sys
from pathlib import Path
from flows import key_rotation
from flows.settings import read_settings

def killed_after(calls, function):
    def run(*arguments):
        nonlocal calls
        calls -= 1
        if calls < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    return run

module, name, calls = sys.argv[1:4]
target = Path if module == "Path" else key_rotation
setattr(target, name, killed_after(int(calls), getattr(target, name)))
key_rotation.rotate(read_settings(), Path(sys.argv[4]))
"""


@pytest.mark.parametrize(
    ("module", "function", "calls", "is_new"), [("key_rotation", "copy_with", 2, False), ("Path", "replace", 2, True)]
)
def test_a_rotation_that_is_killed_ends_all_old_or_all_new(changed, tmp_path, module, function, calls, is_new):
    before = contents(changed)
    command = [sys.executable, "-c", KILLED, module, function, str(calls), str(tmp_path / "new")]
    assert subprocess.run(command, cwd=PROJECT, env=changed.environment, check=False).returncode == -9

    right, wrong = (tmp_path / "new", changed.key_file) if is_new else (changed.key_file, tmp_path / "new")
    changed.use(right)
    assert "没有新内容" in changed.run("nightly", "--as-of", AS_OF)
    assert opened_with(changed, wrong) == set()
    changed.use(right)
    changed.key_file = right
    assert contents(changed) == before
    assert not list(changed.home.root.rglob(".rotation"))


def test_a_check_names_what_was_altered_and_what_others_can_read(changed, monkeypatch, capsys):
    monkeypatch.setenv("BANGFU_KEY_FILE", str(changed.key_file))
    archived = next(file for file in private_files(changed.home) if file.parent.name == file.name[:2])
    content = bytearray(archived.read_bytes())
    content[-1] ^= 1
    archived.write_bytes(content)
    database = changed.home.full_database
    content = bytearray(database.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 200_000] = bytes(200_000)  # somewhere in it a block that is read
    database.write_bytes(content)
    (changed.home.root / "protected.csv").write_text("P1")
    (changed.home.root / "protected.csv").chmod(0o644)
    assert main(["key", "check", "--home", str(changed.home.root), "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "3 处不对" in said and archived.name in said and "full.duckdb" in said and "protected.csv" in said


def test_the_commands_make_keys_and_show_one_archived_file(changed, tmp_path, monkeypatch, capsys):
    home = ["--home", str(changed.home.root), "--quiet"]
    assert main(["key", "new", str(tmp_path / "another"), *home]) == 0
    assert main(["key", "new", str(tmp_path / "another"), *home]) == 1
    assert main(["key", "new", str(changed.home.root / "inside"), *home]) == 1
    monkeypatch.setenv("BANGFU_KEY_FILE", str(changed.key_file))
    assert main(["key", "analyst", "--to", str(tmp_path / "analyst"), *home]) == 0
    with duckdb.connect() as analyst:  # as analysts do
        secret = (tmp_path / "analyst").read_text().strip()
        analyst.execute(f"attach '{changed.home.analyst_database}' as bangfu (encryption_key '{secret}', read_only)")
        analyst.execute("use bangfu")
        ((documented,),) = analyst.execute("select count(*) from mart.docs where table_name = 'person'").fetchall()
        assert documented > 0
    archived = next(file for file in private_files(changed.home) if file.parent.name == file.name[:2])
    assert main(["key", "open", str(archived), "--to", str(tmp_path / "shown"), *home]) == 0
    assert hashlib.sha256((tmp_path / "shown").read_bytes()).hexdigest() == archived.name
    assert main(["key", "open", str(archived), "--to", str(tmp_path / "shown"), *home]) == 1
    assert "不覆盖" in capsys.readouterr().err


def test_a_rotation_that_wrote_something_else_changes_nothing(changed, tmp_path, monkeypatch, capsys):
    """A disk that loses a row or a byte must not be trusted with the only copy."""
    monkeypatch.setenv("BANGFU_KEY_FILE", str(changed.key_file))
    command = ["key", "rotate", "--to", str(tmp_path / "new"), "--home", str(changed.home.root), "--quiet"]
    for fault, where in (("read_through", "analyst.duckdb"), ("content_hash", "")):
        answers = iter(range(10**6))
        with monkeypatch.context() as faulty:
            faulty.setattr(f"flows.key_rotation.{fault}", lambda *asked, answers=answers: next(answers))
            assert main(command) == 1
        said = capsys.readouterr().err
        assert "不一致" in said and where in said
        assert opened_with(changed, tmp_path / "new") == set()
        assert not list(changed.home.root.rglob(".rotation"))
    assert main(command) == 0


def test_a_rotation_without_room_changes_nothing(changed, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BANGFU_KEY_FILE", str(changed.key_file))
    monkeypatch.setattr("flows.key_rotation.ROOM_TO_SPARE", 1e12)
    command = ["key", "rotate", "--to", str(tmp_path / "new"), "--home", str(changed.home.root), "--quiet"]
    assert main(command) == 1
    assert "磁盘空间不够" in capsys.readouterr().err
    assert opened_with(changed, tmp_path / "new") == set()

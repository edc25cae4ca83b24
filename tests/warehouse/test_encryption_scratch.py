"""What must lie unpacked while a run works: in its own folder, for nobody else, gone afterwards."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from flows.settings import read_settings
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.scratch import FORGOTTEN_AFTER, private_run


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home", tmp_path / "memory")
    made.prepare()
    return made


def test_libraries_put_their_files_into_the_scratch_folder_and_nothing_stays(home):
    before, umask = tempfile.gettempdir(), os.umask(0o022)
    with pytest.raises(ValueError, match="a run that fails"), private_run(home):
        descriptor, made = tempfile.mkstemp()
        os.close(descriptor)
        assert Path(made).is_relative_to(home.scratch)
        (home.scratch / "unpacked").write_text("x")
        assert (home.scratch / "unpacked").stat().st_mode & 0o777 == 0o600
        raise ValueError("a run that fails")
    assert not home.scratch.exists()
    assert (tempfile.gettempdir(), os.umask(umask)) == (before, 0o022)


def test_what_an_earlier_run_left_goes_before_the_next_begins(home):
    for folder in (home.spill, home.scratch):
        (folder / "reader-1").mkdir(parents=True)
        (folder / "reader-1" / "sheet.arrow").write_text("x")
    home.scratch.chmod(0o700)
    with private_run(home):
        assert [*home.spill.iterdir(), *home.scratch.iterdir()] == []


def test_a_readers_spill_goes_when_no_reader_can_be_left(home):
    now = time.time()
    for name, age in (("old", FORGOTTEN_AFTER + 60), ("new", 60)):
        folder = home.warehouse / f"{name}.duckdb.tmp"
        folder.mkdir()
        os.utime(folder, (now - age, now - age))
    with private_run(home):
        assert [folder.name for folder in home.warehouse.glob("*.tmp")] == ["new.duckdb.tmp"]


def test_a_scratch_folder_that_others_can_enter_is_refused(home, tmp_path):
    home.scratch.mkdir()
    home.scratch.chmod(0o755)
    with pytest.raises(BangfuError, match="BANGFU_SCRATCH"), private_run(home):
        pass
    home.scratch.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    home.scratch.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BangfuError, match="BANGFU_SCRATCH"), private_run(home):
        pass


def test_a_home_has_a_part_of_its_own_in_the_folder_that_is_set(tmp_path, monkeypatch):
    monkeypatch.setenv("BANGFU_SCRATCH", str(tmp_path))
    first, second = (read_settings(tmp_path / name).home.scratch for name in ("first", "second"))
    assert first != second and first.parent == second.parent == tmp_path


def test_files_are_unpacked_in_memory_only_where_there_is_a_key_and_room(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.settings.MEMORY_DISK", tmp_path / "shm")
    monkeypatch.setattr("flows.settings.LEAST_SCRATCH", 1)
    (tmp_path / "shm").mkdir()
    monkeypatch.delenv("BANGFU_KEY_FILE", raising=False)
    settings = read_settings(tmp_path / "home")
    assert settings.home.scratch == settings.home.spill
    monkeypatch.setenv("BANGFU_KEY_FILE", str(tmp_path / "key"))
    assert read_settings(tmp_path / "home").home.scratch.parent == tmp_path / "shm"
    monkeypatch.setattr("flows.settings.LEAST_SCRATCH", 1 << 60)
    settings = read_settings(tmp_path / "home")
    assert settings.home.scratch == settings.home.spill

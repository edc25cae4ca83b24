"""With a key, nothing on the disk shows what the home holds, also while a run works and after it was killed."""

import stat

import pytest

from tests.flows.kept_home import (
    AS_OF,
    CANARIES,
    DIAGNOSIS,
    NAME,
    NUMBER,
    copied,
    found_in,
    locked_installation,
    new_installation,
    tables,
    without_key,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def locked(tmp_path_factory, worker_id):
    return locked_installation(tmp_path_factory, worker_id)


def test_the_search_finds_every_value_where_it_lies_open(locked, tmp_path):
    """Without this the tests below would prove nothing."""
    assert {value for _, value in found_in(locked.home.inbox)} == set(CANARIES)
    assert NAME in {value for _, value in found_in(locked.home.outbox)}
    found = without_key(locked, tmp_path).found()
    assert {value for _, value in found} == set(CANARIES)
    assert ("full.duckdb", NUMBER) in found and ("work.duckdb", DIAGNOSIS) in found
    assert "analyst.duckdb" not in {file for file, _ in found}


def test_nothing_lies_open_with_a_key(locked):
    assert len(tables(locked.home.full_database)["identity_link"]) > 0
    assert locked.found() == set()


def test_every_file_is_its_owners_and_the_analysts_file_its_groups(locked):
    modes = {}
    for path in (locked.home.root, *locked.home.root.rglob("*"), locked.backups, *locked.backups.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        if (mode := stat.S_IMODE(path.stat().st_mode)) != expected and not path.is_relative_to(locked.home.inbox):
            modes[path.name] = mode
    assert modes == {"home": 0o750, "warehouse": 0o750, "analyst.duckdb": 0o640}


def test_a_run_killed_over_unpacked_files_leaves_nothing_open(tmp_path):
    killed = new_installation(tmp_path)
    process = killed.start("nightly", "--as-of", AS_OF)
    for line in process.stderr:
        if "入库" in line:
            process.kill()
            break
    process.communicate()
    assert process.returncode == -9
    assert killed.found() == set()


def test_what_lay_unpacked_when_a_run_was_killed_is_gone_after_the_next_start(locked, tmp_path):
    home = copied(locked, tmp_path)
    scratch = tmp_path / "memory"
    anothers = scratch / "of-another" / "kept"
    anothers.parent.mkdir(parents=True)
    anothers.write_text(NAME)
    for place in (home.home.spill / "members" / "费用", home.home.spill / "duckdb_temp_storage-0.tmp"):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(NAME)
    home.run("nightly", "--as-of", AS_OF)
    assert list(home.home.spill.iterdir()) == []
    assert [path for path in scratch.rglob("*") if path.is_file()] == [anothers]

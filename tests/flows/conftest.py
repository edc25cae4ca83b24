"""One small sample city taken all the way, once per session, shared by the tests that look at it."""

import fcntl
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from flows.demo import demo
from flows.settings import read_settings
from warehouse.home import Home

PEOPLE, SEED = 3_000, 7


@dataclass(frozen=True)
class City:
    """A finished demo: its home, the truth beside it, and the workbooks it wrote."""

    home: Home
    truth: Path
    workbooks: list[Path]

    def query(self, statement: str, *values) -> list[tuple]:
        with duckdb.connect(str(self.home.full_database), read_only=True) as connection:
            return connection.execute(statement, list(values)).fetchall()


@pytest.fixture(scope="session")
def city(tmp_path_factory, worker_id) -> City:
    """Made by whichever test process comes first; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "city"
    done = folder / "done.json"
    folder.mkdir(exist_ok=True)
    settings = read_settings(folder / "home")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _, workbooks = demo(settings, people=PEOPLE, seed=SEED, truth=folder / "truth")
            done.write_text(json.dumps([str(path) for path in workbooks]))
    return City(settings.home, folder / "truth", [Path(path) for path in json.loads(done.read_text())])

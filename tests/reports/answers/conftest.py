"""Two months of the small city handed out once; every test gets its own desk."""

from pathlib import Path

import pytest

from tests.reports.answers.desk import Desk, made


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory) -> Path:
    return made(tmp_path_factory.mktemp("answers"))


@pytest.fixture
def desk(handed_out, tmp_path):
    desk = Desk(tmp_path, handed_out)
    yield desk
    desk.connection.close()

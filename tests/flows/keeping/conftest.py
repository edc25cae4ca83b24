"""The office is opened once; every test works in a copy of it."""

import pytest

from tests.flows.keeping.office import copy_of, open_office


@pytest.fixture(scope="session")
def opened(tmp_path_factory):
    return open_office(tmp_path_factory.mktemp("keeping"))


@pytest.fixture
def office(opened, tmp_path):
    return copy_of(opened, tmp_path)

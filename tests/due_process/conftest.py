"""The demo city, taken all the way once per session, and a private copy of its warehouse to change things in."""

import shutil

import pytest

from checks import clauses, parameters
from checks.catalogue import write_catalogue
from flows.settings import PROJECT_POLICY
from tests.due_process.second_look import SecondLook
from tests.flows.conftest import city as city  # one demo city serves both folders
from warehouse.connection import connect


@pytest.fixture(scope="session")
def look(city, tmp_path_factory) -> SecondLook:
    """A copy of the published warehouse in which the adverse rules can be judged again."""
    folder = tmp_path_factory.mktemp("second_look")
    copy = shutil.copyfile(city.home.full_database, folder / "copy.duckdb")
    catalogue = clauses.load_clauses(PROJECT_POLICY)
    adverse = [clause for clause in catalogue if clause.status == "running" and clause.kind == "adverse"]
    with connect(copy, spill=folder, memory_limit="1GB") as connection:
        connection.execute("set threads = 1")  # judged thirty times over, beside other test processes
        parameters.load_parameters(connection, PROJECT_POLICY, city.home.policy)
        write_catalogue(connection, catalogue)
        yield SecondLook(connection, adverse)


@pytest.fixture(scope="session")
def clause_sql():
    """The text of a rule by its name."""
    return lambda rule: (PROJECT_POLICY / "clauses" / rule / "rule.sql").read_text(encoding="utf-8")

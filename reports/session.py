"""One reading of the published warehouse: read-only, with the month's shared parts as temporary tables."""

import logging
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from reports.disclosure import OFFICE, TOWN, load_disclosure
from reports.tokens import IssuedRow
from warehouse.connection import connect
from warehouse.errors import BangfuError

logger = logging.getLogger(__name__)

ROOM = Path(__file__).parent
PARTS = ROOM / "parts"


@dataclass(frozen=True)
class Request:
    """What is asked for; `month` is a month's first day, `secret` the home's, for the tokens.

    `protected`: person_ids and numbers of people shown without community; `passwords`: recipient → password.
    `issued` gathers every row that gets a token while the books are written.
    """

    month: date
    issued_on: date
    due_on: date
    secret: bytes = field(repr=False)
    protected: frozenset[str] = field(default=frozenset(), repr=False)
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    issued: list[IssuedRow] = field(default_factory=list, repr=False)


def open_published(full_database: Path) -> duckdb.DuckDBPyConnection:
    """The published warehouse, read-only. Raises BangfuError when there is none."""
    if not full_database.is_file():
        raise BangfuError(
            where=full_database.name, found="还没有发布的数据", remedy="先运行 bangfu nightly,再运行 bangfu monthly"
        )
    return connect(full_database, read_only=True)


@contextmanager
def open_session(full_database: Path, request: Request) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse with the month's parts ready, for the coordinating office at first.

    Raises BangfuError when there is no published warehouse.
    """
    connection = open_published(full_database)
    try:
        for file in sorted((ROOM / "session").glob("*.sql")):
            connection.execute(file.read_text(encoding="utf-8"))
        _fill_labels(connection)
        _fill_readable_facts(connection)
        _fill_protected(connection, request.protected)
        _set_context(connection, request, OFFICE)
        _make_parts(connection, "month")
        _tell_unmatched(connection)
        _make_parts(connection, "recipient")
        yield connection
    finally:
        connection.close()


def turn_to_department(connection: duckdb.DuckDBPyConnection, request: Request, department: str) -> None:
    """Make the parts that depend on who reads."""
    _set_context(connection, request, department)
    _make_parts(connection, "recipient")
    _make_parts(connection, "department")


def turn_to_town(connection: duckdb.DuckDBPyConnection, request: Request, town: str) -> None:
    """Make the parts a town's workbook is read from."""
    _set_context(connection, request, TOWN)
    connection.execute("update temp.context set town = ?", [town])
    _make_parts(connection, "recipient")
    _make_parts(connection, "town")


def turn_to_dossiers(connection: duckdb.DuckDBPyConnection, request: Request) -> None:
    """Make the parts the dossiers are read from, as the coordinating office."""
    _set_context(connection, request, OFFICE)
    _make_parts(connection, "recipient")
    _make_parts(connection, "dossier")


def turn_to_family(connection: duckdb.DuckDBPyConnection, family_no: str) -> None:
    """Whose dossier comes next."""
    connection.execute("update temp.context set family_no = ?", [family_no])


def turn_to_rule(connection: duckdb.DuckDBPyConnection, rule: str, kind: str) -> None:
    """Which rule's sheet comes next."""
    connection.execute("update temp.context set rule = ?, kind = ?", [rule, kind])


def _set_context(connection: duckdb.DuckDBPyConnection, request: Request, department: str) -> None:
    connection.execute("delete from temp.context")
    connection.execute(
        "insert into temp.context (month, issued_on, due_on, department) values (?, ?, ?, ?)",
        [request.month, request.issued_on, request.due_on, department],
    )


def _make_parts(connection: duckdb.DuckDBPyConnection, folder: str) -> None:
    """`NN_name.sql` becomes the temporary table `name`; the numbers give the order."""
    for file in sorted((PARTS / folder).glob("*.sql")):
        name = file.stem.split("_", maxsplit=1)[1]
        connection.execute(f"create or replace temp table {name} as {file.read_text(encoding='utf-8')}")


def _fill_labels(connection: duckdb.DuckDBPyConnection) -> None:
    with (ROOM / "labels.toml").open("rb") as file:
        labels = tomllib.load(file)
    rows = [(kind, code, label) for kind, words in labels.items() for code, label in words.items()]
    connection.executemany("insert into temp.label values (?, ?, ?)", rows)


def _fill_readable_facts(connection: duckdb.DuckDBPyConnection) -> None:
    owners = connection.execute("select source_table, department from raw.contract").fetchall()
    opened = [(table, recipient) for table, recipients in load_disclosure().facts.items() for recipient in recipients]
    rows = sorted({*owners, *opened})
    connection.executemany("insert into temp.readable_fact values (?, ?)", rows)


def count_unmatched(connection: duckdb.DuckDBPyConnection, protected: frozenset[str]) -> int:
    """How many entries of the list of protected people name nobody in the published warehouse."""
    _fill_protected(connection, protected)
    match = (PARTS / "month" / "11_protected_match.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace temp table protected_match as {match}")
    return _unmatched(connection)


def _fill_protected(connection: duckdb.DuckDBPyConnection, protected: frozenset[str]) -> None:
    connection.execute("create or replace temp table protected_entry (entry varchar not null)")
    if protected:
        connection.executemany("insert into temp.protected_entry values (?)", [[entry] for entry in protected])


def _tell_unmatched(connection: duckdb.DuckDBPyConnection) -> None:
    """A protected person nobody was found for may be listed under a mistyped number: said, without the number."""
    if unmatched := _unmatched(connection):
        logger.warning("受保护人员名单中有 %d 项没有对上任何人,请核对号码", unmatched)


def _unmatched(connection: duckdb.DuckDBPyConnection) -> int:
    ((unmatched,),) = connection.execute((ROOM / "unmatched_protected.sql").read_text(encoding="utf-8")).fetchall()
    return int(unmatched)

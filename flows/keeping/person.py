"""One person as the published warehouse knows them, and where else they are found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from checks.find_person import find_people
from flows.keeping.books import pages_naming
from reports.locking import read_passwords
from warehouse.errors import BangfuError
from warehouse.home import Home

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Row:
    """A source row that is linked to the person."""

    source_table: str
    row_id: int
    department: str
    title: str
    source_file: str
    sheet: str | None
    sha256: str
    source_row: int
    received_on: Any
    certain: bool


@dataclass(frozen=True)
class Person:
    """numbers: as written and as read. tokens: of the rows of workbooks handed out about them."""

    person_id: str
    name: str
    number: str
    numbers: frozenset[str]
    tokens: frozenset[str]
    rows: tuple[Row, ...]


def the_person(connection: duckdb.DuckDBPyConnection, given: str) -> Person:
    """The one person meant. Raises BangfuError where nobody or several fit; the text given is not repeated."""
    people = find_people(connection, given)
    if len(people) > 1:
        raise BangfuError(where="人员", found=f"有 {len(people)} 个人符合", remedy="用 bangfu explain 查到人员编号再写")
    (person_id,) = people
    name, number = connection.execute(
        "select coalesce(name, ''), coalesce(id_no, '') from identity.person where person_id = ?", [person_id]
    ).fetchall()[0]
    return Person(
        person_id,
        name,
        number,
        numbers=frozenset(number for (number,) in read(connection, "held_number", person=person_id)),
        tokens=frozenset(token for token, *_ in read(connection, "held_issued", person=person_id)),
        rows=tuple(Row(*row) for row in read(connection, "held_row", person=person_id)),
    )


def books_naming(home: Home, person: Person) -> tuple[dict[Path, list[str]], list[Path]]:
    """The workbooks in the outbox that name the person, each with its tabs; and those that cannot be opened."""
    passwords = read_passwords(home.root / "passwords").values()
    words = {person.person_id, *person.numbers, *person.tokens}
    naming, closed = {}, []
    for book in sorted(home.outbox.rglob("*.xlsx")):
        try:
            tabs = pages_naming(book, passwords, words=words, name=person.name, number=person.number)
        except ValueError:
            closed.append(book)
        else:
            naming.update({book: tabs} if tabs else {})
    return naming, closed


def read(connection: duckdb.DuckDBPyConnection, select: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of one SELECT of this folder."""
    statement = (SQL / f"{select}.sql").read_text(encoding="utf-8")
    return connection.execute(statement, parameters).fetchall()

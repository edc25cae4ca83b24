"""The only door of this room: who is who, from the staged rows to `identity.*` and `linked.*`.

People are linked on distinct identities (name, numbers, sex, birth date, phone, address, family as
written), never row by row. Everything is written in the connection's current transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from matching import evidence, folding, mapping, people, weighing
from matching.statements import drop_all, make, statement

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Counts of one run; no personal data."""

    rows_new: int
    identities: int
    people: int
    certain_identities: int
    probable_identities: int
    single_identities: int
    reviews: int
    possible_pairs: int


def link(connection: duckdb.DuckDBPyConnection, *, on_progress: Progress | None = None) -> LinkReport:
    """Link every staged row to a person; neither begins nor commits a transaction.

    `on_progress` is told the name of each step before it starts.
    """

    def say(step: str) -> None:
        if on_progress:
            on_progress(step)

    say("登记身份")
    tables = mapping.staged_tables(connection)
    rows_new = mapping.map_rows(connection, tables)
    say("整理姓名和号码")
    _read(connection, tables)
    say("按号码归人")
    people.fix_judgement_keys(connection)
    evidence.load_words(connection)
    evidence.place_by_number(connection)
    say("按旁证归人")
    weighing.place_by_evidence(connection)
    evidence.join_the_rest(connection)
    say("编制人员")
    people.apply_judgements(connection)
    people.give_ids(connection)
    people.publish(connection)
    people.make_linked_views(connection, tables)
    drop_all(connection)
    return LinkReport(rows_new, *connection.execute(statement("report")).fetchall()[0])


def _read(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> None:
    folding.fold_names(connection)
    folding.read_numbers(connection)
    folding.read_certificates(connection)
    mapping.read_heads(connection, tables)
    for name in ("office", "reading", "doubtful_number", "claim"):
        make(connection, name)

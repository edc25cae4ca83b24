"""Counts of few people do not leave the coordinating office: what a page for others shows of a table of places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb

from reports.table import Table

# Yuan of a place say how many people they are for.
FOLLOWS = {"yuan": "people"}


def read_least(connection: duckdb.DuckDBPyConnection, day: date) -> int:
    """From how many on a count may be shown (policy.small_cell_limit); 0 where nothing is set."""
    statement = (
        "select coalesce(arg_max(value, valid_from), 0) as least from policy.small_cell_limit where valid_from <= ?"
    )
    ((least,),) = connection.execute(statement, [day]).fetchall()
    return int(least)


def without_small(table: Table, columns: Sequence[str], least: int) -> Table:
    """The table with marked cells, and small counts of `columns`, emptied.

    A hidden count can be worked out from the total of its column: then the next ones are hidden with it, until two at
    least are hidden and together they are no small group.
    """
    places = {heading.column: place for place, heading in enumerate(table.headings)}
    hidden = {(row, place) for row, cells in table.marked.items() for place in cells}
    for column in columns:
        if column in places and column not in FOLLOWS:
            small = _hidden([row[places[column]] for row in table.rows], least)
            followers = [place for name, place in places.items() if FOLLOWS.get(name) == column]
            hidden |= {(row, place) for row in small for place in (places[column], *followers)}
    rows = [
        tuple(None if (number, place) in hidden else value for place, value in enumerate(row))
        for number, row in enumerate(table.rows)
    ]
    return replace(table, rows=rows)


def _hidden(counts: Sequence[int | None], least: int) -> set[int]:
    known = sorted((count, row) for row, count in enumerate(counts) if count)
    if not known or known[0][0] >= least:
        return set()
    hidden: set[int] = set()
    total = 0
    for count, row in known:
        if count >= least and len(hidden) > 1 and total >= least:
            break
        hidden.add(row)
        total += count
    return hidden

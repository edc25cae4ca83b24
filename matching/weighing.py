"""Records that no number places, weighed against the people they could be: learn the weights, score, place.

A record goes to a person if that one alone is likely enough. `LIKELY` is the one threshold: a hundred to one for the
weakest link made, and far more for nearly all.
"""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from matching.compare import agreement
from matching.names import fold_name
from matching.statements import fill, load, make, statement
from matching.weights import SMALLEST_POPULATION, Seen, learn

LIKELY = 0.99
# So many people are enough to learn from; in a larger city a part is taken.
ENOUGH_PEOPLE = 40_000
# Bounds of the share of open records whose person has a number: never quite all, never nearly none.
FEWEST_KNOWN, MOST_KNOWN = 0.5, 0.95

_TEXT = pa.string()
_COMPARED_SCHEMA = pa.schema([("name_no", pa.uint64()), ("person_name_no", pa.uint64()), ("agreement", _TEXT)])
_WEIGHT_SCHEMA = pa.schema(
    [("field", _TEXT), ("level", _TEXT), ("office", pa.int64())]
    + [(share, pa.float64()) for share in ("m", "u", "home", "twin")]
)


def place_by_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """Place what is open with the one person that the evidence speaks for."""
    fill(connection, "population", [SMALLEST_POPULATION])
    for name in ("open", "forbidden"):
        make(connection, name)
    for name in ("odd_name_pair", "numbered"):
        make(connection, name)
    _meet(connection)
    _learn(connection)
    _place(connection, known_share=FEWEST_KNOWN)
    known_share = _known_share(connection)
    make(connection, "still_open")
    connection.execute("create or replace temp table matching_open as select * from matching_still_open")
    for name in ("weighed", "scored"):
        connection.execute(f"create or replace temp table matching_first_{name} as select * from matching_{name}")
    _meet(connection)
    _place(connection, known_share=known_share)
    for name in ("weighed", "scored"):
        text = statement("both_passes").format(table=name)
        connection.execute(f"create or replace temp table matching_considered_{name} as {text}")
    make(connection, "ambiguous")


def compare_names(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add how the names of each pair in matching_<table> agree to matching_compared."""
    found = connection.execute(statement("spelled_pair").format(table=table)).fetchall()
    rows = [(one, other, _agreement(spelled, person_spelled)) for one, other, spelled, person_spelled in found]
    load(connection, "newly_compared", _COMPARED_SCHEMA, rows)
    connection.execute("insert into matching_compared select * from matching_newly_compared")


def _meet(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_pair: every open record beside the people it could be, field by field."""
    load(connection, "compared", _COMPARED_SCHEMA, [])
    for name in ("wanted", "person_context", "shared", "candidate", "named_pair"):
        make(connection, name)
    compare_names(connection, "named_pair")
    make(connection, "pair")


def _learn(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_weight: the shares of every level, counted on this city's own anchors."""
    ((people,),) = connection.execute("select count(*) from matching_cluster").fetchall()
    part = min(1.0, ENOUGH_PEOPLE / max(people, 1))
    fill(connection, "same_seen", [max(1, round(100 * part))])
    fill(connection, "household_pair", [max(1, round(100 * part))])
    make(connection, "stranger_name")
    for name in ("household_pair", "stranger_name"):
        compare_names(connection, name)
    same = [*_seen(connection, "select * from matching_same_seen"), *_seen(connection, statement("label_seen"))]
    strangers = [*_seen(connection, statement("stranger_seen")), *_seen(connection, statement("stranger_name_seen"))]
    weights = learn(same, strangers, _seen(connection, statement("household_seen")))
    rows = [(one.field, one.level, one.office, one.m, one.u, one.home, one.twin) for one in weights]
    load(connection, "weight", _WEIGHT_SCHEMA, rows)


def _place(connection: duckdb.DuckDBPyConnection, *, known_share: float) -> None:
    """Score the pairs and place every record that one person is likely enough to own."""
    for name in ("person_kind", "weighed"):
        make(connection, name)
    fill(connection, "scored", [known_share])
    connection.execute(f"insert into matching_placed {statement('placed_by_weight')}", [LIKELY])


def _known_share(connection: duckdb.DuckDBPyConnection) -> float:
    """Share of the open records that the first pass has placed, kept within bounds."""
    ((found, asked),) = connection.execute(statement("known_share")).fetchall()
    return min(MOST_KNOWN, max(FEWEST_KNOWN, found / max(asked, 1)))


def _seen(connection: duckdb.DuckDBPyConnection, query: str) -> Iterable[Seen]:
    return [Seen(*row) for row in connection.execute(query).fetchall()]


def _agreement(spelled: str, person_spelled: str) -> str:
    """As compare.agreement; two spellings that fold to one are exact."""
    found = agreement(fold_name(spelled), fold_name(person_spelled))
    return "exact" if found == "folded" else found

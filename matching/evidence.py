"""The three ways a record finds its person: by number, by evidence in rounds, with other records."""

from operator import attrgetter

import duckdb
import pyarrow as pa

from matching.anchors import Support, standings
from matching.clusters import join_records
from matching.rounds import ROUNDS
from matching.statements import load, make, statement

# In the second pass a record may also meet what the first pass brought to a person, once.
PASSES = 2

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_STANDING_SCHEMA = pa.schema([("number", _TEXT), ("folded", _TEXT), ("agreement", _TEXT), ("is_clear", pa.bool_())])
_ROUND_SCHEMA = pa.schema(
    [("position", pa.int32()), ("name", _TEXT), ("because", _TEXT), ("probability", pa.float64())]
    + [(column, _TEXTS) for column in ("numbers", "names", "births", "contexts")]
    + [("bearers", pa.int32())]
)
_JOINED_SCHEMA = pa.schema([("identity_id", pa.int64()), ("cluster", _TEXT)])


def load_rounds(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_round: the table of rounds with its order."""
    parts = attrgetter(*_ROUND_SCHEMA.names[1:])
    load(connection, "round", _ROUND_SCHEMA, [(position, *parts(line)) for position, line in enumerate(ROUNDS)])


def place_by_number(connection: duckdb.DuckDBPyConnection) -> None:
    """Place every identity whose own whole number and name agree with the number's owner."""
    for name in ("context", "support", "elsewhere"):
        make(connection, name)
    several = connection.execute(statement("several_names")).fetchall()
    parts = attrgetter(*_STANDING_SCHEMA.names)
    judged = [parts(standing) for standing in standings(Support(*row) for row in several)]
    load(connection, "judged", _STANDING_SCHEMA, judged)
    for name in ("standing", "by_number", "placed", "cluster", "cluster_name", "rarity"):
        make(connection, name)


def place_by_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """Place what is open with the one person that the rounds find for it."""
    for name in ("open", "name_pair", "pair"):
        make(connection, name)
    for _ in range(PASSES):
        make(connection, "shared")
        make(connection, "best_round")
        connection.execute(f"insert into matching_placed {statement('placed_by_round')}")
    make(connection, "ambiguous")


def join_the_rest(connection: duckdb.DuckDBPyConnection) -> None:
    """Join the records that are still open with one another, then give every identity a cluster."""
    records = connection.execute(statement("open_evidence")).fetchall()
    members = connection.execute(statement("group_member")).fetchall()
    rows = [(one, f"identity:{first}") for one, first in join_records(records, members)]
    load(connection, "joined", _JOINED_SCHEMA, rows)
    make(connection, "assigned")

"""The three ways a record finds its person: by number, by weighed evidence, with other records."""

from operator import attrgetter

import duckdb
import pyarrow as pa

from matching.anchors import Support, standings
from matching.clusters import join_records
from matching.methods import METHODS, NAME_CLASSES, PHRASES
from matching.statements import drop, load, make, statement

_TEXT = pa.string()
_STANDING_SCHEMA = pa.schema(
    [("number_no", pa.int64()), ("name_no", pa.uint64()), ("agreement", _TEXT), ("is_clear", pa.bool_())]
)
_ROUND_SCHEMA = pa.schema([("name", _TEXT), ("because", _TEXT), ("probability", pa.float64())])
_PHRASE_SCHEMA = pa.schema([("position", pa.int32()), ("field", _TEXT), ("level", _TEXT), ("phrase", _TEXT)])
_CLASS_SCHEMA = pa.schema([("name", _TEXT), ("position", pa.int32())])
_JOINED_SCHEMA = pa.schema([("identity_id", pa.int64()), ("cluster", pa.int64())])


def load_words(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of methods, phrases and name classes."""
    load(connection, "round", _ROUND_SCHEMA, [(one.name, one.because, one.probability) for one in METHODS])
    load(connection, "phrase", _PHRASE_SCHEMA, PHRASES)
    load(connection, "class", _CLASS_SCHEMA, [(name, position) for position, name in enumerate(NAME_CLASSES)])


def place_by_number(connection: duckdb.DuckDBPyConnection) -> None:
    """Place every identity whose own whole number and name agree with the number's owner."""
    for name in ("written_context", "tied", "context"):
        make(connection, name)
    drop(connection, "written_context", "tied")
    for name in ("alias", "number_state", "several_claim", "elsewhere"):
        make(connection, name)
    several = [Support(*row) for row in connection.execute(statement("several_names")).fetchall()]
    parts = attrgetter(*_STANDING_SCHEMA.names)
    load(connection, "standing", _STANDING_SCHEMA, [parts(standing) for standing in standings(several)])
    for name in ("owner_name", "by_number", "placed", "cluster", "cluster_name", "bearers", "sounding"):
        make(connection, name)
    drop(connection, "several_claim", "elsewhere", "owner_name", "by_number")


def join_the_rest(connection: duckdb.DuckDBPyConnection) -> None:
    """Join the records that are still open with one another, then give every identity a cluster."""
    records = connection.execute(statement("open_evidence")).fetchall()
    members = connection.execute(statement("group_member")).fetchall()
    rows = [(one, -first) for one, first in join_records(records, members)]
    load(connection, "joined", _JOINED_SCHEMA, rows)
    make(connection, "assigned")

"""From clusters to people: judgements applied, stable ids given, the tables of the layer written."""

from operator import attrgetter

import duckdb
import pyarrow as pa

from matching.judgements import Judgement, Place, Places, latest
from matching.statements import load, make, statement

_PLACE_SCHEMA = pa.schema(
    [
        ("identity_id", pa.int64()),
        ("cluster", pa.int64()),
        ("round", pa.string()),
        ("is_certain", pa.bool_()),
        ("is_strong", pa.bool_()),
    ]
)
# Published table -> the SELECT it is made of, in the order in which they read one another.
PUBLISHED = {
    "link": "link",
    "person": "person",
    "number": "published_number",
    "review": "review",
    "possible_same": "possible_same",
    "comparison": "comparison",
    "weight": "weight",
}


def fix_judgement_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Give answers about a person_id a key that outlives merges: the person's number, or a record of theirs.

    Must run before ids are given anew: an answer means the people of the last published run.
    """
    ((named,),) = connection.execute(statement("named_by_id")).fetchall()
    if not named:
        return
    make(connection, "stable_key")
    for side in ("left_key", "right_key"):
        connection.execute(
            f"update identity.judgement set {side} = stable.stable_key "
            f"from matching_stable_key as stable where stable.person_id = judgement.{side}"
        )


def apply_judgements(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_final: the places after every answer that people have given."""
    answers = connection.execute(
        "select left_key, right_key, verdict from identity.judgement order by judged_at, left_key, right_key"
    ).fetchall()
    _name_clusters(connection, "matching_assigned")
    places = Places(Place(*row) for row in connection.execute(statement("placement")).fetchall())
    for judgement in latest(Judgement(*answer) for answer in answers):
        places.apply(judgement)
    parts = attrgetter("identity", *_PLACE_SCHEMA.names[1:])
    load(connection, "moved", _PLACE_SCHEMA, [parts(place) for place in places.changed()])
    make(connection, "final")


def give_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each cluster its person_id and remember it; write down what was created, merged or split."""
    for name in ("kept_id", "cluster_person", "history"):
        make(connection, name)
    connection.execute(f"insert into identity.person_history {statement('remember_history')}")
    connection.execute(f"create or replace table identity.person_key as {statement('person_key')}")


def publish(connection: duckdb.DuckDBPyConnection) -> None:
    """Make identity.link, person, number, review, possible_same, comparison and weight anew."""
    _name_clusters(connection, "matching_final")
    for name in ("judged_pair", "two_numbers", "doubt", "weak_pair", "department_set", "reason"):
        make(connection, name)
    for table, name in PUBLISHED.items():
        connection.execute(f"create or replace table identity.{table} as {statement(name)}")


def make_linked_views(connection: duckdb.DuckDBPyConnection, tables: dict[str, set[str]]) -> None:
    """linked.<table>: rows in force with their person, one view per staging table that holds people."""
    for table in tables:
        connection.execute(f"create or replace view linked.{table} as {statement('linked_view').format(table=table)}")


def _name_clusters(connection: duckdb.DuckDBPyConnection, places: str) -> None:
    """matching_judged_key: which cluster each key of an answer means, by these places."""
    text = statement("judged_key").format(places=places)
    connection.execute(f"create or replace temp table matching_judged_key as {text}")

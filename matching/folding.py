"""Distinct names, numbers and certificates, read in Python once each and loaded beside the identities."""

from dataclasses import fields
from operator import attrgetter

import duckdb
import pyarrow as pa

from matching.names import fold_name
from matching.numbers import Number, certificate_number, read_number
from matching.statements import load, make, statement

_TEXT = pa.string()
_NAME_SCHEMA = pa.schema([(column, _TEXT) for column in ("name", "folded", "key", "pinyin", "note", "display")])
_NUMBER_SCHEMA = pa.schema(
    [("id_no", _TEXT)]
    + [
        (field.name, {"cosmetic": pa.bool_(), "rounded": pa.float64()}.get(field.name, _TEXT))
        for field in fields(Number)
    ]
)
_CERTIFICATE_SCHEMA = pa.schema([("disability_no", _TEXT), ("number", _TEXT)])


def fold_names(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_name: every distinct written name (and NULL), folded."""
    parts = attrgetter(*_NAME_SCHEMA.names[1:])
    rows = [(written, *parts(fold_name(written))) for written in _distinct(connection, "name")]
    load(connection, "name", _NAME_SCHEMA, rows)


def read_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_number: every distinct written number; the plainly valid ones are checked in SQL."""
    make(connection, "plain_number")
    odd = connection.execute("select id_no from matching_plain_number where not is_valid order by id_no").fetchall()
    parts = attrgetter(*_NUMBER_SCHEMA.names[1:])
    load(connection, "odd_number", _NUMBER_SCHEMA, [(written, *parts(read_number(written))) for (written,) in odd])
    make(connection, "number")


def read_certificates(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_certificate: the person number inside each disability certificate number, where whole."""
    found = [(written, certificate_number(written)) for written in _distinct(connection, "disability_no")]
    load(connection, "certificate", _CERTIFICATE_SCHEMA, [row for row in found if row[1]])


def _distinct(connection: duckdb.DuckDBPyConnection, column: str) -> list[str | None]:
    found = connection.execute(statement("distinct_value").format(column=column)).fetchall()
    return [value for (value,) in found]

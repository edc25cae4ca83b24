"""Distinct names, numbers and certificates, read once each and loaded beside the identities.

Plain names and plainly valid numbers, nearly all of them, are read in SQL; Python reads the odd ones one
by one. Both give the same result (tests/matching/test_folding.py).
"""

from dataclasses import fields
from operator import attrgetter

import duckdb
import pyarrow as pa

from matching.names import NO_NAME, fold_name, simplified, sound
from matching.numbers import Number, certificate_number, read_number
from matching.statements import load, make, statement

_TEXT = pa.string()
_WORD_SCHEMA = pa.schema([("word", _TEXT)])
_CHARACTER_SCHEMA = pa.schema([("character", _TEXT), ("simplified", _TEXT), ("sound", _TEXT)])
_NAME_SCHEMA = pa.schema([(column, _TEXT) for column in ("name", "folded", "key", "pinyin", "display")])
_NUMBER_SCHEMA = pa.schema(
    [("id_no", _TEXT)]
    + [
        (field.name, {"cosmetic": pa.bool_(), "rounded": pa.float64()}.get(field.name, _TEXT))
        for field in fields(Number)
    ]
)
_CERTIFICATE_SCHEMA = pa.schema([("disability_no", _TEXT), ("number_no", pa.int64())])


def fold_names(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_name: every distinct written name, folded, with numbers that stand for its forms."""
    load(connection, "no_name", _WORD_SCHEMA, [(word,) for word in sorted(NO_NAME)])
    make(connection, "plain_name")
    characters = connection.execute(statement("character")).fetchall()
    folded = [(character, simplified(character), sound(simplified(character))) for (character,) in characters]
    load(connection, "character", _CHARACTER_SCHEMA, folded)
    odd = connection.execute(statement("odd_name")).fetchall()
    parts = attrgetter(*_NAME_SCHEMA.names[1:])
    load(connection, "odd_name", _NAME_SCHEMA, [(written, *parts(fold_name(written))) for (written,) in odd])
    make(connection, "name")
    make(connection, "form")


def read_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_written per identity with what is plainly valid, matching_odd_number per other written number."""
    make(connection, "written")
    odd = connection.execute(statement("odd_number")).fetchall()
    parts = attrgetter(*_NUMBER_SCHEMA.names[1:])
    load(connection, "odd_number", _NUMBER_SCHEMA, [(written, *parts(read_number(written))) for (written,) in odd])


def read_certificates(connection: duckdb.DuckDBPyConnection) -> None:
    """matching_certificate: the person number inside each disability certificate number, where whole."""
    written = connection.execute(statement("certificate")).fetchall()
    found = [(certificate, certificate_number(certificate)) for (certificate,) in written]
    load(connection, "certificate", _CERTIFICATE_SCHEMA, [(text, int(number[:17])) for text, number in found if number])

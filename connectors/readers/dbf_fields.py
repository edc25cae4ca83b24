"""The fields a DBF's header describes, and a field's bytes as text."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from connectors.readers.cells import number_text

FIELD_BYTES = 32
HEADER_BYTES = 32
MEMO_TYPES = frozenset("MGPBW")
SYSTEM_TYPE = "0"
CHINESE_PAGE = 0x4D
JULIAN_OF_YEAR_1 = 1_721_426
VISUAL_FOXPRO = (0x30, 0x31, 0x32)


@dataclass(frozen=True)
class Field:
    """Name as raw bytes (10 at most, a character may be cut), type letter, place in the record."""

    name: bytes
    type: str
    offset: int
    length: int


@dataclass(frozen=True)
class Header:
    """What the first bytes say: `records` is a claim, the file's length may tell otherwise."""

    version: int
    records: int
    header_length: int
    record_length: int
    code_page: int
    fields: tuple[Field, ...]


def header_of(head: bytes) -> Header:
    """Parse the header; the caller has made sure that this is a DBF."""
    records, header_length, record_length = struct.unpack_from("<IHH", head, 4)
    short = _fields(head, header_length, long=False)
    filled = sum(field.length for field in short) == record_length - 1
    fields = short if filled else _fields(head, header_length, long=True)
    kept = tuple(field for field in fields if field.type != SYSTEM_TYPE)
    return Header(head[0], records, header_length, record_length, head[29], kept)


def _fields(head: bytes, header_length: int, *, long: bool) -> list[Field]:
    """`long`: a text's length runs over into the byte for decimals, as FoxPro and Clipper have it."""
    fields: list[Field] = []
    position, offset = HEADER_BYTES, 1
    while position + FIELD_BYTES <= header_length and head[position] != 0x0D:
        raw = head[position : position + FIELD_BYTES]
        kind = chr(raw[11])
        length = raw[16] + (raw[17] << 8 if long and kind == "C" else 0)
        fields.append(Field(raw[:11].split(b"\x00")[0].strip(), kind, offset, length))
        offset += length
        position += FIELD_BYTES
    return fields


def decode(raw: bytes, encoding: str) -> str:
    """Text without the padding; half a character at the end was cut by the field's width and is dropped.

    Raises UnicodeDecodeError where anything else does not fit.
    """
    trimmed = raw.rstrip(b" \x00")
    try:
        return trimmed.decode(encoding)
    except UnicodeDecodeError as error:
        full = len(trimmed) == len(raw) and error.end == len(raw) and len(raw) - error.start < 4
        if not full:
            raise
        return trimmed[: error.start].decode(encoding)


def converter(field: Field, *, version: int, encoding: str) -> Callable[[bytes], str]:
    """How to print a field's bytes; raises UnicodeDecodeError where they are no text."""
    binary = version in VISUAL_FOXPRO
    if field.type == "C" or field.type not in "NFDLIYTMGPBW":
        return lambda raw: decode(raw, encoding)
    if field.type == "L":
        return _logical
    if binary and (field.type, field.length) in BINARY:
        return BINARY[field.type, field.length]
    if field.type in MEMO_TYPES:
        return _memo
    return lambda raw: raw.strip(b" \x00").decode("ascii")


def _memo(_: bytes) -> str:
    """A memo's text lies in a second file that is not delivered."""
    return ""


def _logical(raw: bytes) -> str:
    letter = raw.strip(b" \x00?").decode("ascii").upper()
    return {"T": "TRUE", "Y": "TRUE", "F": "FALSE", "N": "FALSE"}.get(letter, letter)


def _integer(raw: bytes) -> str:
    return str(int.from_bytes(raw, "little", signed=True))


def _double(raw: bytes) -> str:
    return number_text(struct.unpack("<d", raw)[0])


def _currency(raw: bytes) -> str:
    return str(Decimal(int.from_bytes(raw, "little", signed=True)) / 10_000)


def _moment(raw: bytes) -> str:
    """A Julian day and the milliseconds of the day; zeros or blanks are empty."""
    if not raw.strip(b" \x00"):
        return ""
    day, milliseconds = struct.unpack("<ii", raw)
    try:
        moment = datetime(1, 1, 1) + timedelta(days=day - JULIAN_OF_YEAR_1, seconds=round(milliseconds / 1000))
    except OverflowError:
        return ""
    return moment.date().isoformat() if milliseconds < 500 else moment.isoformat(sep=" ")


BINARY: dict[tuple[str, int], Callable[[bytes], str]] = {
    ("I", 4): _integer,
    ("B", 8): _double,
    ("Y", 8): _currency,
    ("T", 8): _moment,
}

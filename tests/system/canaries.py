"""A person who does not exist, in every column of every table; and a search for them in files, however wrapped."""

import base64
import binascii
import csv
import json
import re
import sqlite3
import zlib
from pathlib import Path

from connectors.contract import load_contracts

NAME, DIAGNOSIS, PHONE = "欧阳金丝雀", "金丝雀热综合征", "13905129977"
NUMBER = "320583199003070016"
CANARIES = (NAME, DIAGNOSIS, PHONE, NUMBER)
PLAIN = {"int": "1", "number": "1.00", "yuan": "100.00", "date": "2024-03-05", "month": "2024-03"}
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def plant(inbox: Path) -> None:
    """One file per table with a good row and one whose dates and amounts are the canary: that one is rejected."""
    for table, contract in load_contracts().items():
        file = inbox / contract.department / f"{table}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        columns = contract.columns.values()
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow([column.headings[0] for column in columns])
            rows.writerow([_good(column) for column in columns])
            rows.writerow([NAME for _ in columns])


def _good(column) -> str:
    if column.type == "code":
        return next(iter(column.codes))
    if column.type in ("id_no", "disability_no"):
        return NUMBER
    if column.type == "text":
        return {"name": NAME, "phone": PHONE}.get(column.name, f"{DIAGNOSIS}{PHONE}")
    return PLAIN[column.type]


def found_below(folder: Path) -> set[tuple[str, str]]:
    """(file, canary) for every canary in the files of a folder; SQLite is read as SQL too, wherever its pages lie."""
    found = set()
    for file in (path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        if content.startswith(b"SQLite format 3"):
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
                content += "\n".join(database.iterdump()).encode()
        found |= {(file.name, canary) for canary in canaries_in(content)}
    return found


def canaries_in(content: bytes, *, depth: int = 2) -> set[str]:
    """The canaries in bytes: as text in the usual encodings, escaped as JSON, packed, or in base64 of any of these."""
    found = {canary for canary in CANARIES if any(form in content for form in _forms(canary))}
    if depth:
        for token in set(_BASE64.findall(content)):
            found |= canaries_in(_decoded(token), depth=depth - 1)
        found |= canaries_in(_unpacked(content), depth=depth - 1)
    return found


def _forms(canary: str) -> set[bytes]:
    escaped = json.dumps(canary)[1:-1].encode()
    return {canary.encode(coding) for coding in ("utf-8", "gb18030", "utf-16-le")} | {escaped, escaped.upper()}


def _decoded(token: bytes) -> bytes:
    try:
        return base64.b64decode(token.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=") + b"==")
    except binascii.Error:
        return b""


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompress(content, wbits=47)
    except zlib.error:
        return b""

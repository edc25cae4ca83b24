"""Values that must show up nowhere but where they belong: names, numbers, phones, addresses, diagnoses in every cell.

Every text holds one rare word, every number one beginning, every phone another: one search finds them all.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.connectors.small_home import CONTRACTS, csv_bytes
from warehouse.resident_number import check_character

WORD, NUMBER, PHONE = "鵷雛", "3290121957030", "137712340"
BORN = "1957-03-09"
# What every published table shows for places: people write no names there, and reports are filed under them.
PLACES = {"town": "玉山镇", "community": "震川社区", "month": "2026-06", "family_no": "家甲1", "birth_date": BORN}
READABLE = {"date": "2026-05-06", "month": "2026-06", "int": "3", "number": "80.5", "yuan": "1234.50"}
CODINGS = ("utf-8", "gb18030", "utf-16-le")


def number(serial: int) -> str:
    """A valid number; serial 0 … 99."""
    seventeen = f"{NUMBER}9{serial:03d}"
    return seventeen + check_character(seventeen)


def cell(table: str, column: str, serial: int) -> str:
    """A readable cell with a canary wherever the type leaves room for one."""
    described = CONTRACTS[table].columns[column]
    if column in PLACES:
        return PLACES[column]
    if column == "phone":
        return f"{PHONE}{serial:02d}"
    if described.type == "id_no":
        return number(serial)
    if described.type == "disability_no":
        return number(serial) + "42"
    if described.type == "code":
        return next(iter(described.codes))
    return READABLE.get(described.type) or f"{WORD}{column}{serial:02d}"


def damaged(serial: int) -> Iterator[str]:
    """What no column but a text can read: a name, a number, a phone, each where it does not belong."""
    yield f"{WORD}错{serial}"
    yield number(serial)[:-1] + "*"
    yield f"{PHONE}{serial:02d}、{WORD}"


def table(name: str) -> list[list[str]]:
    """Three good rows, two that differ under one key, and for every column rows in which it alone is damaged."""
    columns = list(CONTRACTS[name].columns)
    good = [[cell(name, column, serial) for column in columns] for serial in (1, 2, 3)]
    bad, serial = [], 10
    for place, column in enumerate(columns):
        if column in PLACES and CONTRACTS[name].columns[column].type == "text":
            continue
        for wrong in damaged(serial % 90):
            row = [cell(name, each, serial % 90) for each in columns]
            row[place] = wrong
            bad.append(row)
            serial += 1
    twice = [list(good[0]) for _ in range(2)]
    keys = set(CONTRACTS[name].key)
    for copy, row in enumerate(twice):
        for place, column in enumerate(columns):
            if column not in keys and CONTRACTS[name].columns[column].type == "text" and column not in PLACES:
                row[place] = f"{WORD}两说{copy}"
    heading = [CONTRACTS[name].columns[column].headings[0] for column in columns]
    return [heading, *good, *twice, *bad]


def fill(inbox: Path) -> None:
    """One file per table, one that nobody knows, and one whose heading is a canary."""
    for name, contract in CONTRACTS.items():
        folder = inbox / contract.department
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.csv").write_bytes(csv_bytes(table(name), "gb18030"))
    strange = [[f"{WORD}甲", f"{WORD}乙"], [number(5), f"{PHONE}05"]]
    (inbox / "health" / "unknown.csv").write_bytes(csv_bytes(strange))
    half = [row[:3] + row[:1] for row in table("deaths")]
    (inbox / "civil_affairs" / "half.csv").write_bytes(csv_bytes(half))


def found(content: bytes | str) -> list[str]:
    """The canaries in a content, whatever its coding."""
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return [mark for mark in (WORD, NUMBER, PHONE) for code in CODINGS if mark.encode(code) in content]

"""Cells of an xlsx that calamine shows as empty although something is there: errors, formulas without a result."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree

from connectors.readers.cells import ERROR, NO_VALUE

# An error cell's type, a formula's element, also with a namespace before it: plain words, ten times faster than
# a pattern. A text that happens to hold one costs only a second look.
SIGNS = (b't="e"', b"t='e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
CHUNK = 1 << 20


def overlay_of(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """(row, column) from 0 → what the cell should say. Empty for formats other than xlsx: there it is not told."""
    with zipfile.ZipFile(path) as package:
        part = _parts(package).get(sheet)
        if part is None or not _worth_a_look(package, part):
            return {}
        with package.open(part) as file:
            return dict(_silent_cells(file))


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the package that holds it."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): _member(each.get("Target", "")) for each in relations}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    sheets = [each for each in book.iter() if _tag(each) == "sheet"]
    parts = {each.get("name", ""): targets.get(_relation(each), "") for each in sheets}
    return {name: part for name, part in parts.items() if part in names}


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)


def _member(target: str) -> str:
    """A relation's target is relative to xl/ unless it starts with a slash."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _worth_a_look(package: zipfile.ZipFile, part: str) -> bool:
    """A quick look over the bytes: most sheets have neither errors nor formulas and need no parsing."""
    kept = b""
    with package.open(part) as file:
        while chunk := file.read(CHUNK):
            text = kept + chunk
            if any(sign in text for sign in SIGNS):
                return True
            kept = chunk[-16:]
    return False


def _silent_cells(file: IO[bytes]) -> Iterator[tuple[tuple[int, int], str]]:
    row = column = -1
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        tag = _tag(element)
        if event == "start":
            if tag == "row":
                row, column = int(element.get("r", row + 2)) - 1, -1
            continue
        if tag == "c":
            row, column = _position(element.get("r"), row, column + 1)
            if text := _said(element):
                yield (row, column), text
        elif tag == "row":
            element.clear()


def _said(cell: ElementTree.Element) -> str | None:
    if cell.get("t") == "e":
        return ERROR
    parts = {_tag(each): each for each in cell}
    # A formula whose result is the empty text says so by its type; it is simply empty.
    if "f" not in parts or cell.get("t") == "str":
        return None
    return None if "v" in parts and parts["v"].text else NO_VALUE


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    found = REFERENCE.fullmatch(reference or "")
    if not found:
        return row, column
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]

"""The XML workbook of Excel 2003 (often named .xls); runs in the child only."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from connectors.readers.cells import ERROR, NO_VALUE, number_text
from connectors.readers.sniffing import WORKBOOK_2003
from connectors.readers.worksheet import Cells, Found

SHEET = f"{{{WORKBOOK_2003}}}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
WIDEST, LONGEST = 16_384, 1_048_576


def read(path: Path) -> Iterator[Found]:
    """Every worksheet in order."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for sheet in etree.parse(str(path), parser).getroot().iter(SHEET + "Worksheet"):
        rows = list(_rows(sheet))
        columns = max((len(cells) for cells, _ in rows), default=0)
        hidden = sheet.findtext(f"{EXCEL}WorksheetOptions/{EXCEL}Visible")
        yield Found(sheet.get(SHEET + "Name", ""), hidden is None, columns, rows)


def _rows(sheet: etree._Element) -> Iterator[Cells]:
    """Rows in order; an index skips rows, a merge down leaves its cells out of the rows below."""
    number = 0
    taken: dict[int, int] = {}
    for row in sheet.iter(SHEET + "Row"):
        ahead = min(_number(row, "Index", number + 1), LONGEST)
        while number + 1 < ahead:
            number += 1
            yield [], None
        number += 1
        cells = _cells(row, taken, number)
        yield cells, None
    if number == 0:
        yield [], None


def _cells(row: etree._Element, taken: dict[int, int], number: int) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(SHEET + "Cell"):
        while taken.get(len(cells), 0) >= number:
            cells.append("")
        ahead = min(_number(cell, "Index", len(cells) + 1), WIDEST)
        cells += [""] * (ahead - 1 - len(cells))
        wide = min(_number(cell, "MergeAcross", 0), WIDEST)
        high = _number(cell, "MergeDown", 0)
        for column in range(len(cells), len(cells) + wide + 1) if high else ():
            taken[column] = number + high
        cells += [_text(cell)] + [""] * wide
    return cells


def _number(element: etree._Element, name: str, default: int) -> int:
    told = element.get(SHEET + name, "")
    return int(told) if told.isascii() and told.isdigit() else default


def _text(cell: etree._Element) -> str:
    data = next(cell.iter(SHEET + "Data"), None)
    text = "" if data is None else "".join(str(part) for part in data.itertext())
    if not text:
        return NO_VALUE if cell.get(SHEET + "Formula") and data is None else ""
    kind = data.get(SHEET + "Type", "String") if data is not None else "String"
    if kind == "Error":
        return ERROR
    if kind == "Number":
        return number_text(float(text))
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    return _moment(text) if kind == "DateTime" else text


def _moment(text: str) -> str:
    """'1985-01-02T00:00:00.000' as the other readers print it."""
    day, _, clock = text.partition("T")
    clock = clock[:8]
    return day if clock in ("", "00:00:00") else f"{day} {clock}"

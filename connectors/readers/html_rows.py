"""The .xls that is really a web page, table by table; runs in the child only."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from connectors.readers import encoding as encodings
from connectors.readers.encoding import MARK
from connectors.readers.sheet import BAD_BYTES
from connectors.readers.worksheet import Found, NoTable

# A web page breaks and indents its lines as it likes; only <br> is a line break.
BLANKS = re.compile(r"[ \t\r\n\f]+")
# More than a spreadsheet has: a cell that claims to span a billion columns is nonsense.
WIDEST = 16_384
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read(path: Path) -> Iterator[Found]:
    """One sheet per table with rows of its own, without a name where there is only one; raises NoTable."""
    text = "".join(encodings.blocks(path, encodings.detect(path)))
    found = list(_tables(_document(text)))
    if not found:
        raise NoTable
    return iter(found if len(found) > 1 else [found[0]._replace(name=None)])


def _document(text: str) -> etree._Element:
    parser = html.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8", remove_comments=True)
    return html.document_fromstring(text.replace(MARK, "\ufffd").encode(), parser=parser)


def _tables(document: etree._Element) -> Iterator[Found]:
    number = 0
    for table in document.iter("table"):
        rows = _grid(table)
        if not any(any(cells) for cells in rows):
            continue
        number += 1
        columns = max(len(cells) for cells in rows)
        visible = not HIDDEN.search(table.get("style", ""))
        yield Found(f"表{number}", visible, columns, [(cells, _problem(cells)) for cells in rows])


def _problem(cells: list[str]) -> str | None:
    return BAD_BYTES if any("\ufffd" in cell for cell in cells) else None


def _grid(table: etree._Element) -> list[list[str]]:
    """Rows of equal positions: what spans columns or rows is said once, in its first cell, as in a workbook."""
    rows: list[list[str]] = []
    spanned: dict[int, int] = {}
    for line in _own(table, "tr"):
        cells: list[str] = []
        below: dict[int, int] = {column: left - 1 for column, left in spanned.items() if left > 1}
        for cell in _own(line, "td", "th"):
            _skip_spanned(cells, spanned)
            wide, high = _span(cell, "colspan", WIDEST - len(cells)), _span(cell, "rowspan", 1 << 20)
            if high > 1:
                below |= {len(cells) + step: high - 1 for step in range(wide)}
            cells += [_text(cell)] + [""] * (wide - 1)
        _skip_spanned(cells, spanned)
        rows.append(cells)
        spanned = below
    return rows


def _skip_spanned(cells: list[str], spanned: dict[int, int]) -> None:
    while len(cells) in spanned:
        cells.append("")


def _own(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Descendants of these tags that belong to `parent`, not to a table inside it."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form", "tr"):
            yield from _own(child, *tags)


def _span(cell: etree._Element, name: str, most: int) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, min(int(told), most)) if told.isascii() and told.isdigit() else 1


def _text(cell: etree._Element) -> str:
    """The cell's text without that of tables inside it, which are sheets of their own."""
    parts = list(_parts(cell))
    lines = "".join(BLANKS.sub(" ", part) if part != "\n" else part for part in parts).split("\n")
    return "\n".join(BLANKS.sub(" ", line).strip(" ") for line in lines).strip("\n \xa0")


def _parts(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text.replace("\n", " ")
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag not in ("table", "script", "style"):
            yield from _parts(child)
        if child.tail:
            yield child.tail.replace("\n", " ")

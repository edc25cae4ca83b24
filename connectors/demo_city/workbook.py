"""A plain .xlsx written directly: ten times faster than openpyxl, same bytes at every run."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from connectors.demo_city.formats import Cells, excel_number, zipped

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class _Texts:
    """The shared strings of a workbook."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.uses = 0

    def place(self, text: str) -> int:
        self.uses += 1
        return self.places.setdefault(text, len(self.places))

    def part(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.places)
        return f'{HEAD}<sst xmlns="{SPACE}" count="{self.uses}" uniqueCount="{len(self.places)}">{items}</sst>'


@cache
def _column_letters(place: int) -> str:
    return (_column_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def workbook(sheets: Sequence[tuple[str, Sequence[Cells]]]) -> bytes:
    """The file of these (name, rows); a row without cells is left out, as Excel does with blank rows.

    Texts become shared strings, numbers number cells, days cells with a date format.
    """
    texts = _Texts()
    parts = {
        f"xl/worksheets/sheet{place}.xml": _sheet(rows, texts).encode()
        for place, (_, rows) in enumerate(sheets, 1)
    }
    names = [name for name, _ in sheets]
    return zipped({
        "[Content_Types].xml": _content_types(len(names)).encode(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]).encode(),
        "xl/workbook.xml": _book(names).encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ).encode(),
        "xl/styles.xml": _styles().encode(),
        "xl/sharedStrings.xml": texts.part().encode(),
        **parts,
    })


def _sheet(rows: Sequence[Cells], texts: _Texts) -> str:
    return f'{HEAD}<worksheet xmlns="{SPACE}"><sheetData>{"".join(_rows(rows, texts))}</sheetData></worksheet>'


def _rows(rows: Sequence[Cells], texts: _Texts) -> Iterator[str]:
    for number, cells in enumerate(rows, 1):
        printed = "".join(
            _cell(f"{_column_letters(place)}{number}", cell, texts)
            for place, cell in enumerate(cells) if cell is not None and cell != ""
        )
        if printed:
            yield f'<row r="{number}">{printed}</row>'


def _cell(reference: str, cell: object, texts: _Texts) -> str:
    if isinstance(cell, str):
        return f'<c r="{reference}" t="s"><v>{texts.place(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{reference}" s="1"><v>{excel_number(cell)}</v></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


def _content_types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{OFFICE_TYPE}.worksheet+xml"/>'
        for place in range(1, sheets + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{OFFICE_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE_TYPE}.sharedStrings+xml"/>{parts}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _book(names: Sequence[str]) -> str:
    inner = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(names, 1)
    )
    return f'{HEAD}<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><sheets>{inner}</sheets></workbook>'


def _styles() -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{SPACE}"><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )

"""Which delimiter a text table uses and how wide its rows are, learnt from its first records."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from connectors.readers.records import Grammar, Record
from connectors.readers.sheet import WRONG_WIDTH

DELIMITERS = (",", "\t", ";", "|", "，", "；")
SAMPLE_RECORDS = 200
# A title, a total or a signature fills no more cells than this, however wide the table is.
FEW_CELLS = 3
HEADED = 4
RAGGED_RECORDS = 8
RAGGED_SHARE = 0.1
FILLED_HEADING = 0.6
NARROWER_HEADING = 3
FOOTER = re.compile(r"：|:\s*\Z|^\s*[合小总共]\s*计|制表|审核|填表|填报|负责人|备注|说明")
NUMBER = re.compile(r"[\d\s./:,+-]*\d[\d\s./:,+-]*")


@dataclass(frozen=True)
class Dialect:
    """`width`: the table's columns; `printed`: cells of most records; `ragged`: empty last cells are left out."""

    delimiter: str
    width: int
    printed: int
    ragged: bool

    def problem(self, cells: list[str]) -> str | None:
        """Why a record of these cells cannot be trusted: a cell too many or too few moves all that follow."""
        if len(cells) == self.width:
            return None
        if len(cells) > self.width:
            return WRONG_WIDTH if any(cells[self.width :]) else None
        return None if self.ragged or self._beside_the_table(cells) else WRONG_WIDTH

    def _beside_the_table(self, cells: list[str]) -> bool:
        """Whether a short record is a title, total or signature. In a narrow table few cells are no proof."""
        filled = [cell for cell in cells if cell]
        if len(filled) <= min(FEW_CELLS, max(1, self.width // 2)):
            return True
        return len(filled) <= FEW_CELLS and any(FOOTER.search(cell) for cell in filled)


def learn(sample: str, *, whole: bool) -> Dialect:
    """The dialect whose records agree best; `whole` says that the sample is all there is."""
    parsed = {each: _records(sample, each, whole=whole) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: _agreement(parsed[each]))
    records = [record.cells for record in parsed[delimiter] if record.problem is None]
    return _measured(delimiter, records)


def _records(sample: str, delimiter: str, *, whole: bool) -> list[Record]:
    grammar = Grammar(delimiter)
    found: list[Record] = []
    position = 0
    while position < len(sample) and len(found) < SAMPLE_RECORDS:
        record = grammar.record(sample, position, final=whole)
        if record is None:
            break
        position = record.end
        if any(record.cells):
            found.append(record)
    return found


def _agreement(records: list[Record]) -> float:
    """Share of records of the commonest width, squared: cells with commas in them agree on nothing.

    A heading of that width counts most: addresses can all hold as many commas, but their heading holds none.
    """
    widths = [len(record.cells) for record in records if record.problem is None]
    common = _commonest(widths)
    if common < 2:
        return 0.0
    headed = any(len(record.cells) == common and _is_heading(record.cells) for record in records)
    share = widths.count(common) / len(records)
    return share**2 * math.log2(common) * (HEADED if headed else 1)


def _commonest(widths: list[int]) -> int:
    counts = Counter(width for width in widths if width > 1)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 1


def _measured(delimiter: str, records: list[list[str]]) -> Dialect:
    common = _commonest([len(cells) for cells in records])
    width = _heading_width(records, common)
    full = [cells for cells in records if sum(1 for cell in cells if cell) > FEW_CELLS]
    short = sum(1 for cells in full if len(cells) < width)
    ragged = short >= RAGGED_RECORDS and short >= RAGGED_SHARE * len(full)
    return Dialect(delimiter, width, common if ragged or common > width else width, ragged)


def _heading_width(records: list[list[str]], common: int) -> int:
    """The heading's width where it differs from most rows: rows wider than it hold an unquoted delimiter."""
    headings = [_trimmed(cells, common) for cells in records if _is_heading(cells)]
    if not headings or common in headings:
        return common
    longer = [width for width in headings if width > common]
    nearly = [width for width in headings if common - NARROWER_HEADING <= width < common]
    return (longer or nearly or [common])[0]


def _trimmed(cells: list[str], least: int) -> int:
    """Width without empty cells at the end, but not below `least`."""
    width = len(cells)
    while width > least and not cells[width - 1]:
        width -= 1
    return width


def _is_heading(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1 or len(filled) < FILLED_HEADING * len(cells):
        return False
    return not any(NUMBER.fullmatch(cell) for cell in filled)

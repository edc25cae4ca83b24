"""What kind of row is each physical row: data, or one of the things departments print around their data."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.headings import plain
from connectors.readers.sheet import DELETED
from connectors.recognise import Fit
from connectors.values import OUTER

DATA, REJECTED = "data", "rejected"
CANDIDATE_COLUMNS = 3  # a word that makes a row a total or signature stands at its beginning
_WORDS = (
    r"[合小总共累]\s*计|制\s*表|填\s*[表报]|审\s*核|复\s*核|负\s*责|经\s*办|盖\s*章"
    r"|说\s*明|备\s*注|注\s*[:：]|页|打\s*印"
)
_TOTAL = re.compile(r"\D{0,12}?(合计|小计|总计|共计|累计)[:(]?.{0,12}|(以上)?共计?:?\d+[人户条笔].*|\D{0,8}大写\)?:.*")
_TOTAL_NAME = re.compile(r"[(]?(合计|小计|总计|共计|累计|本页小计|本页合计)[)]?:?")
_COUNTED = re.compile(r"共?\d*[人户条笔]?")
_SIGNATURE = re.compile(
    r".{0,8}(制表|填表|填报|审核|复核|负责|经办|分管|主管|录入|打印|统计)(人|单位|部门|日期|时间|领导|科室)?"
    r"(员|签字|签名)?([(].*[)])?:.*|.*盖章[)]?:?.*|(制表|填表|填报|审核|复核|负责|经办)(人|单位|日期)"
    r"|(日期|时间|联系人|联系电话|电话|单位):.*"
)
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NOTE = re.compile(r"(备注|说明|填表说明|填报说明|附注|注)(\d+)?[:.、].*|(备注|说明|填表说明|填报说明)")
_PAGE = re.compile(r"-?第?\d+页.*|-?共\d+页.*|第\d+页[/共]*.*|\d+/\d+|-\d+-|本页.*")
_DOCUMENT = re.compile(r"[\dXx*×]{6,}|\d\.\d+E\+\d+", re.IGNORECASE)

Cells = Sequence[Sequence[str | None]]


def trimmed_columns(batch: pa.RecordBatch) -> list[pa.StringArray]:
    """The cells c0 … of a batch without outer blanks; an empty cell is null."""
    columns = (pc.utf8_trim(column, characters=OUTER) for column in batch.columns[2:])
    return [pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column) for column in columns]


def empty_rows(cells: Sequence[pa.StringArray]) -> np.ndarray:
    """Which rows have no filled cell."""
    return _all([pc.is_null(column) for column in cells])


class RowSorter:
    """Sorts the rows of one sheet; remembers its titles, which printed pages repeat."""

    def __init__(self, fit: Fit, titles: Cells, heading_rows: Cells) -> None:
        self.fit = fit
        self.titles = {_line(row) for row in titles} - {""}
        self.headings = [[plain(cell) if cell else "" for cell in row] for row in heading_rows]
        self.name = next((sources[0].position for column, sources in fit.sources.items() if column == "name"), 0)
        self.number = fit.sources["id_no"][0].position if "id_no" in fit.sources else None
        self.required = [fit.sources[column.name][0].position for column in fit.contract.required]

    def kinds(self, batch: pa.RecordBatch, cells: Sequence[pa.StringArray]) -> np.ndarray:
        """An array of words, one per row below the heading: data, rejected, or a kind of raw.skipped_row."""
        kinds = np.full(batch.num_rows, DATA, dtype=object)
        problems = batch.column("problem")
        if problems.null_count < batch.num_rows:
            kinds[_true(pc.is_valid(problems))] = REJECTED
            kinds[_true(pc.equal(problems, DELETED))] = "deleted"
        blank = empty_rows(cells) & (kinds == DATA)
        kinds[blank] = "blank"
        doubtful = np.flatnonzero(self._doubtful(cells) & ~blank & (kinds != "deleted"))
        if len(doubtful):
            self._decide(kinds, doubtful, cells)
        return kinds

    def _doubtful(self, cells: Sequence[pa.StringArray]) -> np.ndarray:
        """Rows worth a closer look: something required is missing, or a tell-tale word stands in front."""
        marks = [pc.is_null(cells[position]) for position in self.required]
        for position in sorted({*range(min(CANDIDATE_COLUMNS, len(cells))), self.name}):
            marks.append(pc.match_substring_regex(cells[position], _WORDS))
        marks += [pc.equal(cells[position], self.fit.printed[position]) for position in self.required]
        return _any(marks)

    def _decide(self, kinds: np.ndarray, doubtful: np.ndarray, cells: Sequence[pa.StringArray]) -> None:
        chosen = [column.take(pa.array(doubtful)).to_pylist() for column in cells]
        for index, row in zip(doubtful, zip(*chosen, strict=True), strict=True):
            kinds[index] = self.kind(row) or kinds[index]

    def kind(self, row: Sequence[str | None]) -> str | None:
        """The kind of a row that is no data; None: treat it as data."""
        folded = [plain(cell) if cell else "" for cell in row]
        filled = [text for text in folded if text]
        if self._repeats_heading(folded, len(filled)):
            return "repeated_heading"
        if not filled or self._person(folded):
            return None
        if _line(row) in self.titles:
            return "title"
        return self._around(folded, filled, [_folded_sentence(cell) for cell in row if cell])

    def _around(self, folded: list[str], filled: list[str], sentences: list[str]) -> str | None:
        """Totals, signatures, notes and page numbers, by the first filled cells."""
        if any(_TOTAL.fullmatch(text) for text in filled[:CANDIDATE_COLUMNS]) or self._total_name(folded):
            return "total"
        if any(_SIGNATURE.fullmatch(text) for text in sentences[:CANDIDATE_COLUMNS]):
            return "signature"
        if len(filled) <= 2 and any(_DAY.fullmatch(text) for text in sentences):
            return "signature"
        if _NOTE.fullmatch(sentences[0]) or (len(filled) <= 2 and _PAGE.fullmatch(sentences[0])):
            return "note"
        return None

    def _repeats_heading(self, folded: list[str], filled: int) -> bool:
        for heading in self.headings:
            equal = sum(1 for seen, text in zip(folded, heading, strict=False) if text and seen == text)
            if equal >= 2 and equal * 10 >= filled * 6:
                return True
        return False

    def _person(self, folded: list[str]) -> bool:
        """A row with a plausible name and a number, or with everything required, is never dropped."""
        name = folded[self.name]
        if not name or _TOTAL_NAME.fullmatch(name) or _COUNTED.fullmatch(name):
            return False
        if self.number is not None and _DOCUMENT.search(folded[self.number]):
            return True
        return all(folded[position] for position in self.required)

    def _total_name(self, folded: list[str]) -> bool:
        return bool(_TOTAL_NAME.fullmatch(folded[self.name]))


def _folded_sentence(cell: str) -> str:
    """Like `plain`, but a trailing colon still tells a signature from a word."""
    return plain(cell) + (":" if cell.rstrip(OUTER).endswith((":", "：")) else "")


def _line(row: Sequence[str | None]) -> str:
    return "".join(plain(cell) for cell in row if cell)


def _true(mask: pa.BooleanArray) -> np.ndarray:
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False))


def _all(masks: Sequence[pa.BooleanArray]) -> np.ndarray:
    return np.logical_and.reduce([_true(mask) for mask in masks])


def _any(masks: Sequence[pa.BooleanArray]) -> np.ndarray:
    return np.logical_or.reduce([_true(mask) for mask in masks])

"""What somebody typed into one row, read cell by cell: values, or the reasons why a cell cannot be read."""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from reports.answers.sheets import PREPARED_BY, ReturnedRow
from reports.headings import heading_of

STATES = ("待核实", "已通知", "已答复", "属实", "不属实", "已过期")
VERDICTS = {"是": "same", "否": "different", "不确定": "unsure"}
LONGEST_TEXT = 2000
SPREADSHEET_ERRORS = frozenset({"#错误", "#公式无值"})
# A day, the reason why the text is none (it holds no value), or None for a blank.
DayReader = Callable[[str], date | str | None]
_NOT_NAMES = {"系统", "制表人", "填报人", "核实人", "经办人", "本人", "工作人员", "负责人", "办公室", "没有"}


@dataclass(frozen=True)
class Said:
    """One answered row. `faults`: why it cannot be taken as it is; each names its column, never a value."""

    state: str | None = None
    same: str | None = None
    result: str | None = field(default=None, repr=False)
    notified_on: date | None = None
    replied_on: date | None = None
    visited_on: date | None = None
    by: str | None = field(default=None, repr=False)
    contact: str | None = field(default=None, repr=False)
    remark: str | None = field(default=None, repr=False)
    prepared_by: str | None = field(default=None, repr=False)
    faults: tuple[str, ...] = ()

    @property
    def is_note(self) -> bool:
        """Whether only a remark was added to a finding whose printed state was left alone."""
        return self.state == STATES[0] and not (self.notified_on or self.replied_on or self.result)

    def digest(self, *about: str | None) -> str:
        """A hash of what was said about something: the same answer in another file has the same one."""
        parts = (self.state, self.same, self.result, self.notified_on, self.replied_on, self.visited_on, self.by,
                 self.contact, self.remark)  # fmt: skip
        told = repr((about, [None if part is None else str(part) for part in parts]))
        return hashlib.sha256(told.encode()).hexdigest()


def read_row(row: ReturnedRow, read_day: DayReader) -> Said:
    """The typed cells of a row as values."""
    faults = [f"表头“{_words(column)}”出现了两次" for column in row.twice if column.startswith("answer_")]
    cells = row.cells

    def text(column: str) -> str | None:
        return _text(cells[column], column, faults)

    def day(column: str) -> date | None:
        read = read_day(cells[column]) if cells[column].strip() else None
        if isinstance(read, str):
            faults.append(f"{_words(column)}:{read},请写成 2026-07-05 的样子")
            return None
        return read

    return Said(
        state=_choice(cells["answer_state"], STATES, "answer_state", faults),
        same=_choice(cells["answer_same"], tuple(VERDICTS), "answer_same", faults),
        result=text("answer_result"),
        notified_on=day("answer_notified_on"),
        replied_on=day("answer_replied_on"),
        visited_on=day("answer_visited_on"),
        by=_name(cells["answer_by"], "answer_by", faults),
        contact=_name(cells["answer_contact"], "answer_contact", faults),
        remark=text("answer_remark"),
        prepared_by=_folded(cells[PREPARED_BY]) or None,
        faults=tuple(faults),
    )


def _choice(text: str, choices: tuple[str, ...], column: str, faults: list[str]) -> str | None:
    chosen = _folded(text)
    if chosen and chosen not in choices:
        faults.append(f"{_words(column)}只能是{'、'.join(choices)}")
        return None
    return chosen or None


def _name(text: str, column: str, faults: list[str]) -> str | None:
    """A person's name: two letters at least, no number, no general word."""
    name = _folded(text)
    if not name:
        return None
    if name in _NOT_NAMES or sum(sign.isalpha() for sign in name) < 2 or sum(sign.isdigit() for sign in name) > 2:
        faults.append(f"{_words(column)}要写姓名")
        return None
    return name


def _text(text: str, column: str, faults: list[str]) -> str | None:
    kept = text.strip()
    if kept in SPREADSHEET_ERRORS:
        faults.append(f"{_words(column)}:单元格是公式错误")
        return None
    if len(kept) > LONGEST_TEXT:
        faults.append(f"{_words(column)}超过 {LONGEST_TEXT} 字")
        return None
    return kept or None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _words(column: str) -> str:
    return heading_of(column).zh

"""Has an export changed its shape? Told before it replaces what is in force.

A sheet is stopped where a change would silently cost values: most rows unreadable for one column; or, beside
the same list of an earlier run, a column gone, its words or dates of another kind, its numbers ruined. What
costs nothing (a new column) is told. Each stop names the line for `headings.toml` that accepts the change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from connectors.cast import TEXTS
from connectors.contract import Column
from connectors.declared import FILE, NUMBERS
from connectors.doubled import outvoted
from connectors.earlier import Earlier, Profile
from connectors.proposals import (
    code_lines,
    foreign_units,
    gone_line,
    layout_lines,
    line,
    rename_line,
    renamed,
    unclaimed,
)
from connectors.recognise import Fit, Rows
from connectors.tally import ColumnTally, Tally
from connectors.values import fold_code
from warehouse.errors import BangfuError

MOST = 0.5
RUINED = 0.8  # of a column turned into numbers nearly all are cut (one in eleven ends in X); less is ordinary damage
FEW_CELLS = 3  # fewer unreadable cells are slips, not a change
NEW_WORD = 0.05  # a word in this share of a column is a new code, not a slip
QUOTED_CELLS = 5  # a word that fewer cells share may be somebody's name and is never quoted
QUOTED_SHARE = 0.02
MOST_WORDS = 12  # more unknown words than this are no codes
LONGEST_WORD = 12
MOST_TOLD = 12  # unused headings in one remark
_DIGITS = re.compile(r"\d{5}")
Stop = tuple[str, str]  # found, remedy


@dataclass(frozen=True)
class Shape:
    """What is known of a loaded sheet. below: first rows under its heading. now: only counted beside an earlier."""

    fit: Fit
    below: Rows
    tally: Tally
    today: date
    earlier: Earlier | None = None
    now: Profile | None = None


def change(shape: Shape) -> BangfuError | None:
    """Names every column that changed so that values would be lost, and the lines that would accept it."""
    stops = [*_cells(shape), *_columns(shape), *_numbers(shape)]
    if not stops:
        return None
    found, remedies = zip(*stops, strict=True)
    return BangfuError(where="与约定或以前的交付相比", found=";".join(found), remedy=";".join(dict.fromkeys(remedies)))


def _columns(shape: Shape) -> Iterator[Stop]:
    """Optional columns that the list had before and has no more: dropped, or called otherwise."""
    if shape.earlier is None:
        return
    contract = shape.fit.contract
    lost = [
        column
        for column in contract.columns.values()
        if column.name not in shape.fit.sources and column.name not in contract.gone
        if shape.earlier.profile.filled[column.name]
    ]
    found = unclaimed(shape.fit, shape.earlier.headings or ())
    proposed = renamed(shape.fit, lost, found, shape.below, shape.today)
    for column in lost:
        called = proposed.get(column.name)
        other = rename_line(contract, column, called) if called else ""
        foreign = foreign_units(found) if column.type == "yuan" else ""
        remedies = [sentence for sentence in (other, foreign, gone_line(contract, column)) if sentence]
        yield f"以前有的列“{column.headings[0]}”这次没有", ";".join(remedies)


def _cells(shape: Shape) -> Iterator[Stop]:
    for name, column, tally in _doubtful(shape):
        if _costs_most_rows(shape, column, tally) or _changed(shape, column, tally):
            words = f"列“{name}”有{tally.unread}格读不出(共{tally.filled}格)"
            yield words, _remedy(shape, name, column, tally)


def _doubtful(shape: Shape) -> Iterator[tuple[str, Column, ColumnTally]]:
    """Columns with more unreadable cells than slips make, under their heading as printed."""
    for name, tally in shape.tally.columns.items():
        if tally.unread >= FEW_CELLS:
            yield shape.fit.sources[name][0].printed, shape.fit.contract.columns[name], tally


def _costs_most_rows(shape: Shape, column: Column, tally: ColumnTally) -> bool:
    return not _stays_unknown(column) and tally.unread >= MOST * shape.tally.rows


def _stays_unknown(column: Column) -> bool:
    return not column.required and (column.keep_unreadable or column.type in TEXTS)


def _changed(shape: Shape, column: Column, tally: ColumnTally) -> bool:
    """Whether the same list could be read better before."""
    if shape.earlier is None or not shape.earlier.profile.filled[column.name]:
        return False
    before = shape.earlier.unread.get(column.name, 0)
    share = before / (before + shape.earlier.profile.filled[column.name])
    if 2 * share >= tally.unread / tally.filled:
        return False
    often = max(tally.texts.values(), default=0) if column.type == "code" else 0
    return tally.unread >= MOST * tally.filled or (often >= QUOTED_CELLS and often >= NEW_WORD * tally.filled)


def _remedy(shape: Shape, heading: str, column: Column, tally: ColumnTally) -> str:
    contract = shape.fit.contract
    if column.type == "code" and (words := _words(tally)):
        return code_lines(contract, column, words)
    if column.type in ("date", "month"):
        lines = layout_lines(contract, column, list(tally.texts), shape.today)
        if lines:
            return lines
        return f"请部门把“{heading}”改成2024-05-06这样的写法后重报"
    return f"请部门核对“{heading}”这一列是否错位、换了写法,改正后重报"


def _words(tally: ColumnTally) -> list[str]:
    """Unknown words of a code column that may be quoted: few, short, and shared by many rows."""
    words: dict[str, int] = {}
    for text, count in tally.texts.items():
        words[fold_code(text)] = words.get(fold_code(text), 0) + count
    least = max(QUOTED_CELLS, QUOTED_SHARE * tally.filled)
    quoted = [word for word, count in words.items() if count >= least and len(word) <= LONGEST_WORD]
    return [word for word in quoted if not _DIGITS.search(word)] if len(words) <= MOST_WORDS else []


def _numbers(shape: Shape) -> Iterator[Stop]:
    """Numbers of persons that came whole before and are now what a spreadsheet made of them."""
    if shape.earlier is None or shape.now is None:
        return
    for column in shape.fit.contract.columns.values():
        if column.type not in NUMBERS or column.damaged:
            continue
        ruined, before = shape.now.ruined[column.name], shape.earlier.profile
        was_whole = 2 * before.ruined[column.name] < RUINED * before.filled[column.name]
        if ruined >= FEW_CELLS and ruined >= RUINED * shape.now.filled[column.name] and was_whole:
            heading = shape.fit.sources[column.name][0].printed
            accept = f"若只能这样报送,在{FILE}里加一行{line(shape.fit.contract, column.name, 'damaged', value=True)}"
            yield f"列“{heading}”的号码成了数值,末几位已丢失", f"请部门把这一列设为文本后重新导出;{accept}"


def remarks(shape: Shape) -> Iterator[str]:
    """What is worth telling about a sheet that is taken in."""
    contract = shape.fit.contract
    known = shape.earlier.headings if shape.earlier else None
    names = [*unclaimed(shape.fit, known or ()).values(), *outvoted(shape.fit, known or ())]
    if names:
        more = f"等{len(names)}列" if len(names) > MOST_TOLD else ""
        yield f"{'新出现而' if known is not None else ''}没有用到的列:{'、'.join(names[:MOST_TOLD])}{more}"
    absent = [
        one.headings[0] for one in contract.columns.values() if one.name not in {*shape.fit.sources, *contract.gone}
    ]
    if names and absent and shape.earlier is None:
        yield f"没有的列:{'、'.join(absent)}(若只是换了叫法,在{FILE}里写明)"
    for name, column, tally in _doubtful(shape):
        if column.type == "code" and (words := _words(tally)):
            yield f"列“{name}”有不认识的代码:{code_lines(contract, column, words)}"
        elif tally.unread >= MOST * tally.filled:
            yield f"列“{name}”有{tally.unread}格读不出,按未知处理"

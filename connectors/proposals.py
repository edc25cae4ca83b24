"""The line for `headings.toml` that would accept a change: proposed to a person, never applied by itself.

Quotes headings, and words of code columns that many rows share; never a cell of any other kind.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz, process

from connectors.archive import unique_names
from connectors.cast import reader
from connectors.contract import Code, Column, Contract
from connectors.date_layouts import LAYOUTS
from connectors.declared import FILE, NUMBERS, UNUSED, may_hold
from connectors.headings import plain, unknown_unit
from connectors.recognise import Fit, Rows
from connectors.values import Problem, Value, fold_code

MOST_QUOTED = 20  # a longer cell is not a heading
READABLE = 0.5  # a column whose sample cells are read less often than this is not the missing one
ALIKE = 50.0  # where no sample tells, how alike headings must be to be proposed
SHORTEST_WORD = 2  # 有限劳动能力 begins with 有 and means something else
MAKES_SENSE = 0.9  # of a column's dates in its layout; the others are slips
# Columns that any list may carry beside its data: none of ours, and not worth telling.
ORDINARY = frozenset({"序号", "备注", "录入人", "录入时间", "录入日期", "经办人", "填表人", "制表人", "审核人"})
_MANY_DIGITS = re.compile(r"\d{5}")
_NUMBER = re.compile(r"\d{14}|E\+1", re.IGNORECASE)
_OPPOSITE = re.compile(r"[非未不无否没]|退|停|取消|注销|终止|除外")
Unclaimed = dict[int, str]


def line(contract: Contract, *path: str, value: object) -> str:
    """One whole line, quoted so that it can be copied out of a sentence."""
    words = [contract.department, contract.table, path[0], *(_quoted(word) for word in path[1:])]
    return f"『{'.'.join(words)} = {json.dumps(value, ensure_ascii=False)}』"


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[a-z_]+", word) else json.dumps(word, ensure_ascii=False)


def unclaimed(fit: Fit, known: Collection[str] = ()) -> Unclaimed:
    """Position -> heading that no column uses, without those known (as `plain`) from before and those said unused.

    What may be data is not quoted: a long run of digits, or anything where two rows are the heading and explain little.
    """
    if len(fit.rows) > 1 and 2 * len(fit.positions) < sum(1 for text in fit.printed if text):
        return {}
    names = unique_names(fit.printed)
    left_out = {*known, *fit.contract.unused, *ORDINARY}
    found = {position: names[position] for position, text in enumerate(fit.printed) if position not in fit.positions}
    return {position: name for position, name in found.items() if fit.printed[position] and _tells(name, left_out)}


def _tells(name: str, left_out: Collection[str]) -> bool:
    return len(name) <= MOST_QUOTED and not _MANY_DIGITS.search(name) and plain(name) not in left_out


def renamed(fit: Fit, missing: Sequence[Column], found: Unclaimed, below: Rows, today: date) -> dict[str, str]:
    """Missing column -> the unclaimed heading that is most likely it; a heading is proposed once.

    `below`: rows under the heading, whose cells must be such that the column could read them.
    """
    left = dict(found)
    proposed: dict[str, str] = {}
    for column in missing:
        position = _likeliest(column, left, below, today)
        if position is not None:
            proposed[column.name] = left.pop(position)
    return proposed


def _likeliest(column: Column, left: Unclaimed, below: Rows, today: date) -> int | None:
    possible = {place: name for place, name in left.items() if not (column.type == "yuan" and unknown_unit(name))}
    samples = {place: [text for row in below if (text := row[place])] for place in possible}
    told = {place: name for place, name in possible.items() if samples[place]}
    readable = {place: name for place, name in told.items() if _reads(column, samples[place], today)}
    if readable:
        return max(readable, key=lambda place: _alike(column, readable[place]))
    best = max(possible, key=lambda place: _alike(column, possible[place]), default=None)
    return best if best is not None and _alike(column, possible[best]) >= ALIKE else None


def _reads(column: Column, sample: Sequence[str], today: date) -> bool:
    if column.type in NUMBERS:
        good = sum(bool(_NUMBER.search(text)) for text in sample)
    elif column.name.endswith("name"):
        good = sum(not any(map(str.isdigit, text)) for text in sample)
    else:
        read = reader(column, "元", today)
        good = sum(isinstance(one, Value) and one.content is not None for one in map(read, sample))
    return good >= READABLE * len(sample)


def _alike(column: Column, heading: str) -> float:
    best = process.extractOne(heading, column.headings, scorer=fuzz.ratio, processor=plain)
    return best[1] if best else 0.0


def rename_line(contract: Contract, column: Column, heading: str) -> str:
    """Asks whether a heading is the column, and says which line makes it so."""
    proposed = line(contract, column.name, value=[heading])
    return f"若“{heading}”就是{column.headings[0]},在{FILE}里加一行{proposed}"


def gone_line(contract: Contract, column: Column) -> str:
    """The line that does without a column."""
    return f"若“{column.headings[0]}”以后都不提供,在{FILE}里加一行{line(contract, column.name, value=False)}"


def unused_lines(contract: Contract, names: Sequence[str]) -> str:
    """Which of several headings for one column counts: the lines that leave the others unused."""
    choices = ((kept, [name for name in names if name != kept]) for kept in names)
    lines = (f"以“{kept}”为准就加一行{line(contract, UNUSED, value=others)}" for kept, others in choices)
    return f"或在{FILE}里写明:{','.join(lines)}"


def code_lines(contract: Contract, column: Column, words: Sequence[str]) -> str:
    """One line per unknown word; the code stands in it only where the word begins like a known one."""
    return ";".join(_code_line(contract, column, word) for word in words)


def _code_line(contract: Contract, column: Column, word: str) -> str:
    likely = likely_code(column, word)
    if likely is not None:
        known, code = likely
        return f"若“{word}”就是“{known}”,在{FILE}里加一行{line(contract, column.name, word, value=code)}"
    firsts: dict[Code, str] = {}
    for known, code in column.codes.items():
        firsts.setdefault(code, known)
    choices = "、".join(f"{code}({known})" for code, known in firsts.items())
    return f"在{FILE}里加一行{line(contract, column.name, word, value='?')},?换成代码:{choices}"


def likely_code(column: Column, word: str) -> tuple[str, Code] | None:
    """The known word that an unknown one extends or shortens (低保对象), unless what is added may turn it round."""
    folded = fold_code(word)
    known_words = [known for known in column.codes if min(len(known), len(folded)) >= SHORTEST_WORD]
    near = [known for known in known_words if folded.startswith(known) or known.startswith(folded)]
    if not near or len({column.codes[known] for known in near}) > 1 or folded.isdigit():
        return None
    longest = max(near, key=len)
    rest = folded.removeprefix(longest) if len(folded) > len(longest) else longest.removeprefix(folded)
    return None if _OPPOSITE.search(rest) else (longest, column.codes[longest])


def layout_lines(contract: Contract, column: Column, texts: Sequence[str], today: date) -> str | None:
    """The lines that say how dates are laid out, one for every layout in which the unreadable texts make sense."""
    possible = [layout for layout in LAYOUTS if may_hold(column, layout) and _makes_sense(column, layout, texts, today)]
    lines = (f"{layout}{line(contract, column.name, 'layout', value=layout)}" for layout in possible)
    return f"若日期的写法是{',若是'.join(lines)},就在{FILE}里加这一行" if possible else None


def _makes_sense(column: Column, layout: str, texts: Sequence[str], today: date) -> bool:
    read = reader(replace(column, layout=layout), "元", today)
    good = sum(not isinstance(read(text), Problem) for text in texts)
    return bool(texts) and good >= MAKES_SENSE * len(texts)


def foreign_units(found: Unclaimed) -> str:
    """What to say of unclaimed headings that name a unit nobody knows; empty where there are none."""
    names = [f"“{name}”" for name in found.values() if unknown_unit(name)]
    return f"{'、'.join(names)}的单位不认识,请部门改用元或万元后重报" if names else ""

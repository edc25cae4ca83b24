"""Headings as printed -> columns of a contract, with the unit that the heading states.

Decides one heading at a time; which row is the heading and which table it is: `recognise`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.values import INVISIBLE, OUTER

if TYPE_CHECKING:
    from connectors.contract import Column, Contract

LONGEST = 60  # a longer cell is a sentence, not a heading
CUT_BYTES = 10  # a DBF field name holds ten bytes: five hanzi
_BLANK = re.compile(rf"[\s{INVISIBLE}]")
_MARKS = "*★☆:;,.、。_'\""
_SAME = str.maketrans({"帐": "账", "【": "(", "】": ")", "[": "(", "]": ")", "{": "(", "}": ")", "〔": "(", "〕": ")"})
_LAST_BRACKET = re.compile(r"(.+?)\((?:单位:?)?([^()]*)\)")
_TRAILING_UNIT = re.compile(r"(.+?)[/_:,-](万元|千元|元|角|分)|(.+?)(万元|千元|元|分)")
# A remark in brackets that says how to fill in the column, not which column it is.
_REMARK = re.compile(
    r"必填项?|选填|非必填|必录项?|可空|yyyy.*|格式.*|如.*|例.*|\d+位|年-?/?月(-?/?日)?|男/女|是/否|文本"
)
_STATED_UNIT = re.compile(
    r"(?:^|\(|[^一-鿿])(?:金额|计量|货币)?单位:?\(?(?:[户人口套间][、,/])*(?:人民币)?(万元|千元|元|角|分)(?![一-鿿])"
)
_MONEY = {
    **{unit: unit for unit in ("元", "万元", "千元", "角", "分")},
    **dict.fromkeys(("人民币元", "人民币", "¥", "元/月", "元/人", "元/人月", "元/人·月", "元/月·人", "元/户"), "元"),
    **{"元/m2": "元", "元/平方米": "元", "万": "万元", "人民币万元": "万元"},
}
_LARGE_UNIT = re.compile(r"万元|千元")
_UNIT_LIKE = re.compile(r"元|币|万|/年|/季|/周|/日")
_BRACKETS_OF_TYPE = {
    "yuan": frozenset(_MONEY),
    "number": frozenset({"m2", "平方米", "平米", "㎡"}),
    "int": frozenset({"人", "口", "个", "户", "人数"}),
}


@dataclass(frozen=True)
class Match:
    """A heading understood: which column, and the money unit printed with it (None: not printed)."""

    column: str
    unit: str | None


def plain(heading: str) -> str:
    """The spelling under which headings are compared: width, blanks, bracket forms, 帐/账, case, marks folded."""
    folded = _BLANK.sub("", unicodedata.normalize("NFKC", heading.strip(OUTER)))
    return folded.translate(_SAME).strip(_MARKS).casefold()


@dataclass(frozen=True)
class Folded:
    """A printed heading folded once, to be looked up in every contract.

    base and bracket: "总费用" and "万元" of "总费用(万元)". cut: it may be a DBF field name, the first ten
    bytes of a heading.
    """

    text: str
    base: str | None
    bracket: str | None
    cut: bool


def fold(heading: str) -> Folded | None:
    """None for what is no heading: nothing, or a whole sentence."""
    text = plain(heading) if len(heading) <= LONGEST else ""
    if not text:
        return None
    base, bracket = _parts(text)
    kept = text.rstrip("\ufffd?")
    cut = CUT_BYTES - 1 <= len(kept.encode("gb18030")) <= CUT_BYTES
    return Folded(kept if cut else text, base, bracket, cut)


def _parts(text: str) -> tuple[str | None, str | None]:
    found = _LAST_BRACKET.fullmatch(text) or _TRAILING_UNIT.fullmatch(text)
    if not found:
        return None, None
    base, bracket = [part for part in found.groups() if part is not None]
    return base.strip(_MARKS), bracket


def unknown_unit(heading: str) -> bool:
    """Whether a heading states a unit in which amounts are not read (美元, 元/年)."""
    folded = fold(heading)
    bracket = folded.bracket if folded else None
    return bool(bracket and bracket not in _MONEY and _UNIT_LIKE.search(bracket))


def match(heading: Folded, accepted: Mapping[str, "Column"]) -> Match | None:
    """The column a heading names, or None. `accepted` comes from `accepted_headings`."""
    if column := accepted.get(heading.text):
        return Match(column.name, _unit(heading) if column.type == "yuan" else None)
    if heading.base and (column := accepted.get(heading.base)):
        return _in_brackets(column, heading.bracket or "")
    return _cut(heading.text, accepted) if heading.cut else None


def _unit(heading: Folded) -> str | None:
    """The money unit of a heading that is accepted as it stands."""
    inside = _LARGE_UNIT.search(heading.text)
    return _MONEY.get(heading.bracket or "") or (inside[0] if inside else None)


def _in_brackets(column: "Column", content: str) -> Match | None:
    """A unit that the column's type does not know (元/年, 美元) makes it another column."""
    if content in _BRACKETS_OF_TYPE.get(column.type, ()):
        return Match(column.name, _MONEY.get(content) if column.type == "yuan" else None)
    return Match(column.name, None) if _REMARK.fullmatch(content) else None


def _cut(kept: str, accepted: Mapping[str, "Column"]) -> Match | None:
    """The one column whose heading begins like this."""
    columns = {column.name for heading, column in accepted.items() if heading.startswith(kept)}
    return Match(columns.pop(), None) if len(columns) == 1 else None


def accepted_headings(contract: "Contract") -> dict[str, "Column"]:
    """Folded heading -> column."""
    return {plain(heading): column for column in contract.columns.values() for heading in column.headings}


def stated_unit(text: str) -> str | None:
    """The money unit that a title row states for the whole sheet (单位:万元)."""
    parts = (_STATED_UNIT.search(plain(part)) for part in text.split())
    return next((found[1] for found in parts if found), None)

"""Text that can only ever be text: no formula, no control character, nothing longer than a cell holds."""

import re

LONGEST_CELL = 32_767
CUT_MARK = "……(过长,已截断)"

# Not allowed in XML, or able to turn the reading direction round and so disguise a text.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
# East Asian spreadsheets read the full-width signs as formulas too; an apostrophe would vanish when the cell is edited.
_FORMULA_START = tuple("=+-@＝＋－＠'＇")
# Excel reads _x0041_ as an escaped character.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def safe_text(text: str) -> str:
    """The text as a cell may hold it; line breaks stay, other control characters go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _ESCAPED.sub("_x005F_", _UNWANTED.sub("", text)).strip()
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK
    return text


def looks_like_formula(text: str) -> bool:
    """Whether a program might take the text for a formula once somebody edits the cell."""
    return text.startswith(_FORMULA_START)

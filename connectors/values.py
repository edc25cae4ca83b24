"""Cells as printed -> values: pure functions `text -> Value | Problem`, one per type.

What cannot be read is a Problem, never 0, empty or today. No Problem's reason holds the printed value.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Blanks and invisible characters that exports put around values: Python's own whitespace, zero-width
# characters, byte-order marks, direction marks, soft hyphens.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
OUTER = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + INVISIBLE
    + "".join(chr(code) for code in range(0x2000, 0x200B))
)
BLANK_WORDS = frozenset({"", "无", "-", "--", "---", "—", "——", "–", "−", "/", "\\", "空", "null", "(null)"})
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_CODE_BLANKS = re.compile(r"\s")
_OUTER_BRACKETS = re.compile(r"[(\[【〔「](.+)[)\]】〕」]")
_WHOLE = re.compile(r"^(\d+)\.0+$")  # a number that went through a program which knows only floats
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(?:人|口|个|户)?")
_LARGEST_INTEGER = 2**31 - 1


@dataclass(frozen=True)
class Value:
    """A cell that was read. content None = blank. note: what was read but needs telling (no reason to reject)."""

    content: str | int | Decimal | date | None
    precision: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read; the reason is Chinese and holds no value from the file."""

    reason: str


Reading = Value | Problem
BLANK = Value(None)
SPREADSHEET_ERRORS = frozenset({"#错误", "#公式无值"})  # how the readers print a cell without a value
SPREADSHEET_ERROR = Problem("单元格是公式错误")
SEVERAL_PERSONS = Problem("一个单元格内有多个人,请拆成每人一行")
# Two names of hanzi, or two numbers, with a separator between (also understood by Arrow's RE2).
SEVERAL = r"[一-鿿]{2}\s*[、,，;；\n]\s*[一-鿿]{2}|\d{14}[\dXx]+\s*[、,，;；/\s]\s*\d{15}"


def unwrap(text: str) -> str:
    """Take off what a spreadsheet put around the value: outer blanks, ="…", a leading apostrophe."""
    text = text.strip(OUTER)
    wrapped = _FORMULA_TEXT.fullmatch(text)
    if wrapped:
        text = wrapped[1].strip(OUTER)
    return text[1:].strip(OUTER) if text.startswith("'") else text


def clean(text: str) -> str:
    """The cell for a typed reading: unwrapped, full width folded to half width, invisible characters off."""
    return unwrap(_INVISIBLE.sub("", unicodedata.normalize("NFKC", unwrap(text))))


def is_blank(cleaned: str) -> bool:
    """Whether a cleaned optional date, amount, number or code says "nothing here"."""
    return cleaned.lower() in BLANK_WORDS


def read_text(text: str) -> Reading:
    """Text as printed, outer wrapping off."""
    return SPREADSHEET_ERROR if text in SPREADSHEET_ERRORS else Value(unwrap(text) or None)


def read_number_of_document(text: str) -> Reading:
    """A person's or certificate's number exactly as printed; only outer blanks go. Repair is matching's work."""
    return SPREADSHEET_ERROR if text in SPREADSHEET_ERRORS else Value(text.strip(OUTER) or None)


def read_person_name(text: str) -> Reading:
    """The name of the row's person; several in one cell must be split by the department."""
    return SEVERAL_PERSONS if re.search(SEVERAL, text) else read_text(text)


def read_person_number(text: str) -> Reading:
    """The number of the row's person, as printed."""
    return SEVERAL_PERSONS if re.search(SEVERAL, text) else read_number_of_document(text)


def read_count(text: str) -> Reading:
    """A whole number of things, zero or more."""
    cleaned = clean(text).replace(" ", "")
    if is_blank(cleaned):
        return BLANK
    found = _COUNT.fullmatch(cleaned)
    if not found or int(found[1]) > _LARGEST_INTEGER:
        return Problem("不是整数")
    return Value(int(found[1]))


def fold_code(text: str) -> str:
    """The spelling under which a code word is looked up: NFKC, no blanks, no brackets around the whole."""
    folded = _WHOLE.sub(r"\1", _CODE_BLANKS.sub("", clean(text)))
    bracketed = _OUTER_BRACKETS.fullmatch(folded)
    return bracketed[1] if bracketed else folded


def read_code(text: str, codes: Mapping[str, str | int]) -> Reading:
    """The code of a printed word; "无" may be a code itself, so codes come before blanks."""
    folded = fold_code(text)
    if folded in codes:
        return Value(codes[folded])
    return BLANK if is_blank(folded) else Problem("代码表里没有这种写法")

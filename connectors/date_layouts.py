"""Dates that do not begin with a year of four digits, rewritten so that they do.

Which of these a column holds is never guessed (05/06/2024 is two dates): the office says it in `declared`.
Dates in hanzi (二〇二四年五月六日) have one reading and need no word from anybody.
"""

import re
from collections.abc import Callable

_SEPARATED = r"\s*[-/.]\s*"
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SEPARATED}(\d{{1,2}}){_SEPARATED}(\d{{4}})(?=$|\s|T)")
_MONTH_AND_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATED}(\d{{4}})")
_MINGUO = re.compile(r"(?:民国(\d{1,3})|(\d{3}))\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*[日号]?)?")
_MINGUO_DIGITS = re.compile(r"(\d{3})(\d{2})(\d{2})?")
_TWO_DIGITS = re.compile(r"(\d{2})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*[日号]?)?")
_HANZI = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_HANZI_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
MINGUO_BEFORE_YEAR_1 = 1911
CENTURY = 2000  # of a year in two digits: those columns hold events, births are kept out by `declared`


def _day_first(text: str) -> str | None:
    if found := _YEAR_LAST.match(text):
        return f"{found[3]}-{found[2]}-{found[1]}{text[found.end() :]}"
    return _month_first(text) if _MONTH_AND_YEAR.fullmatch(text) else None


def _month_first(text: str) -> str | None:
    if found := _YEAR_LAST.match(text):
        return f"{found[3]}-{found[1]}-{found[2]}{text[found.end() :]}"
    month = _MONTH_AND_YEAR.fullmatch(text)
    return f"{month[2]}-{month[1]}" if month else None


def _minguo(text: str) -> str | None:
    """Years of two digits only after the word: 98-05-06 may as well be 1998."""
    if found := _MINGUO.fullmatch(text):
        return _joined(int(found[1] or found[2]) + MINGUO_BEFORE_YEAR_1, found[3], found[4])
    digits = _MINGUO_DIGITS.fullmatch(text)
    return _joined(int(digits[1]) + MINGUO_BEFORE_YEAR_1, digits[2], digits[3]) if digits else None


def _two_digits(text: str) -> str | None:
    found = _TWO_DIGITS.fullmatch(text)
    return _joined(int(found[1]) + CENTURY, found[2], found[3]) if found else None


def _joined(year: int, month: str, day: str | None) -> str:
    return f"{year}-{month}-{day}" if day else f"{year}-{month}"


LAYOUTS: dict[str, Callable[[str], str | None]] = {
    "日月年": _day_first,
    "月日年": _month_first,
    "民国": _minguo,
    "两位年": _two_digits,
}


def year_first(text: str, layout: str | None) -> str:
    """The date with its year first; unchanged where neither hanzi nor the layout fit."""
    if found := _HANZI.fullmatch(text):
        year = "".join(str(_HANZI_DIGITS[digit]) for digit in found[1])
        return _joined(int(year), str(_hanzi_number(found[2])), str(_hanzi_number(found[3])) if found[3] else None)
    return (LAYOUTS[layout](text) if layout else None) or text


def _hanzi_number(text: str) -> int:
    """1 to 99: 五, 十, 十二, 二十, 二十九. What is no number becomes an impossible day."""
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _HANZI_DIGITS[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(units) > 1:
        return 0
    return 10 * (_HANZI_DIGITS[tens] if tens else 1) + (_HANZI_DIGITS[units] if units else 0)

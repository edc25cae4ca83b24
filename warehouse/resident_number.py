"""The 18-character person number: check character, validity, birth date and sex.

Layout and check after GB 11643-1999 (check character: ISO 7064:1983 MOD 11-2): six characters of
place, eight of birth date, three of sequence (odd: male) and the check. Residence permits of Hong
Kong, Macao and Taiwan people (81, 82, 83) and the 2023 permanent residence card (first digit 9) are
built alike. County codes are never looked up: many were abolished and their numbers stay good.
"""

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
PROVINCES = frozenset(_PROVINCES.split())
OLDEST_AGE = 120

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_SHAPE = re.compile(r"[1-9][0-9]{14}")


def check_character(seventeen: str) -> str:
    """Check character for 17 ASCII digits; ValueError for anything else."""
    if len(seventeen) != 17 or not (seventeen.isascii() and seventeen.isdigit()):
        raise ValueError("seventeen digits expected")
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def birth_date(number: str) -> date | None:
    """Birth date written in characters 7 to 14, or None where these are no date of the calendar."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """'male' or 'female', from the 17th character of a well-formed number."""
    return "male" if int(number[16]) % 2 else "female"


def is_valid(number: str, *, today: date | None = None) -> bool:
    """True for an upper-case number with known province, possible birth date and right check.

    `number` must be cleaned already: a lower-case x or a blank makes it invalid here.
    """
    if not _SHAPE.fullmatch(number):
        return False
    if number[:2] not in PROVINCES and number[0] != "9":
        return False
    born, now = birth_date(number), today or date.today()
    if born is None or born > now or born.year < now.year - OLDEST_AGE:
        return False
    return check_character(number[:17]) == number[17]


def upgrade_15(number: str) -> str | None:
    """The 18-character form of a 15-digit number of before 1999, or None if it cannot be one.

    The old form has no check digit, so the result is derived and proves nothing about its digits.
    """
    if not _OLD_SHAPE.fullmatch(number):
        return None
    seventeen = number[:6] + "19" + number[6:]
    upgraded = seventeen + check_character(seventeen)
    return upgraded if is_valid(upgraded) else None

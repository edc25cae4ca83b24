"""How a written number goes wrong between an office's form and our inbox: each kind a function of the number.

A kind that cannot meet a number (an X has no rounding, a birth after 1999 no 15-digit form) returns None,
and the next kind is tried.
"""

from collections.abc import Callable
from random import Random

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
PLACEHOLDERS = ("无", "办理中", "000000000000000000", "111111111111111111", "暂无", "999999999999999999")

Kind = Callable[[str, Random], str | None]


def _digits_only(change: Callable[[str], str]) -> Kind:
    """A kind that needs a number without X."""
    return lambda number, random: change(number) if number.isdigit() else None


def truncated(number: str) -> str:
    """Excel keeps fifteen digits."""
    return number[:15] + "000"


def rounded(number: str) -> str:
    """A double keeps about sixteen digits."""
    return str(int(float(number)))


def _scientific(number: str) -> str:
    mantissa = f"{float(number):.5E}"
    return f"{mantissa[:7].rstrip('0')}E+17"


def _one_slip(number: str, random: Random) -> str:
    place = random.randrange(6, 17)
    return number[:place] + str((int(number[place]) + random.randint(1, 9)) % 10) + number[place + 1:]


def _adjacent_swap(number: str, random: Random) -> str | None:
    places = [place for place in range(6, 16) if number[place] != number[place + 1]]
    if not places:
        return None
    place = random.choice(places)
    return number[:place] + number[place + 1] + number[place] + number[place + 2:]


def _dropped(number: str, random: Random) -> str:
    place = random.randrange(6, 18)
    return number[:place] + number[place + 1:]


def _inserted(number: str, random: Random) -> str:
    place = random.randrange(6, 18)
    return number[:place] + str(random.randrange(10)) + number[place:]


def _old_form(number: str, random: Random) -> str | None:
    return number[:6] + number[8:17] if number[6:8] == "19" else None


def _letters(number: str, random: Random) -> str | None:
    if "0" in number[6:17]:
        place = number.index("0", 6)
        return number[:place] + "O" + number[place + 1:]
    return number.replace("1", "l", 1) if "1" in number else None


def _last_x(number: str, random: Random) -> str | None:
    return number[:17] + random.choice("xxx×Х*χ") if number[17] == "X" else None


def _spaced(number: str, random: Random) -> str:
    return random.choice((
        f"{number[:6]} {number[6:14]} {number[14:]}", f" {number} ", f"{number}\u00a0", f"\u200b{number}",
        f"\ufeff{number}", f"{number[:6]}\u3000{number[6:]}",
    ))


KINDS: dict[str, Kind] = {
    "excel_truncated": _digits_only(truncated),
    "scientific": _digits_only(_scientific),
    "rounded_double": _digits_only(rounded),
    "dot_zero": _digits_only(lambda number: f"{number}.0"),
    "apostrophe": lambda number, random: f"'{number}",
    "tab": lambda number, random: f"\t{number}",
    "formula_quotes": lambda number, random: f'="{number}"',
    "spaces": _spaced,
    "full_width": lambda number, random: number.translate(FULL_WIDTH),
    "last_x": _last_x,
    "letters": _letters,
    "masked": lambda number, random: f"{number[:6]}********{number[14:]}",
    "one_slip": _one_slip,
    "adjacent_swap": _adjacent_swap,
    "dropped_digit": _dropped,
    "inserted_digit": _inserted,
    "old_form": _old_form,
    "missing": lambda number, random: "",
    "placeholder": lambda number, random: random.choice(PLACEHOLDERS),
}
WEIGHTS = {
    "excel_truncated": 9, "scientific": 4, "rounded_double": 3, "dot_zero": 5, "apostrophe": 5, "tab": 4,
    "formula_quotes": 3, "spaces": 10, "full_width": 4, "last_x": 12, "letters": 3, "masked": 4, "one_slip": 9,
    "adjacent_swap": 6, "dropped_digit": 4, "inserted_digit": 3, "old_form": 6, "missing": 10, "placeholder": 4,
}


def damage_number(number: str, random: Random, kind: str | None = None) -> tuple[str, str]:
    """The damaged number and the kind of damage; `kind` asks for one where the number allows it."""
    names, weights = tuple(WEIGHTS), tuple(WEIGHTS.values())
    while True:
        chosen = kind or random.choices(names, weights)[0]
        damaged = KINDS[chosen](number, random)
        if damaged is not None and damaged != number:
            return damaged, chosen
        kind = None

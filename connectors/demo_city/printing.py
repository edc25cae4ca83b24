"""How a fact's values are printed: the forms of dates, months, money and codes that offices use, one per file."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from connectors.demo_city.months import first_day

Printer = Callable[[Any], Any]
EXCEL_EPOCH = date(1899, 12, 30)

DATE_FORMS: dict[str, Callable[[date], object]] = {
    "iso": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dots": lambda day: f"{day:%Y.%m.%d}",
    "loose": lambda day: f"{day.year}-{day.month}-{day.day}",
    "serial": lambda day: (day - EXCEL_EPOCH).days,
    "cell": lambda day: day,
    "with_time": lambda day: f"{day.isoformat()} 00:00:00",
    "year_month": lambda day: f"{day.year}.{day.month:02d}".rstrip("0") if day.month == 10 else f"{day:%Y.%m}",
    "year_month_chinese": lambda day: f"{day.year}年{day.month}月",
}
MONTH_FORMS: dict[str, Callable[[date], object]] = {
    "iso": lambda day: f"{day:%Y-%m}",
    "compact": lambda day: f"{day:%Y%m}",
    "chinese": lambda day: f"{day.year}年{day.month}月",
    "dots": lambda day: f"{day:%Y.%m}",
    "first_day": lambda day: day.isoformat(),
}
MONEY_FORMS: dict[str, Callable[[int], object]] = {
    "plain": lambda fen: str(fen // 100) if fen % 100 == 0 else f"{fen / 100:.2f}",
    "two_places": lambda fen: f"{fen / 100:.2f}",
    "thousands": lambda fen: f"{fen / 100:,.2f}",
    "yen": lambda fen: f"￥{fen / 100:.2f}",
    "yuan": lambda fen: f"{fen / 100:.2f}元",
    "cell": lambda fen: fen // 100 if fen % 100 == 0 else fen / 100,
    "wan": lambda fen: _decimal(fen, 6),
    "fen": lambda fen: str(fen),
}
MONEY_UNITS = {"wan": "(万元)", "fen": "(分)"}


def _decimal(value: int, places: int) -> str:
    """A whole number with the point moved left, without needless zeros."""
    text = f"{value:0{places + 1}d}"
    return f"{text[:-places]}.{text[-places:]}".rstrip("0").rstrip(".")


def _optional(form: Callable[[Any], object]) -> Printer:
    """Print each value once: there are few different days and amounts in a file of many rows."""
    seen: dict[object, object] = {None: None}

    def printed(value: object) -> object:
        found = seen.get(value)
        if found is None and value is not None:
            found = seen[value] = form(value)
        return found

    return printed


def date_printer(form: str) -> Printer:
    """Prints a day, or nothing for None."""
    return _optional(DATE_FORMS[form])


def month_printer(form: str) -> Printer:
    """Prints a month number."""
    return _optional(lambda month: MONTH_FORMS[form](first_day(month)))


def money_printer(form: str) -> Printer:
    """Prints fen as yuan, 万元 or fen."""
    return _optional(MONEY_FORMS[form])


def number_printer(as_cell: bool) -> Printer:
    """Prints hundredths."""
    return _optional(lambda value: value / 100 if as_cell else _decimal(value, 2))


def code_printer(codes: dict[str, list[str]], random: Random) -> Printer:
    """Prints a code by one word a file for each, mostly the usual one."""
    chosen = {
        code: synonyms[0] if random.random() < 0.5 else random.choice(synonyms) for code, synonyms in codes.items()
    }
    return lambda value: None if value is None else chosen[str(value)]


def text_printer(value: object) -> object:
    """Prints text as it is."""
    return None if value is None else str(value)

"""How long each kind of data is kept: the project's defaults, changed by the home's `retention.toml`."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse.errors import BangfuError

FILE_NAME = "retention.toml"
DEFAULTS = Path(__file__).parent / FILE_NAME
SPANS = ("months", "days")
# Beside the spans: where these two kinds lie is known to the home alone.
PLACES = {"backups": ("folders", list), "prefect_runs": ("api", str)}
WHO_CHOSE = "本装置的 retention.toml"


@dataclass(frozen=True)
class Term:
    """How long one kind is kept; neither months nor days: until somebody sets one. `place`: see PLACES."""

    name: str
    label: str
    source: str
    months: int | None = None
    days: int | None = None
    place: Any = None

    def last_day(self, today: date) -> date | None:
        """What is of this day or earlier goes; None: nothing goes."""
        if self.months is not None:
            return months_before(today, self.months)
        return today - timedelta(days=self.days) if self.days is not None else None

    @property
    def span(self) -> str:
        return (
            f"{self.months} 个月" if self.months is not None else f"{self.days} 天" if self.days is not None else "不限"
        )


@dataclass(frozen=True)
class Schedule:
    """Every term by name. nightly: whether each night deletes what is due, without being asked."""

    terms: Mapping[str, Term]
    nightly: bool = False


def load_schedule(root: Path) -> Schedule:
    """The defaults with the home's changes. Raises BangfuError for a file that cannot be understood as a whole."""
    terms = {name: _term(name, told) for name, told in _read(DEFAULTS).items()}
    own = _read(root / FILE_NAME) if (root / FILE_NAME).exists() else {}
    nightly = own.pop("nightly", False)
    if not isinstance(nightly, bool):
        raise _unusable("nightly", "写 true 或 false")
    for name, told in own.items():
        if name not in terms or not isinstance(told, dict):
            raise _unusable(name, f"可以写的项:nightly、{'、'.join(terms)}")
        terms[name] = _changed(terms[name], told)
    return Schedule(terms, nightly)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _term(name: str, told: Mapping[str, Any]) -> Term:
    return Term(name, told["label"], told["source"], months=told.get("months"), days=told.get("days"))


def _changed(term: Term, told: Mapping[str, Any]) -> Term:
    place, kind = PLACES.get(term.name, ("", object))
    if strange := told.keys() - {*SPANS, place}:
        raise _unusable(f"{term.name}.{min(strange)}", f"可以写:{'、'.join([*SPANS, *([place] if place else [])])}")
    if place in told:
        if not isinstance(told[place], kind):
            raise _unusable(f"{term.name}.{place}", "写成文字" if kind is str else '写成 ["目录", …]')
        term = replace(term, place=told[place])
    spans = [span for span in SPANS if span in told]
    if not spans:
        return term
    length = told[spans[0]]
    if len(spans) > 1 or not isinstance(length, int) or isinstance(length, bool) or length < 1:
        raise _unusable(term.name, "months 或 days 写一个,是不小于 1 的整数")
    return replace(term, months=told.get("months"), days=told.get("days"), source=WHO_CHOSE)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _unusable("", "按 docs/keeping.md 的样子改好") from None


def _unusable(where: str, remedy: str) -> BangfuError:
    return BangfuError(where=f"{FILE_NAME} {where}".strip(), found="保留期限读不懂", remedy=remedy)

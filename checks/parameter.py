"""A figure of the law: what it is called, in which unit, and its dated, cited values."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

COLUMN_TYPES = {
    "integer": "INTEGER",
    "decimal": "DECIMAL(18,4)",
    "text": "VARCHAR",
    "date": "DATE",
    "text_list": "VARCHAR[]",
}


@dataclass(frozen=True)
class Value:
    """One dated value: the cells of a row of `policy.<name>`. is_local: an installation set it, not the project."""

    valid_from: datetime.date
    cells: dict[str, Any]
    cite: str
    is_local: bool = False

    @property
    def shown(self) -> str:
        """The value for people: one cell as it is, several as `name=cell`."""
        if len(self.cells) == 1:
            return _text(next(iter(self.cells.values())))
        return ",".join(f"{name}={_text(cell)}" for name, cell in self.cells.items())


@dataclass(frozen=True)
class Parameter:
    """One parameter: its columns (name → type of COLUMN_TYPES), and its values in order of date.

    choices: the only texts a column may hold. limits: the least and the largest number of a column; without it none
    is below nought. tier: the column with the lower edge of each tier of one date; the first tier begins at 0, each
    ends where the next begins, so that no gap can be written. partial: not every text its key may hold needs a value.
    is_local: an installation defined it.
    """

    name: str
    label: str
    unit: str
    clause: str
    columns: dict[str, str]
    key: tuple[str, ...]
    why_unset: str | None
    values: tuple[Value, ...]
    choices: dict[str, list[str]] = field(default_factory=dict)
    limits: dict[str, list[Any]] = field(default_factory=dict)
    tier: str | None = None
    partial: bool = False
    is_local: bool = False

    def slot(self, value: Value) -> tuple[Any, ...]:
        """What two values of one parameter may not share: the date, and the key cells of a table of values."""
        return (value.valid_from, *(value.cells[name] for name in self.key))

    def series(self, value: Value) -> str:
        """Which values replace one another in time: those of the same key; tiers of one date go together."""
        return "" if self.tier else ",".join(f"{name}={_text(value.cells[name])}" for name in self.key)

    def unset_series(self) -> list[str]:
        """The series that have no value at all: the parameter itself, or some of the texts its key may hold."""
        known = {self.series(value) for value in self.values}
        expected = [f"{name}={choice}" for name in self.key[:1] for choice in self.choices.get(name, [])]
        if self.tier or self.partial or not expected:
            return [] if known else [""]
        return [series for series in expected if series not in known]

    def with_values(self, values: list[Value]) -> "Parameter":
        """The same parameter with these values, in order of date."""
        return replace(self, values=tuple(sorted(values, key=lambda value: value.valid_from)))


def _text(cell: Any) -> str:
    return "、".join(cell) if isinstance(cell, list) else str(cell)

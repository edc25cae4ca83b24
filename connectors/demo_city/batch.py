"""One file to be delivered, and the two ways rows are cut into files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from connectors.demo_city.city import City
from connectors.demo_city.exports import Entry
from connectors.demo_city.layout import Style
from connectors.demo_city.months import first_day


@dataclass(frozen=True)
class Batch:
    """A file below inbox/<department>/. `parts` are its sheets (name None where the format has no sheets).

    `kind` is a key of writing.WRITERS; `archive` names the zip the file is packed into; `notes` are the lines
    of a further sheet that holds no data.
    """

    table: str
    path: str
    kind: str
    parts: list[tuple[str | None, list[Entry]]]
    style: Style = field(default_factory=Style)
    archive: str | None = None
    notes: tuple[str, ...] = ()


Source = Callable[[str], Iterator[Entry]]


def by_month(rows: Iterable[Entry], place: int = 0) -> Iterator[tuple[int, list[Entry]]]:
    """Cut rows that are in order of months, by the month in that place of their values."""
    for month, group in groupby(rows, key=lambda entry: entry.values[place]):
        yield month, list(group)


def by_town(rows: list[Entry], place: int) -> list[tuple[str | None, list[Entry]]]:
    """One part for each town, in a fixed order."""
    towns: dict[str, list[Entry]] = {}
    for entry in rows:
        towns.setdefault(entry.values[place], []).append(entry)
    return [(town, towns[town]) for town in sorted(towns)]


def halves(rows: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The first and the second half."""
    whole = list(rows)
    middle = (len(whole) + 1) // 2
    return whole[:middle], whole[middle:]


def label(month: int) -> str:
    """A month as it stands in names of files."""
    return f"{first_day(month):%Y-%m}"


def turn(city: City, month: int) -> int:
    """How manieth month of the city's year it is, from 0."""
    return month - city.first_month

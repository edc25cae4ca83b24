"""A city that does not exist, and the exports its five departments would send: demonstration and test material.

Nothing here reads real data. The same people, seed and damage give the same files, byte for byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connectors.demo_city.build import SMALLEST_CITY, build_city
from connectors.demo_city.deliveries_aid import civil_affairs
from connectors.demo_city.deliveries_care import disabled_persons_federation, health, housing
from connectors.demo_city.deliveries_work import hr_social_security
from connectors.demo_city.example_parameters import EXAMPLE_PARAMETERS
from connectors.demo_city.exports import Entry, entries
from connectors.demo_city.offices import Office
from connectors.demo_city.truth import TruthWriter
from connectors.demo_city.writing import Writer

__all__ = ["EXAMPLE_PARAMETERS", "SMALLEST_CITY", "CityReport", "write_city"]

DEPARTMENTS = (civil_affairs, hr_social_security, disabled_persons_federation, health, housing)


@dataclass(frozen=True)
class CityReport:
    """What was written: files in the inbox, physical rows in them (headings and titles included), people."""

    files: int
    rows: int
    people: int


def write_city(
    inbox: Path, *, people: int = 20_000, seed: int = 1, as_of: date = date(2026, 6, 30),
    truth: Path | None = None, damage: float = 1.0,
) -> CityReport:
    """Write the exports of the twelve months that end with the month of `as_of` below inbox/<department>/.

    `damage` scales the shares of damaged records; 0 leaves every record whole. `truth` names a folder for
    rows, persons, findings and planted cases as Parquet. ValueError for fewer than 1 000 people.
    """
    city = build_city(people, seed, as_of)
    teller = TruthWriter(truth)
    writer = Writer(inbox, teller, seed=seed, spared=city.careful, damage=damage)

    def rows(table: str) -> Iterator[Entry]:
        return entries(city, Office(city, table, seed=seed, damage=damage), table)

    for department in DEPARTMENTS:
        writer.write(department(city, rows))
    teller.finish(city)
    return CityReport(writer.files, teller.rows, len(city.people))

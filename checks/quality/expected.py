"""Which expectations there are about a delivery: its figures, and the bounds that fit each of them best."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.quality.bounds import Bound
from checks.quality.judging import Expectation
from checks.quality.tables import Table


@dataclass(frozen=True)
class Figure:
    """One measure of a delivery; column_name None: of the delivery as a whole. basis: rows or cells it stands on."""

    measure: str
    column_name: str | None
    value: float
    basis: int


def expected(
    bounds: Sequence[Bound], table: Table, figures: Iterable[Figure], severities: Sequence[str]
) -> list[Expectation]:
    """The expectations of some severities about one delivery of a table."""
    return [
        Expectation(figure.measure, figure.column_name, bound.severity, bound.side, bound.bound, figure.value)
        for figure in figures
        for bound in _best(_fitting(bounds, table, figure))
        if bound.bound is not None and bound.severity in severities
    ]


def _fitting(bounds: Sequence[Bound], table: Table, figure: Figure) -> Iterator[Bound]:
    column = table.columns.get(figure.column_name) if figure.column_name else None
    for bound in bounds:
        if (
            bound.measure == figure.measure
            and bound.least <= figure.basis
            and bound.source_table in (None, table.name)
            and bound.delivery_kind in (None, table.delivery_kind)
            and bound.column_name in (None, figure.column_name)
            and (bound.types is None or (column is not None and column.type in bound.types))
        ):
            yield bound


def _best(bounds: Iterable[Bound]) -> Iterable[Bound]:
    """Of the bounds of one severity and side the one of the highest rank."""
    best: dict[tuple[str, str], Bound] = {}
    for bound in bounds:
        place = bound.severity, bound.side
        if place not in best or bound.rank > best[place].rank:
            best[place] = bound
    return best.values()

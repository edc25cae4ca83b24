"""The measures of measures.toml: what is taken of which column, and how it is called."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MEASURES_FILE = Path(__file__).parent / "measures.toml"


@dataclass(frozen=True)
class Measure:
    """One measure. value, basis: SQL (empty where it compares another measure, `before`, with earlier deliveries).

    types, columns: of which columns it is taken; both empty: of the delivery or the layer as a whole. absent: also of
    columns that the file lacks. fewest: rows or cells below which it is not taken.
    """

    name: str
    zh: str
    shown: str
    value: str = ""
    basis: str = ""
    types: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    absent: bool = False
    fewest: int = 1
    before: str = ""
    series: bool = False
    layer: bool = False

    @property
    def of_columns(self) -> bool:
        compared = read_measures()[self.before] if self.before else self
        return bool(compared.types or compared.columns)


@cache
def read_measures() -> Mapping[str, Measure]:
    """Every measure by name, those of layers too."""
    content = tomllib.loads(MEASURES_FILE.read_text(encoding="utf-8"))
    return {name: Measure(name=name, **{key: _told(given[key]) for key in given}) for name, given in content.items()}


def _told(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def shown_figure(measure: str, figure: float) -> str:
    """A figure as a person reads it; of a share 3.20%, of a quotient 0.41倍."""
    kind = read_measures()[measure].shown
    if kind == "share":
        return f"{figure:.2%}"
    return f"{figure:,.4g}倍" if kind == "times" else f"{figure:,.10g}"

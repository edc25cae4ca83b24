"""How well the cells of each column of a sheet could be read, kept while the sheet is loaded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from connectors.cast import EMPTY_REQUIRED, Cast

MOST_TEXTS = 200  # distinct unreadable texts remembered per column
COUNTED = ("code", "date", "month")  # of other columns no text is of any use


@dataclass
class ColumnTally:
    """filled: cells that hold something; unread: those of them that could not be read; texts: what they print."""

    filled: int = 0
    unread: int = 0
    texts: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """rows: data rows; columns: by name. The texts stay in memory: they may be anything."""

    rows: int = 0
    columns: dict[str, ColumnTally] = field(default_factory=dict)

    def add(self, name: str, kind: str, cells: pa.StringArray, cast: Cast) -> None:
        """One column of one batch."""
        column = self.columns.setdefault(name, ColumnTally())
        column.filled += len(cells) - cells.null_count
        unread = [row for row, reason in cast.problems if reason != EMPTY_REQUIRED]
        column.unread += len(unread)
        if unread and kind in COUNTED:
            column.texts.update(_within(column.texts, cells.take(pa.array(unread)).value_counts().to_pylist()))


def _within(known: Counter[str], counted: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The counts of texts seen before, and of new ones as long as there is room."""
    room = MOST_TEXTS - len(known)
    kept: dict[str, int] = {}
    for one in counted:
        if one["values"] in known or len(kept) < room:
            kept[one["values"]] = one["counts"]
    return kept

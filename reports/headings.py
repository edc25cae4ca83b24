"""What a sheet column is called and how it is shown. Words come from two lists only, never from SQL."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.dictionary import column_entry
from warehouse.errors import BangfuError

HEADINGS_FILE = Path(__file__).parent / "headings.toml"
KINDS = frozenset(
    ("text", "label", "position", "identifier", "date", "month", "time", "count", "money", "figure", "rate")
    + ("balance", "link", "token", "answer_choice", "answer_text", "answer_date")
)


@dataclass(frozen=True)
class Heading:
    """One column's heading; `width` is the most it may become, in Latin letters."""

    column: str
    zh: str
    kind: str
    width: int
    total: bool = False
    choices: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        return self.kind.startswith("answer_")


@cache
def load_headings() -> dict[str, Heading]:
    """Every heading by column name. Raises BangfuError on an unknown kind."""
    with HEADINGS_FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {column: _heading(column, entry) for column, entry in entries.items()}


def _heading(column: str, entry: dict) -> Heading:
    if entry["kind"] not in KINDS:
        raise BangfuError(
            where=f"reports/headings.toml {column}",
            found=f"不认识的显示方式 {entry['kind']}",
            remedy=f"改为 {'、'.join(sorted(KINDS))} 之一",
        )
    return Heading(
        column=column,
        zh=entry.get("zh") or column_entry("", column).heading,
        kind=entry["kind"],
        width=entry["width"],
        total=entry.get("total", False),
        choices=tuple(entry.get("choices", ())),
    )


def heading_of(column: str) -> Heading:
    """The heading of one column. Raises BangfuError when nobody has given it words."""
    try:
        return load_headings()[column]
    except KeyError:
        raise BangfuError(
            where="reports/headings.toml", found=f"列 {column} 没有表头", remedy=f"增加一行 {column} = {{ zh = … }}"
        ) from None

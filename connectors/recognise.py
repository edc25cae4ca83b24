"""Which table is this sheet, and where is its heading? Decided by headings; names help only where two tables fit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from connectors.archive import unique_names
from connectors.contract import Column, Contract
from connectors.headings import Folded, Match, accepted_headings, fold, match, plain

SEARCH_ROWS = 40
CLOSE = 0.9  # a second table within a tenth of the best fits as well
_TITLE_ENDING = re.compile(r"(登记|信息|花名册|名册|明细|对象|台账|结果|表)+$")
Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Source:
    """A column of the sheet that carries a column of the contract."""

    position: int
    printed: str
    unit: str | None


@dataclass(frozen=True)
class Fit:
    """How one contract fits one heading (one or two rows of the sheet, counted from 0)."""

    contract: Contract
    rows: tuple[int, ...]
    sources: Mapping[str, tuple[Source, ...]]
    printed: tuple[str, ...]
    score: float
    distinctive: bool

    @property
    def missing(self) -> list[str]:
        return [column.name for column in self.contract.required if column.name not in self.sources]

    @property
    def positions(self) -> frozenset[int]:
        return frozenset(source.position for sources in self.sources.values() for source in sources)


@dataclass(frozen=True)
class Unrecognised:
    """No table, or more than one. best: the nearest contract; rivals: the ones that fit equally well.

    below: the first rows under the heading of `best`.
    """

    best: Fit | None
    rivals: tuple[Fit, ...] = ()
    looks_like_table: bool = False
    below: Rows = ()


@dataclass
class Recogniser:
    """All contracts' headings, ready for look-up."""

    contracts: Mapping[str, Contract]
    _accepted: dict[str, dict[str, Column]] = field(init=False)

    def __post_init__(self) -> None:
        self._accepted = {table: accepted_headings(contract) for table, contract in self.contracts.items()}
        self._words = {word for accepted in self._accepted.values() for word in accepted}
        self._beginnings = {word[:size] for word in self._words for size in range(1, len(word))}
        self.matches = cache(self._matches)

    def _matches(self, heading: str) -> dict[str, Match]:
        """Table -> what the heading means there."""
        folded = fold(heading)
        if folded is None or not self._may_match(folded):
            return {}
        found = ((table, match(folded, accepted)) for table, accepted in self._accepted.items())
        return {table: hit for table, hit in found if hit}

    def _may_match(self, folded: Folded) -> bool:
        """Cheap, and false for nearly every cell of data."""
        known = folded.text in self._words or folded.base in self._words
        return known or (folded.cut and folded.text in self._beginnings)

    def recognise(self, rows: Rows, *, department: str | None, names: str) -> Fit | Unrecognised:
        """`rows`: the first rows of the sheet. `names`: folder, file and sheet name, for the case that two fit."""
        fits = self._best_fits(rows)
        whole = [one for one in fits if not one.missing]
        if not whole:
            best = max(fits, key=lambda one: _likely(one, department, names, rows), default=None)
            return _not_whole(best, rows)
        remaining = [one for one in whole if not any(one.positions < other.positions for other in whole)]
        top = max(one.score for one in remaining)
        remaining = [one for one in remaining if one.score >= top * CLOSE]
        chosen = _by_names(remaining, department, f"{names} {_titles(rows, remaining)}")
        if len(chosen) > 1:
            return Unrecognised(chosen[0], tuple(chosen), looks_like_table=True)
        return self._trusted(chosen[0], fits, department, rows)

    def _trusted(self, chosen: Fit, fits: Sequence[Fit], department: str | None, rows: Rows) -> Fit | Unrecognised:
        """A list whose headings belong to many tables is not believed in another department's folder.

        Nor where another table, but for a column it misses, would explain more of the headings: payments whose
        kind of benefit was renamed have all the columns of pensions.
        """
        if chosen.distinctive:
            return chosen
        fuller = [one for one in fits if chosen.positions < one.positions]
        foreign = department not in (None, chosen.contract.department)
        own = [one for one in fits if foreign and one.contract.department == department]
        if not foreign and not fuller:
            return chosen
        return replace(_not_whole(max(own or fuller, key=_nearness, default=chosen), rows), looks_like_table=True)

    def _best_fits(self, rows: Rows) -> list[Fit]:
        best: dict[str, Fit] = {}
        for one in self._all_fits(rows):
            table = one.contract.table
            if table not in best or _nearness(one) > _nearness(best[table]):
                best[table] = one
        return list(best.values())

    def _all_fits(self, rows: Rows) -> Iterator[Fit]:
        """One-row headings first: two rows must match more to be preferred."""
        head = rows[:SEARCH_ROWS]
        found = [index for index, row in enumerate(head) if self._hits(row) >= 2]
        for index in found:
            yield from self._fits((index,), [(cell or "",) for cell in head[index]])
        for index in sorted({index + step for index in found for step in (-1, 0)}):
            if not 0 <= index < len(head) - 1:
                continue
            stacked = _stacked(head[index], head[index + 1])
            if self._adds(stacked, head, index):
                yield from self._fits((index, index + 1), stacked)
                yield from self._fits((index, index + 1), [choice[::-1] for choice in stacked])

    def _adds(self, stacked: Sequence[tuple[str, ...]], head: Rows, index: int) -> bool:
        """Whether two rows together say more than either alone: cheap, and false for nearly every pair."""
        together = sum(1 for texts in stacked if any(text and self.matches(text) for text in texts))
        joined = any(len(texts) > 1 and self.matches(texts[0]) for texts in stacked if texts[0] != texts[-1])
        return joined or together > max(self._hits(head[index]), self._hits(head[index + 1]))

    def _hits(self, row: Sequence[str | None]) -> int:
        return sum(1 for cell in row if cell and self.matches(cell))

    def _fits(self, rows: tuple[int, ...], choices: Sequence[tuple[str, ...]]) -> Iterator[Fit]:
        hits = [[(text, self.matches(text)) for text in texts if text] for texts in choices]
        for table in sorted({table for options in hits for _, found in options for table in found}):
            yield self._fit(table, rows, hits)

    def _fit(self, table: str, rows: tuple[int, ...], hits: list[list[tuple[str, dict[str, Match]]]]) -> Fit:
        sources: dict[str, tuple[Source, ...]] = {}
        weights: dict[str, float] = {}
        printed: list[str] = []
        unused = self.contracts[table].unused
        for position, options in enumerate(hits):
            text, found = next((option for option in options if table in option[1]), (options or [("", {})])[-1])
            printed.append(text)
            if (hit := found.get(table)) and not (unused and plain(unique_names(printed)[-1]) in unused):
                sources[hit.column] = (*sources.get(hit.column, ()), Source(position, text, hit.unit))
                weights[hit.column] = max(weights.get(hit.column, 0.0), 1 / len(found))
        distinctive = any(weight == 1 for weight in weights.values())
        return Fit(self.contracts[table], rows, sources, tuple(printed), sum(weights.values()), distinctive)


def _stacked(upper: Sequence[str | None], lower: Sequence[str | None]) -> list[tuple[str, ...]]:
    """Two heading rows: group + detail joined, else the detail, else (merged downwards) the group."""
    choices: list[tuple[str, ...]] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        choices.append((group + below, below) if below else (above or "",))
    return choices


def _nearness(one: Fit) -> tuple[bool, int, float, int, int]:
    return not one.missing, len(one.sources), one.score, -len(one.rows), -one.rows[0]


def _likely(one: Fit, department: str | None, names: str, rows: Rows) -> tuple[int, tuple[bool, int, float, int, int]]:
    """Which table a sheet that is none was meant to be: folder and names count like columns."""
    return len(one.sources) + _hints(one, department, f"{names} {_titles(rows, [one])}"), _nearness(one)


def _not_whole(best: Fit | None, rows: Rows) -> Unrecognised:
    if best is None:
        return Unrecognised(None)
    return Unrecognised(best, looks_like_table=_half(best), below=rows[best.rows[-1] + 1 :])


def _half(one: Fit) -> bool:
    return 2 * len(one.missing) <= len(one.contract.required) and len(one.sources) >= 2


def _titles(rows: Rows, fits: Sequence[Fit]) -> str:
    return " ".join(cell for row in rows[: fits[0].rows[0]] for cell in row if cell)


def _by_names(fits: Sequence[Fit], department: str | None, names: str) -> list[Fit]:
    """Those that folder and names speak for most; one alone needs no witness."""
    most = max(_hints(one, department, names) for one in fits)
    return [one for one in fits if _hints(one, department, names) == most]


def _hints(one: Fit, department: str | None, names: str) -> int:
    title = plain(one.contract.title)
    words = (title, _TITLE_ENDING.sub("", title), one.contract.table)
    return (one.contract.department == department) + 2 * any(word and word in plain(names) for word in words)

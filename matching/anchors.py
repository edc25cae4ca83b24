"""Whose number is it? One name owns a number; the other names written beside it agree or do not.

The owner is a name that nothing speaks against (the row's own sex and birth date, a number of its own in
the same home), among several the one that most offices write. A namesake somewhere in the city decides only
between names that equally many offices write: in a large city nearly every name has one. Each other name
is compared with the owner's alone: no chains.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from matching.compare import STRONG, agreement
from matching.names import WILDCARD, Name, fold_name

# Classes in which two names are two writings of one. A relative's name can be one character apart.
SAME_NAME = (*STRONG, "homophone", "glyph")


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind one name at one number; see sql/several_names.sql. A number is its first 17 digits."""

    number_no: int
    folded: str
    display: str
    departments: int
    tables: int
    identities: int
    is_borrowed: bool
    conflicts: bool
    is_confirmed: bool
    is_vouched: bool = False
    is_elsewhere: bool = False
    has_namesake: bool = False
    name_no: int = 0

    @property
    def against(self) -> tuple[bool, bool, bool]:
        """What makes another name likelier to be the owner's; False is good."""
        return (self.is_borrowed, self.conflicts and not self.is_confirmed, self.is_elsewhere and not self.is_vouched)

    @property
    def weight(self) -> tuple[bool | int, ...]:
        whole = WILDCARD not in self.folded
        good = tuple(not against for against in self.against)
        return (
            *good, self.is_vouched, self.is_confirmed, self.departments, not self.has_namesake, self.tables, whole,
            self.identities,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One name at one number: its agreement with the owner's name, and whether the owner is beyond doubt."""

    number_no: int
    name_no: int
    agreement: str
    is_clear: bool


def standings(supports: Iterable[Support]) -> Iterator[Standing]:
    """Judge every number; `supports` must be sorted by number."""
    for _, group in groupby(supports, key=lambda support: support.number_no):
        yield from _judge(list(group))


def _judge(supports: list[Support]) -> Iterator[Standing]:
    supports = _spelled(supports)
    candidates = [support for support in supports if support.folded and not support.is_borrowed]
    if not candidates:
        yield from (Standing(one.number_no, one.name_no, "disagree", False) for one in supports)
        return
    owner = max(candidates, key=lambda support: (support.weight, len(support.folded), support.folded))
    owner_name = fold_name(owner.display)
    classes = {support.folded: _compared(owner_name, support) for support in supports}
    strangers = [support for support in supports if classes[support.folded] not in SAME_NAME]
    is_clear = all(_clearly_outweighs(owner, supports, classes, stranger) for stranger in strangers)
    for support in supports:
        yield Standing(support.number_no, support.name_no, classes[support.folded], is_clear)


def _spelled(supports: list[Support]) -> list[Support]:
    """Two spellings of one name at one number are one person: a namesake next door says nothing between them."""
    suspected = [support for support in supports if support.is_elsewhere or support.has_namesake]
    for one in suspected:
        name = fold_name(one.display)
        others = (fold_name(other.display) for other in supports if other is not one and not other.is_borrowed)
        if any(agreement(name, other) in SAME_NAME for other in others):
            supports = [replace(s, is_elsewhere=False, has_namesake=False) if s is one else s for s in supports]
    return supports


def _compared(owner: Name, support: Support) -> str:
    return "exact" if support.folded == owner.folded else agreement(owner, fold_name(support.display))


def _clearly_outweighs(owner: Support, supports: list[Support], classes: dict[str, str], stranger: Support) -> bool:
    """More offices than the stranger, or nothing against the owner where something is against the stranger."""
    if stranger.is_borrowed or not stranger.folded:
        return True
    own = [support for support in supports if classes[support.folded] in STRONG]
    departments = max(support.departments for support in own)
    tables = max(support.tables for support in own)
    if any(stranger.against) and not any(owner.against):
        return True
    if departments > stranger.departments:
        return True
    return departments == stranger.departments and tables > stranger.tables + 1

"""Whose number is it? One name owns a number; the other names written beside it agree or do not.

The owner is a name that nothing speaks against (the row's own sex and birth date, a number of its own
elsewhere), among several the one that most offices write. Each other name is compared with the owner's
alone: no chains.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from matching.compare import STRONG, agreement
from matching.names import WILDCARD, Name, fold_name


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind one name at one number; see sql/support.sql."""

    number: str
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

    @property
    def against(self) -> tuple[bool, bool, bool]:
        """What makes another name likelier to be the owner's; False is good."""
        return (self.is_borrowed, self.conflicts and not self.is_confirmed, self.is_elsewhere and not self.is_vouched)

    @property
    def weight(self) -> tuple[bool | int, ...]:
        whole = WILDCARD not in self.folded
        good = tuple(not against for against in self.against)
        return (*good, self.is_vouched, self.is_confirmed, self.departments, self.tables, whole, self.identities)


@dataclass(frozen=True, slots=True)
class Standing:
    """One name at one number: its agreement with the owner's name, and whether the owner is beyond doubt."""

    number: str
    folded: str
    agreement: str
    is_clear: bool


def standings(supports: Iterable[Support]) -> Iterator[Standing]:
    """Judge every number; `supports` must be sorted by number."""
    for number, group in groupby(supports, key=lambda support: support.number):
        yield from _judge(number, list(group))


def _judge(number: str, supports: list[Support]) -> Iterator[Standing]:
    candidates = [support for support in supports if support.folded and not support.is_borrowed]
    if not candidates:
        yield from (Standing(number, support.folded, "disagree", False) for support in supports)
        return
    owner = max(candidates, key=lambda support: (support.weight, len(support.folded), support.folded))
    owner_name = fold_name(owner.display)
    classes = {support.folded: _compared(owner_name, support) for support in supports}
    strangers = [support for support in supports if classes[support.folded] == "disagree"]
    is_clear = all(_clearly_outweighs(owner, supports, classes, stranger) for stranger in strangers)
    for support in supports:
        yield Standing(number, support.folded, classes[support.folded], is_clear)


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

"""Records without a reliable number that agree with one another become one person.

Only records of the same name meet here, group by group, strongest agreement first. A group joins as
a whole if nothing in it contradicts anything else; if something does, only records that share one
known birth date join, because a record that fits two people fits neither.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby

from rapidfuzz.distance import Levenshtein

# Two damaged writings of one number can differ by a slip in each and a cut end.
FARTHEST_DIGITS = 4


@dataclass(slots=True)
class Evidence:
    """What the records of one cluster say; several values in a set are several witnesses."""

    sexes: set[str] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    digits: set[str] = field(default_factory=set)

    def add(self, other: "Evidence") -> None:
        self.sexes |= other.sexes
        self.births |= other.births
        self.digits |= other.digits

    def agrees(self, other: "Evidence") -> bool:
        if len(self.sexes | other.sexes) > 1 or len(self.births | other.births) > 1:
            return False
        return all(Levenshtein.distance(a, b) <= FARTHEST_DIGITS for a in self.digits for b in other.digits)


class Clusters:
    """Union-find over identities that carries the evidence of each cluster at its root."""

    def __init__(self, records: Iterable[tuple[int, str | None, date | None, str | None]]) -> None:
        self._parent: dict[int, int] = {}
        self._evidence: dict[int, Evidence] = {}
        for identity, sex, birth, digits in records:
            self._parent[identity] = identity
            self._evidence[identity] = Evidence(
                {sex} if sex else set(), {birth} if birth else set(), {digits} if digits else set()
            )

    def root(self, identity: int) -> int:
        while self._parent[identity] != identity:
            self._parent[identity] = self._parent[self._parent[identity]]
            identity = self._parent[identity]
        return identity

    def meet(self, identities: Iterable[int]) -> None:
        """Join one group, or those of it that share a known birth date if the group contradicts itself."""
        roots = sorted({self.root(identity) for identity in identities})
        if self._all_agree(roots):
            self._join(roots)
            return
        dated = sorted((min(self._evidence[root].births), root) for root in roots if self._evidence[root].births)
        for _, same_day in groupby(dated, key=lambda pair: pair[0]):
            group = [root for _, root in same_day]
            if self._all_agree(group):
                self._join(group)

    def joined(self) -> Iterator[tuple[int, int]]:
        """(identity, smallest identity of its cluster) for clusters of two and more."""
        members: dict[int, list[int]] = {}
        for identity in self._parent:
            members.setdefault(self.root(identity), []).append(identity)
        for group in members.values():
            if len(group) > 1:
                yield from ((identity, min(group)) for identity in group)

    def _all_agree(self, roots: list[int]) -> bool:
        evidence = [self._evidence[root] for root in roots]
        return all(a.agrees(b) for a, b in combinations(evidence, 2))

    def _join(self, roots: list[int]) -> None:
        for other in roots[1:]:
            self._parent[other] = roots[0]
            self._evidence[roots[0]].add(self._evidence.pop(other))


def join_records(
    records: Iterable[tuple[int, str | None, date | None, str | None]], members: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Join `records` (identity, sex, birth, digits) by `members` (group, identity), sorted by group."""
    clusters = Clusters(records)
    for _, group in groupby(members, key=lambda member: member[0]):
        clusters.meet(identity for _, identity in group)
    return sorted(clusters.joined())

"""What people have decided about pairs outranks the machine, at every run again.

'same' joins two clusters (a number of its own wins; of two, the left one), 'different' takes the
right side out of a common cluster, 'unsure' only marks the question. Of two answers about the same
pair the later one counts. A cluster is the first 17 digits of a person's number, or below zero the smallest
identity of a person without one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

CERTAIN_ROUND = "judgement"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer; keys are 'number:…' or 'identity:…', as in identity.judgement."""

    left: str
    right: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an identity stands: its cluster, and how it came there."""

    identity: int
    cluster: int
    round: str
    is_certain: bool
    is_strong: bool


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The last answer for each pair; `judgements` must be in the order in which they were given."""
    last = {tuple(sorted((judgement.left, judgement.right))): judgement for judgement in judgements}
    return list(last.values())


class Places:
    """The places that some answer may change, changed answer by answer."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._before = {place.identity: place for place in places}
        self._places = dict(self._before)
        self._named: dict[str, set[int]] = defaultdict(set)
        self._members: dict[int, set[int]] = defaultdict(set)
        for place in self._places.values():
            self._members[place.cluster].add(place.identity)
            self._named[f"identity:{place.identity}"].add(place.identity)
            if place.cluster > 0:
                self._named[f"number:{place.cluster}"].add(place.identity)

    def apply(self, judgement: Judgement) -> None:
        left, right = self._identities(judgement.left), self._identities(judgement.right)
        if not left or not right or judgement.verdict == "unsure":
            return
        if judgement.verdict == "same":
            self._join(left, right)
        else:
            self._part(left, right)

    def changed(self) -> list[Place]:
        """The places that the answers have moved or made certain."""
        return [place for identity, place in sorted(self._places.items()) if place != self._before[identity]]

    def _identities(self, key: str) -> set[int]:
        """A number is known by its first 17 digits: the 18th follows from them."""
        return self._named[key[:24] if key.startswith("number:") else key]

    def _join(self, left: set[int], right: set[int]) -> None:
        clusters = sorted({self._places[identity].cluster for identity in left | right}, key=_order)
        own = [self._places[identity].cluster for identity in sorted(left)]
        target = next((cluster for cluster in [*own, *clusters] if cluster > 0), clusters[0])
        for cluster in clusters:
            if cluster != target:
                self._move(self._members[cluster], target, "agreeing_records")
        for identity in sorted(left | right):
            place = self._places[identity]
            if not place.is_certain:
                self._places[identity] = replace(place, round=CERTAIN_ROUND, is_certain=True)

    def _part(self, left: set[int], right: set[int]) -> None:
        shared = {self._places[identity].cluster for identity in left}
        # A key may name the whole of which the other names a part: then the part leaves.
        moving = right if right <= left else left if left < right else right - left
        leaving = {identity for identity in moving if self._places[identity].cluster in shared}
        if leaving:
            weak_round = "single_record" if len(leaving) == 1 else "agreeing_records"
            self._move(leaving, -min(leaving), weak_round)

    def _move(self, identities: set[int], target: int, weak_round: str) -> None:
        for identity in sorted(identities):
            place = self._places[identity]
            self._members[place.cluster] = self._members[place.cluster] - {identity}
            self._members[target].add(identity)
            keeps = place.is_certain and target > 0
            self._places[identity] = replace(
                place, cluster=target, is_certain=keeps, is_strong=False, round=place.round if keeps else weak_round
            )


def _order(cluster: int) -> tuple[bool, int]:
    return (cluster < 0, abs(cluster))

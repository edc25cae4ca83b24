"""What people have decided about pairs outranks the machine, at every run again.

'same' joins two clusters (a number of its own wins; of two, the left one), 'different' takes the
right side out of a common cluster, 'unsure' only marks the question. Of two answers about the same
pair the later one counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

CERTAIN_ROUND = "judgement"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer; keys are 'P…', 'number:…' or 'identity:…', as in identity.judgement."""

    left: str
    right: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an identity stands: its cluster, how it came there, its last person, the number it claims."""

    identity: int
    cluster: str
    round: str
    is_certain: bool
    is_strong: bool
    person_id: str | None
    number: str | None


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The last answer for each pair; `judgements` must be in the order in which they were given."""
    last = {tuple(sorted((judgement.left, judgement.right))): judgement for judgement in judgements}
    return list(last.values())


class Places:
    """All places, changed answer by answer."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.identity: place for place in places}
        self._named: dict[str, set[int]] = defaultdict(set)
        self._members: dict[str, set[int]] = defaultdict(set)
        for place in self._places.values():
            self._members[place.cluster].add(place.identity)
            self._named[f"identity:{place.identity}"].add(place.identity)
            self._named[f"number:{place.number}"].add(place.identity)
            self._named[str(place.person_id)].add(place.identity)

    def apply(self, judgement: Judgement) -> None:
        left, right = self._named[judgement.left], self._named[judgement.right]
        if not left or not right or judgement.verdict == "unsure":
            return
        if judgement.verdict == "same":
            self._join(left, right)
        else:
            self._part(left, right)

    def changed(self) -> list[Place]:
        return [self._places[identity] for identity in sorted(self._places)]

    def _join(self, left: set[int], right: set[int]) -> None:
        clusters = sorted({self._places[identity].cluster for identity in left | right})
        own = [self._places[identity].cluster for identity in sorted(left)]
        target = next((cluster for cluster in [*own, *clusters] if cluster.startswith("number:")), clusters[0])
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
            self._move(leaving, f"identity:{min(leaving)}", weak_round)

    def _move(self, identities: set[int], target: str, weak_round: str) -> None:
        for identity in sorted(identities):
            place = self._places[identity]
            self._members[place.cluster] = self._members[place.cluster] - {identity}
            self._members[target].add(identity)
            keeps = place.is_certain and target.startswith("number:")
            self._places[identity] = replace(
                place, cluster=target, is_certain=keeps, is_strong=False, round=place.round if keeps else weak_round
            )

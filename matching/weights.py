"""Weights learned from the links that need no guess: the number teaches the rest.

Fellegi & Sunter (1969), "A Theory for Record Linkage", in log2: a field's weight is log2(m / u), where m is how often
two records of one person stand at that level and u how often records of two people do. m is counted, office by
office, over records that a valid number and a name have put together; u over all pairs of people with a number, and
apart from that over pairs of people who share a home: a stranger and a brother agree by chance in different ways.
The counts of a small city say little, so each share starts from a prior worth a few observations.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# What an office's own counts are mixed with: all offices together, worth so many observations.
OFFICE_STRENGTH = 200.0
# The priors are worth so many observations; where strangers agree once in a million, so many pairs.
PRIOR_STRENGTH = 50.0
RARE_STRENGTH = 1_000_000.0
RARE_FIELDS = ("number", "birth")
# Names, phones and addresses are weighed by how many share this very value, in a population of at least this size:
# a sample of three people does not make a rare name common.
SMALLEST_POPULATION = 20_000

# Prior shares: (same person, two strangers, two people of one home). Orders of magnitude are enough. A stranger's share
# of None is the frequency of the very value.
PRIOR: dict[str, dict[str, tuple[float, float | None, float]]] = {
    "name": {
        "exact": (0.97, None, 2e-4), "variant": (5e-3, None, 1e-4), "prefix": (1e-3, None, 1e-4),
        "wildcard": (3e-3, None, 1e-3), "homophone": (8e-3, None, 2e-3), "glyph": (4e-3, 2e-4, 4e-3),
        "swapped": (1e-3, 1e-4, 2e-3), "married": (1e-3, 1e-4, 2e-3), "one_character": (4e-3, 2e-3, 6e-2),
        "partial": (1e-3, 2e-4, 2e-3), "disagree": (1e-3, 0.99, 0.9),
    },
    "birth": {
        "equal": (0.97, 4e-5, 4e-3), "close": (0.02, 4e-3, 0.03), "different": (0.01, 0.98, 0.93),
        "month": (0.97, 1.3e-3, 5e-3), "month_away": (0.03, 1.0, 1.0),
        "year": (0.97, 1.6e-2, 3e-2), "year_away": (0.03, 0.98, 0.97),
    },
    "sex": {"equal": (0.995, 0.5, 0.5), "different": (0.005, 0.5, 0.5)},
    "number": {
        "slip": (0.45, 1e-7, 3e-4), "truncated": (0.2, 1e-6, 5e-4), "rounded": (0.2, 1e-6, 5e-4),
        "near": (0.05, 1e-5, 4e-3), "far": (0.1, 1.0, 1.0),
        "masked": (0.95, 1e-5, 3e-3), "masked_away": (0.05, 1.0, 1.0),
        "tail": (0.95, 1e-4, 3e-3), "tail_away": (0.05, 1.0, 1.0),
        "glimpsed": (0.95, 0.3, 0.7), "glimpsed_away": (0.05, 0.7, 0.3),
        "choice": (0.9, 1e-6, 0.3), "neither": (0.1, 1.0, 0.7),
    },
    "phone": {"agree": (0.6, None, 0.5), "differ": (0.4, 1.0, 0.5)},
    "address": {"agree": (0.6, None, 0.5), "differ": (0.4, 1.0, 0.5)},
    "family": {"agree": (0.9, None, 0.9), "differ": (0.1, 1.0, 0.1)},
    "owner": {"agree": (0.5, None, 0.5)},
}  # fmt: skip
# The same for an unknown twin of the person, who has the birth date and nearly the number: no export tells how often
# two such records meet, so these stay as they are. A level not listed speaks neither way.
TWIN = {
    "name": {
        "exact": 1e-3, "variant": 1e-3, "prefix": 1e-3, "wildcard": 0.05, "homophone": 0.03, "glyph": 0.05,
        "swapped": 0.02, "married": 1e-3, "one_character": 0.5, "partial": 0.3,
    },
    "number": {
        "slip": 0.15, "truncated": 1.0, "rounded": 0.3, "near": 0.8, "masked": 0.02, "tail": 0.02, "choice": 0.01,
    },
    "birth": {"equal": 0.99, "close": 5e-3, "different": 5e-3, "month": 0.99, "year": 0.99},
    "sex": {"equal": 0.67, "different": 0.33},
}  # fmt: skip
# Levels that are shares of one whole: a masked number is compared with what it shows alone, a birth year with a year.
_WHOLES = {
    "number": (
        ("slip", "truncated", "rounded", "near", "far"), ("masked", "masked_away"), ("tail", "tail_away"),
        ("glimpsed", "glimpsed_away"),
        ("choice", "neither"),
    ),
    "birth": (("equal", "close", "different"), ("month", "month_away"), ("year", "year_away")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """`count` comparisons of `field` stood at `level`; `office` is a bit, 0 where the office does not matter."""

    field: str
    level: str
    office: int
    count: float


@dataclass(frozen=True, slots=True)
class Weight:
    """Shares of one level in one office (0: any other); `u` is None where the value's own frequency stands in, `twin`
    where a twin's record would say the same."""

    field: str
    level: str
    office: int
    m: float
    u: float | None
    home: float
    twin: float | None


def learn(same: Iterable[Seen], strangers: Iterable[Seen], household: Iterable[Seen]) -> list[Weight]:
    """The share of every level, office by office and pooled, from counted comparisons.

    `strangers` and `household` hold comparisons of two different people; `same` those of one.
    """
    matches = list(same)
    pooled = _shares(matches, _prior(0), dict.fromkeys(PRIOR, PRIOR_STRENGTH))
    rare = {field: RARE_STRENGTH if field in RARE_FIELDS else PRIOR_STRENGTH for field in PRIOR}
    apart = _shares(strangers, _prior(1), rare)
    home = _shares(household, _prior(2), dict.fromkeys(PRIOR, PRIOR_STRENGTH))
    by_office = defaultdict(list)
    for seen in matches:
        by_office[seen.office].append(seen)
    offices = {0: pooled} | {
        office: _shares(counted, pooled, dict.fromkeys(PRIOR, OFFICE_STRENGTH))
        for office, counted in sorted(by_office.items())
    }
    return [
        _weight(field, level, office, own[field][level], apart[field].get(level), home[field][level])
        for office, own in offices.items() for field, levels in PRIOR.items() for level in levels
    ]  # fmt: skip


def _prior(place: int) -> dict[str, dict[str, float]]:
    """One column of PRIOR, without the levels that have none."""
    columns = {field: {level: three[place] for level, three in levels.items()} for field, levels in PRIOR.items()}
    return {
        field: {level: share for level, share in levels.items() if share is not None}
        for field, levels in columns.items()
    }


def _weight(field: str, level: str, office: int, m: float, u: float | None, home: float) -> Weight:
    return Weight(field, level, office, m, u, home, TWIN.get(field, {}).get(level))


def _shares(
    seen: Iterable[Seen], prior: dict[str, dict[str, float]], strength: dict[str, float]
) -> dict[str, dict[str, float]]:
    counts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for one in seen:
        counts[one.field, one.level] += one.count
    shares: dict[str, dict[str, float]] = {}
    for field, levels in prior.items():
        shares[field] = {}
        for level, share in levels.items():
            whole = sum(counts[field, other] for other in _whole(field, level, levels))
            shares[field][level] = (counts[field, level] + strength[field] * share) / (whole + strength[field])
    return shares


def _whole(field: str, level: str, levels: Iterable[str]) -> Iterable[str]:
    """Levels that exclude one another with this one: their counts make the whole of which `level` is a share."""
    return next((whole for whole in _WHOLES.get(field, ()) if level in whole), levels)

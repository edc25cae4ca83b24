"""Example values for what the policy leaves open, so that a demo home can show every rule at work.

None of them is an official figure; each says so where a citation would stand. The named amounts are in fen, as all
money of the demo city. Left unset on purpose, so that a demo shows what an unset parameter looks like: the premium of
care insurance, and from which burden on people are handed to charities.
"""

from datetime import date
from typing import Any

EXAMPLE = "示例值，仅供演示，非官方口径"

Dated = tuple[tuple[date, int], ...]
OWN_BURDEN, FAMILY_BURDEN = 3_000_000, 5_000_000
DIBAO_STANDARD: Dated = (
    (date(2022, 7, 1), 104_500), (date(2023, 7, 1), 109_500), (date(2024, 7, 1), 113_000), (date(2025, 7, 1), 117_000),
)
MINIMUM_WAGE: Dated = ((date(2024, 1, 1), 249_000), (date(2026, 1, 1), 266_000))
LOWEST_BASE: Dated = ((date(2024, 7, 1), 449_400), (date(2026, 1, 1), 487_900))
FLEXIBLE_PER_CENT = 28
WORK_COST = 30_000
# 合规自费 of a calendar year above so much, and the per cent of it that is paid.
AID_TIERS = ((0, 50), (500_000, 60), (2_000_000, 75))
LONG_SINCE = date(2024, 1, 1)


def in_force(values: Dated, day: date) -> int:
    """The value of that day; LookupError before the first."""
    past = [value for since, value in values if since <= day]
    if not past:
        raise LookupError(f"no value yet on {day}")
    return past[-1]


def _since(first: date, value: float, **more: Any) -> dict[str, Any]:
    return {"valid_from": first, "value": value, **more, "cite": EXAMPLE}


def _tier(above: int, per_cent: int) -> dict[str, Any]:
    return {"valid_from": LONG_SINCE, "per": "year", "above": above // 100, "share": per_cent / 100, "cite": EXAMPLE}


EXAMPLE_PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "dibao_standard": [_since(since, fen // 100) for since, fen in DIBAO_STANDARD],
    "minimum_wage": [_since(since, fen // 100) for since, fen in MINIMUM_WAGE],
    "minimum_contribution_base": [_since(since, fen // 100) for since, fen in LOWEST_BASE],
    "flexible_contribution_rate": [_since(LONG_SINCE, FLEXIBLE_PER_CENT / 100)],
    "necessary_work_cost": [_since(LONG_SINCE, WORK_COST // 100)],
    "medical_aid_tiers": [_tier(above, per_cent) for above, per_cent in AID_TIERS],
    "medical_burden_threshold": [
        _since(LONG_SINCE, OWN_BURDEN // 100, scope="own"), _since(LONG_SINCE, FAMILY_BURDEN // 100, scope="household"),
    ],
}

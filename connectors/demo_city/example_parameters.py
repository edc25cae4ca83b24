"""Example values for what the policy leaves open, so that a demo home can show every rule at work.

None of them is an official figure; each says so where a citation would stand.
"""

from datetime import date
from typing import Any

EXAMPLE = "示例值，仅供演示，非官方口径"


def _since(first: date, value: float, **more: Any) -> dict[str, Any]:
    return {"valid_from": first, "value": value, **more, "cite": EXAMPLE}


EXAMPLE_PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "dibao_standard": [_since(date(2024, 7, 1), 1130), _since(date(2025, 7, 1), 1170)],
    "minimum_wage": [_since(date(2024, 1, 1), 2490), _since(date(2026, 1, 1), 2660)],
    "medical_burden_threshold": [
        _since(date(2024, 1, 1), 30_000, scope="own"), _since(date(2024, 1, 1), 50_000, scope="household"),
    ],
}

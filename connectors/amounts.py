"""Amounts and measures, exact in Decimal. The unit comes from the heading; one printed in the cell overrules it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from connectors.values import BLANK, Problem, Reading, Value, clean, is_blank

FEN = Decimal("0.01")
LARGEST = Decimal("9999999999.99")  # decimal(12, 2)
# How many places the point moves to give yuan.
UNITS = {"元": 0, "万元": 4, "千元": 3, "角": -1, "分": -2}
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"  # a database prints half a yuan as .5
_YUAN = re.compile(rf"(-|\+)?(?:¥|￥|rmb|cny|人民币)?(-)?({_PLAIN})(万元|万|千元|元整|元/月|元|块|角|分)?")
_CELL_UNITS = {**UNITS, "万": 4, "元整": 0, "元/月": 0, "块": 0}
_MEASURE = re.compile(rf"({_PLAIN})(?:m2|㎡|平方米|平米|平方)?")


def read_yuan(text: str, unit: str = "元") -> Reading:
    """An amount in yuan. `unit` is the heading's: 元, 万元, 千元, 角 or 分."""
    cleaned = clean(text).replace(" ", "").replace("−", "-")
    if is_blank(cleaned):
        return BLANK
    found = _YUAN.fullmatch(cleaned.lower())
    if not found or (found[1] and found[2]):
        return Problem("不是金额")
    sign = -1 if "-" in (found[1], found[2]) else 1
    places = _CELL_UNITS[found[4]] if found[4] else UNITS[unit]
    return _bounded(sign * Decimal(found[3].replace(",", "")).scaleb(places), "金额")


def read_measure(text: str) -> Reading:
    """A plain number of square metres or the like."""
    cleaned = clean(text).replace(" ", "")
    if is_blank(cleaned):
        return BLANK
    found = _MEASURE.fullmatch(cleaned.lower())
    return _bounded(Decimal(found[1].replace(",", "")), "数值") if found else Problem("不是数值")


def _bounded(amount: Decimal, what: str) -> Reading:
    """Computed averages print many decimals: halves go up, as in bookkeeping; nothing else is lost."""
    if abs(amount) > LARGEST:
        return Problem(f"{what}过大")
    return Value(amount.quantize(FEN, rounding=ROUND_HALF_UP))

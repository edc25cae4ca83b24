"""Accidents of single rows and columns: unreadable cells, rows pasted twice, keys used twice, numbers made numeric."""

from random import Random
from typing import TYPE_CHECKING, Any

from connectors.demo_city.exports import Form
from connectors.demo_city.number_damage import rounded, truncated

if TYPE_CHECKING:
    from connectors.demo_city.layout import Mark

# How a required cell is made unreadable, by its kind; the first kind the table has is taken.
UNREADABLE = {"month": "2026年13月", "date": "2026-02-30", "yuan": "待定", "code": "未知类型", "text": None}
# The optional cell that may stay unknown without losing the row.
UNKNOWN = {"assistance_roster": ("person_amount", "待定"), "employment": ("monthly_wage", "面议")}
# The cell in which a second row under the same key differs.
CORRECTED = {
    "assistance_roster": ("phone", "13900000000"), "contributions": ("base", "9999"),
    "employment": ("monthly_wage", "9999"), "medical_settlements": ("hospital", "市妇幼保健所"),
    "family_doctor_contracts": ("team", "巡回医疗队"), "disability_certificates": ("phone", "13900000001"),
}
ROWS_PER_ACCIDENT = 4_000
SMALLEST_FILE = 10

Body = list[tuple[list[Any], "Mark"]]


def number_cell(cell: Any, label: str, way: str) -> tuple[Any, str]:
    """A resident number kept as a number: Excel's fifteen digits, or a double's nearest value."""
    if not isinstance(cell, str) or len(cell) != 18 or not (cell.isascii() and cell.isdigit()):
        return cell, label
    kept = truncated(cell) if way == "excel" else rounded(cell)
    kind = "excel_truncated" if way == "excel" else "rounded_double"
    return int(kept), label if kept == cell else "+".join(part for part in (label, f"number:{kind}") if part)


def happen(body: Body, form: Form, names: list[str], random: Random,
           spared: frozenset[int] | set[int]) -> None:
    """Put accidents into a body of rows; each adds a row, so that no true row is lost by one.

    A copied row is marked "copy" until the columns around it are filled (layout), then it equals the row before.
    """
    times = len(body) // ROWS_PER_ACCIDENT + 1 if len(body) >= SMALLEST_FILE else 0
    free = [place for place, (_, mark) in enumerate(body) if mark.person not in spared]
    for _ in range(times):
        if free:
            _unknown(body, form, names, random.choice(free))
    chosen = sorted(random.sample(free, min(len(free), 3 * times)), reverse=True)
    for turn, place in enumerate(chosen):
        (_unreadable, _copy, _corrected)[turn % 3](body, form, names, place)


def _unreadable(body: Body, form: Form, names: list[str], place: int) -> None:
    cells, mark = body[place]
    kinds = {
        ("code" if column.codes else column.kind): column.name for column in form.columns if column.required
    }
    kind = next(kind for kind in UNREADABLE if kind in kinds)
    name = "name" if kind == "text" else kinds[kind]
    broken = list(cells)
    broken[names.index(name)] = UNREADABLE[kind]
    body.insert(place + 1, (broken, mark._replace(fate="rejected", label=f"unreadable:{name}")))


def _copy(body: Body, form: Form, names: list[str], place: int) -> None:
    cells, mark = body[place]
    body.insert(place + 1, (list(cells), mark._replace(fate="skipped", label="copy")))


def _corrected(body: Body, form: Form, names: list[str], place: int) -> None:
    if form.table not in CORRECTED:
        return
    name, value = CORRECTED[form.table]
    cells, mark = body[place]
    second = list(cells)
    second[names.index(name)] = value
    label = "+".join(part for part in (mark.label, f"corrected:{name}") if part)
    body.insert(place + 1, (second, mark._replace(label=label)))


def _unknown(body: Body, form: Form, names: list[str], place: int) -> None:
    if form.table not in UNKNOWN:
        return
    name, value = UNKNOWN[form.table]
    cells, mark = body[place]
    cells[names.index(name)] = value
    label = "+".join(part for part in (mark.label, f"unknown:{name}") if part)
    body[place] = (cells, mark._replace(label=label))

"""Town ledgers print the household once and leave it blank below (merged cells): fill it down, or not at all.

A blank household cell may also be damage, and the family above is then a wrong family. So a row takes over
from the row above only where the whole household part is blank, the row names a person who is not a head,
and nothing but such rows lies between.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.headings import plain
from connectors.recognise import Fit

MERGED_SHARE = 0.9  # below this share of blanks in member rows a column is damaged, not merged
HEAD_WORDS = frozenset({"户主", "本人", "申请人"})
# Columns that belong to the household alone: at least one must confirm that a cell block was merged.
HOUSEHOLD = ("head_name", "head_id_no", "household_amount", "household_size", "household_income")
Cells = dict[int, list[str | None]]


def fill_down(fit: Fit, cells: Sequence[pa.StringArray], data: np.ndarray) -> list[pa.StringArray]:
    """The columns of a batch with household cells filled down. data: which rows are data rows."""
    filled = list(cells)
    positions = {name: fit.sources[name][0].position for name in fit.contract.fill_down if name in fit.sources}
    owner = positions.get("family_no")
    confirming = [positions[name] for name in HOUSEHOLD if name in positions]
    if owner is None or not confirming or not _any_blank(cells[owner], data):
        return filled
    columns: Cells = {position: cells[position].to_pylist() for position in positions.values()}
    origins = _origins(columns, owner, confirming, _members(fit, cells), data)
    members = [index for index, origin in enumerate(origins) if origin is not None]
    for position, column in columns.items():
        if members and sum(column[index] is None for index in members) >= MERGED_SHARE * len(members):
            filled[position] = _filled(column, origins)
    return filled


def _any_blank(column: pa.StringArray, data: np.ndarray) -> bool:
    return bool((np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False)) & data).any())


def _members(fit: Fit, cells: Sequence[pa.StringArray]) -> list[bool]:
    """Rows that name a person who is not the head of a family."""
    names = cells[fit.sources["name"][0].position].to_pylist()
    if "relation" not in fit.sources:
        return [name is not None for name in names]
    relations = cells[fit.sources["relation"][0].position].to_pylist()
    return [
        name is not None and plain(relation or "") not in HEAD_WORDS
        for name, relation in zip(names, relations, strict=True)
    ]


def _origins(
    columns: Mapping[int, list[str | None]],
    owner: int,
    confirming: Sequence[int],
    members: list[bool],
    data: np.ndarray,
) -> list[int | None]:
    """For each row the row its household is printed on; None where it prints its own or belongs nowhere."""
    origins: list[int | None] = []
    origin: int | None = None
    for index, number in enumerate(columns[owner]):
        if not data[index]:
            origin = None
        elif number is not None:
            origin = index if any(columns[position][index] for position in confirming) else None
        elif not members[index] or any(columns[position][index] for position in confirming):
            origin = None
        origins.append(origin if number is None else None)
    return origins


def _filled(column: list[str | None], origins: list[int | None]) -> pa.StringArray:
    taken = [
        column[origin] if cell is None and origin is not None else cell
        for cell, origin in zip(column, origins, strict=True)
    ]
    return pa.array(taken, pa.string())

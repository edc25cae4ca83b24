"""A disability certificate's number ends in category and grade (GB/T 26341): read where their cells say nothing.

An unknown grade would overlook a severe disability, which protects as much as it entitles. A readable cell counts.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from connectors.contract import Column, Contract
from connectors.row_key import folded, whole_certificates

PLACES = {"category": 18, "grade": 19}


def told_by_number(contract: Contract, columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """What an undamaged number says of the rows whose category or grade is empty or unreadable, else null."""
    number = [name for name in columns if name in contract.columns and contract.columns[name].type == "disability_no"]
    if not number:
        return {}
    numbers = folded(columns[number[0]])
    usable = whole_certificates(numbers)
    return {
        name: _told(contract.columns[name], columns.get(name), pc.utf8_slice_codeunits(numbers, at, at + 1), usable)
        for name, at in PLACES.items()
    }


def _told(column: Column, cells: pa.Array | None, digits: pa.StringArray, usable: pa.BooleanArray) -> pa.Array:
    open_cells = usable if cells is None else pc.and_(usable, pc.is_null(cells))
    kind = pa.int32() if column.staging_type == "integer" else pa.string()
    encoded = pc.if_else(open_cells, digits, pa.scalar(None, pa.string())).dictionary_encode()
    return pa.array([column.codes.get(digit) for digit in encoded.dictionary.to_pylist()], kind).take(encoded.indices)

"""The key of a row as text, or null where a part is empty or damaged: such a row replaces nothing.

Works on whole columns; `warehouse.resident_number` says the same for one number.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.contract import Contract
from connectors.values import INVISIBLE

NOT_SEEN = dict.fromkeys(map(ord, INVISIBLE))
SEPARATOR = "\x1f"
DIGITS = 17
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643-1999
CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype=np.uint8)
NUMBER = r"^\d{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$"
CERTIFICATE = r"^.{18}[1-7][1-4](B[1-9])?$"  # number, category, grade, reissue


def key_texts(contract: Contract, columns: Mapping[str, pa.Array], rows: int) -> pa.StringArray:
    """The key of every row, parts joined. columns: the typed columns that the sheet has."""
    nothing = pa.nulls(rows, pa.string())
    parts = [_part(contract.columns[name].type, columns[name]) if name in columns else nothing for name in contract.key]
    return pc.binary_join_element_wise(*parts, SEPARATOR)


def _part(kind: str, column: pa.Array) -> pa.StringArray:
    if kind == "id_no":
        numbers = folded(column)
        return pc.if_else(valid_numbers(numbers), numbers, pa.scalar(None, pa.string()))
    if kind == "disability_no":
        numbers = folded(column)
        whole = pc.and_(
            pc.match_substring_regex(numbers, CERTIFICATE), valid_numbers(pc.utf8_slice_codeunits(numbers, 0, 18))
        )
        return pc.if_else(whole, numbers, pa.scalar(None, pa.string()))
    return folded(column) if kind == "text" else pc.cast(column, pa.string())


def folded(column: pa.StringArray) -> pa.StringArray:
    """Texts as keys: NFKC, upper case, without any blank."""
    if not pc.all(pc.string_is_ascii(column), min_count=0).as_py():
        column = by_distinct(column, _folded)
    return pc.utf8_upper(pc.replace_substring_regex(column, r"\s", ""))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(NOT_SEEN)


def by_distinct(column: pa.StringArray, change: Callable[[str], str]) -> pa.StringArray:
    """Change each distinct text once."""
    encoded = column.dictionary_encode()
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return changed.take(encoded.indices)


def valid_numbers(numbers: pa.StringArray) -> pa.BooleanArray:
    """Which of the folded numbers have 18 characters, a possible birth date and the right check character."""
    shaped = pc.fill_null(pc.match_substring_regex(numbers, NUMBER), False)
    mask = np.asarray(shaped.to_numpy(zero_copy_only=False)).copy()
    mask[mask] = _check_agrees(numbers.filter(shaped))
    return pa.array(mask)


def _check_agrees(numbers: pa.StringArray) -> np.ndarray:
    """numbers: all exactly 18 ASCII characters."""
    if len(numbers) == 0:
        return np.zeros(0, dtype=bool)
    text = "".join(numbers.to_pylist()).encode("ascii")
    characters = np.frombuffer(text, dtype=np.uint8).reshape(-1, DIGITS + 1)
    sums = (characters[:, :DIGITS].astype(np.int64) - ord("0")) @ WEIGHTS
    return CHECK_CHARACTERS[sums % len(CHECK_CHARACTERS)] == characters[:, DIGITS]


def joined_cells(cells: Sequence[pa.StringArray]) -> pa.StringArray:
    """All cells of a row as one text: equal exactly where every cell is equal."""
    return pc.binary_join_element_wise(*cells, SEPARATOR, null_handling="replace", null_replacement="")

"""The key of a row as text, or null where a part is empty or damaged: such a row replaces nothing.

Works on whole columns; `warehouse.resident_number` says the same for one number.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.contract import Contract
from connectors.values import BLANK_WORDS, INVISIBLE

NOT_SEEN = dict.fromkeys(map(ord, INVISIBLE))
SEPARATOR = "\x1f"
DIGITS = 17
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643-1999
CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype=np.uint8)
NUMBER = r"^\d{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$"
SCIENTIFIC = r"^\d(\.\d+)?E\+\d+$"  # how a spreadsheet shows a long number: its end is lost
LONG, CUT = r"^\d{17,}$", r"^\d{15}0{2,}$"  # a spreadsheet keeps fifteen digits
NO_NUMBER = r"^0+$|\*"
NOTHING_SAID = pa.array(sorted(word.upper() for word in BLANK_WORDS))
CERTIFICATE = r"^.{18}[1-7][1-4](B[1-9])?$"  # number, category, grade, reissue


def key_texts(contract: Contract, columns: Mapping[str, pa.Array], rows: int) -> pa.StringArray:
    """The key of every row, parts joined. columns: the typed columns that the sheet has."""
    nothing = pa.nulls(rows, pa.string())
    parts = [_part(contract.columns[name].type, columns[name]) if name in columns else nothing for name in contract.key]
    keys = pc.binary_join_element_wise(*parts, SEPARATOR)
    if contract.delivery == "increment":
        for name, part in zip(contract.key, parts, strict=True):
            if contract.columns[name].type == "text":
                keys = _by_content(keys, _cut_short(part, alone=len(parts) == 1), columns)
    return keys


def _part(kind: str, column: pa.Array) -> pa.StringArray:
    if kind == "id_no":
        numbers = folded(column)
        return pc.if_else(valid_numbers(numbers), numbers, pa.scalar(None, pa.string()))
    if kind == "disability_no":
        numbers = folded(column)
        return pc.if_else(whole_certificates(numbers), numbers, pa.scalar(None, pa.string()))
    return folded(column) if kind == "text" else pc.cast(column, pa.string())


def _cut_short(texts: pa.StringArray, *, alone: bool) -> pa.BooleanArray:
    """Which parts lost their end. A long number may end in zeros, a column of them is cut.

    alone: no person's number stands beside it in the key, so a word for nothing would be everybody's key.
    """
    cut = pc.match_substring_regex(texts, CUT)
    long = pc.match_substring_regex(texts, LONG)
    damaged = pc.match_substring_regex(texts, SCIENTIFIC)
    if 2 * (pc.sum(cut).as_py() or 0) > (pc.sum(long).as_py() or 0):
        damaged = pc.or_(damaged, cut)
    if alone:
        damaged = pc.or_(damaged, pc.match_substring_regex(texts, NO_NUMBER))
        damaged = pc.or_(damaged, pc.is_in(texts, NOTHING_SAID))
    return pc.fill_null(damaged, False)


def _by_content(keys: pa.StringArray, damaged: pa.BooleanArray, columns: Mapping[str, pa.Array]) -> pa.StringArray:
    """A damaged key would put other people's events out of force: such a row replaces only one that says the same."""
    if not pc.any(damaged, min_count=0).as_py():
        return keys
    content = joined_cells([pc.cast(column, pa.string()) for column in columns.values()])
    return pc.if_else(pc.and_(damaged, pc.is_valid(keys)), content, keys)


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


def whole_certificates(numbers: pa.StringArray) -> pa.BooleanArray:
    """Which of the folded certificate numbers hold a valid person's number, category and grade."""
    shaped = pc.fill_null(pc.match_substring_regex(numbers, CERTIFICATE), False)
    return pc.and_(shaped, valid_numbers(pc.utf8_slice_codeunits(numbers, 0, 18)))


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

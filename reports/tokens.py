"""The word that binds a returned row to its finding: unguessable, the same each time the month is written.

The word alone binds nothing: a row that was sorted without its hidden column, or pasted over, carries the word of
another. So what the row says of whom is remembered with it (as a keyed hash), and both must come back together.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SHORTEST_SECRET = 16
TOKEN_LETTERS = 32
# The columns that say whom and what a row is about, where a sheet shows them.
PRINTED = ("name", "shown_number", "masked_number", "other_name", "other_number", "summary", "facts")


@dataclass(frozen=True)
class IssuedRow:
    """A row that was handed out: its token, the hash of its printed cells, and what it is about."""

    token: str
    printed: str
    row: str
    key: str


def row_token(secret: bytes, *, row: str, key: str, month: date) -> str:
    """HMAC over what the row is about; `row` is 'finding', 'review' or 'visit', `key` its id.

    Raises ValueError for a secret that could be guessed.
    """
    return _keyed(secret, f"{row}|{key}|{month:%Y-%m}")


def printed_hash(secret: bytes, cells: Mapping[str, str | None]) -> str:
    """Keyed hash over the PRINTED cells of a row; blanks and widths of characters make no difference.

    A column that is not there counts as empty: without it nobody can see whom the row is about.
    """
    folded = (unicodedata.normalize("NFKC", cells.get(column) or "") for column in PRINTED)
    return _keyed(secret, "\x1f".join("".join(text.split()) for text in folded))


def _keyed(secret: bytes, message: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the home's secret must have at least {SHORTEST_SECRET} bytes")
    return hmac.new(secret, message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:TOKEN_LETTERS]

"""The word that binds a returned row to its finding: unguessable, the same each time the month is written."""

import hashlib
import hmac
from datetime import date

SHORTEST_SECRET = 16
TOKEN_LETTERS = 32


def row_token(secret: bytes, *, row: str, key: str, month: date) -> str:
    """HMAC over what the row is about; `row` is 'finding' or 'review', `key` its id.

    Raises ValueError for a secret that could be guessed.
    """
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the home's secret must have at least {SHORTEST_SECRET} bytes")
    message = f"{row}|{key}|{month:%Y-%m}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:TOKEN_LETTERS]

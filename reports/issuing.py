"""Rows that are handed out with a token: ids become tokens, and what each token stands for is kept for the answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from reports.cells import shown_text, shown_value
from reports.session import Request
from reports.tokens import PRINTED, IssuedRow, printed_hash, row_token

TOKEN_ROWS = {"token_finding": "finding", "token_review": "review", "token_visit": "visit"}
Rows = list[tuple[Any, ...]]


class IssuedFact(NamedTuple):
    """A row of `answers.issued`, without the moment."""

    token: str
    printed: str
    row_kind: str
    row_key: str
    evidence_hash: str | None
    month: date


def issue(rows: Rows, columns: Sequence[str], request: Request) -> Rows:
    """The rows with a token in place of each id; what they stand for is added to `request.issued`."""
    for position, column in enumerate(columns):
        if column in TOKEN_ROWS:
            issued = [_issued(row, columns, request, row=TOKEN_ROWS[column], key=str(row[position])) for row in rows]
            request.issued.extend(issued)
            rows = [(*row[:position], one.token, *row[position + 1 :]) for row, one in zip(rows, issued, strict=True)]
    return rows


def _issued(values: tuple[Any, ...], columns: Sequence[str], request: Request, *, row: str, key: str) -> IssuedRow:
    shown = zip(columns, map(shown_value, values), strict=True)
    cells = {column: shown_text(value) for column, value in shown if column in PRINTED}
    token = row_token(request.secret, row=row, key=key, month=request.month)
    return IssuedRow(token, printed_hash(request.secret, cells), row, key)


def facts_of(connection: duckdb.DuckDBPyConnection, request: Request) -> list[IssuedFact]:
    """Every row issued so far, each once, with the facts its finding rested on in this published warehouse."""
    hashes = dict(connection.execute("select finding_id, evidence_hash from findings.finding").fetchall())
    return sorted(
        {
            IssuedFact(one.token, one.printed, one.row, one.key, hashes.get(one.key), request.month)
            for one in request.issued
        }
    )

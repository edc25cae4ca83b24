"""The rule catalogue as a table: what runs, what is a table of its own, and what no data can decide."""

from pathlib import Path
from typing import Any

import duckdb

from checks.clause import Clause

SQL = Path(__file__).parent / "sql"
CATALOGUE_MARKS = ", ".join(["?"] * 15) + ", map(?::varchar[], ?::varchar[])"


def write_catalogue(connection: duckdb.DuckDBPyConnection, clauses: list[Clause]) -> None:
    """Write `policy.rule`: one row per rule, also those that do not run, with the reason.

    Reads the dated departments from `policy.rule_department`, so the parameters must be loaded.
    """
    connection.execute(
        "create or replace table policy.rule (rule VARCHAR, clause VARCHAR, title VARCHAR, kind VARCHAR, "
        "lead_department VARCHAR, recipients VARCHAR[], asks VARCHAR, status VARCHAR, uses VARCHAR[], reason VARCHAR, "
        "version VARCHAR, quote VARCHAR, objection VARCHAR, needs VARCHAR[], parties_only BOOLEAN, "
        "kind_of MAP(VARCHAR, VARCHAR))"
    )
    for clause in clauses:
        connection.execute(f"insert into policy.rule values ({CATALOGUE_MARKS})", _catalogue_row(clause))
    dated = (SQL / "rule.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace table policy.rule as {dated}")


def _catalogue_row(clause: Clause) -> list[Any]:
    row: list[Any] = [clause.rule, clause.clause, clause.title, clause.kind, clause.lead_department]
    row += [list(clause.recipients), clause.asks, clause.status, list(clause.uses), clause.reason, clause.version]
    row += [clause.quote, clause.objection, list(clause.needs), clause.parties_only]
    return [*row, list(clause.kind_of), list(clause.kind_of.values())]

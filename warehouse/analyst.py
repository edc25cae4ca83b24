"""What analysts may read: the published tables without names, numbers, phones and addresses.

The file is written new each time and never holds a personal value, not even in a page that was overwritten.
"""

from pathlib import Path

import duckdb

from warehouse.connection import attach
from warehouse.dictionary import column_entry

CATALOG = "analyst"
LEFT_OUT_TABLES = {"dictionary", "docs"}  # docs is made anew below, from what the file really holds
# A personal column of these names is replaced; any other is left out. A running number keeps families countable and
# joinable within the file, and cannot be turned back into the number on the family's papers.
REPLACEMENTS = {
    "birth_date": "year(birth_date)::integer as birth_year",
    "family_no": "(select 'F' || lpad(code.number::varchar, 7, '0') from temp.family_code as code "
    "where code.family_no = shown.family_no) as family_no",
}
# Of a row that stands for too few people only the place is left.
FIGURES = {"value", "people", "answered", "found_true", "true_share", "on_trial"}
FAMILY_CODE = """
create or replace temp table family_code as
select family_no, row_number() over (order by md5(family_no || ?), family_no) as number
from (select family_no from mart.household union select family_no from mart.finding)
where family_no is not null
"""
DOCS_FILE = Path(__file__).parent / "models" / "mart" / "docs.sql"


def build_analyst(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write the analysts' file from the connection's `mart` tables; `target` must not be open elsewhere.

    Raises BangfuError when a published column has no entry in the dictionary: what is not
    described is not known to be free of personal values.
    """
    target.unlink(missing_ok=True)
    selects = {table: _selection(table, columns) for table, columns in _published(connection).items()}
    attach(connection, target, name=CATALOG)
    try:
        connection.execute(f"create schema {CATALOG}.mart")
        _number_families(connection)
        for table, select in selects.items():
            connection.execute(f"create table {CATALOG}.mart.{table} as {select}")
        connection.execute(f"create table {CATALOG}.mart.dictionary as from mart.dictionary")
        _write_docs(connection)
        connection.execute(f"checkpoint {CATALOG}")
    finally:
        connection.execute("drop table if exists temp.family_code")
        connection.execute(f"detach {CATALOG}")


def _number_families(connection: duckdb.DuckDBPyConnection) -> None:
    """Running numbers in an order that nobody can foresee from the family numbers."""
    (salt,) = connection.execute("select uuid()::varchar as salt").fetchall()[0]
    connection.execute(FAMILY_CODE, [salt])


def _published(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of every mart table and view, in order."""
    rows = connection.execute(
        "select table_name, list(column_name order by ordinal_position) as columns from information_schema.columns "
        "where table_schema = 'mart' and table_catalog = current_database() group by table_name order by table_name"
    ).fetchall()
    return {table: columns for table, columns in rows if table not in LEFT_OUT_TABLES}


def _selection(table: str, columns: list[str]) -> str:
    """A SELECT of what analysts may see of one table."""
    kept = []
    for column in columns:
        if "suppressed" in columns and column in FIGURES:
            kept.append(f'case when not shown.suppressed then shown."{column}" end as "{column}"')
        elif not column_entry(table, column).personal:
            kept.append(f'shown."{column}"')
        elif column in REPLACEMENTS:
            kept.append(REPLACEMENTS[column])
    return f"select {', '.join(kept)} from mart.{table} as shown"


def _write_docs(connection: duckdb.DuckDBPyConnection) -> None:
    """The `docs` view inside the file, over its own tables and dictionary."""
    (home,) = connection.execute("select current_database()").fetchall()[0]
    connection.execute(f"use {CATALOG}")
    try:
        connection.execute(f"create view mart.docs as {DOCS_FILE.read_text(encoding='utf-8')}")
        connection.execute("create view main.docs as select * from mart.docs")
    finally:
        connection.execute(f'use "{home}"')

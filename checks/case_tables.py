"""The tables of a case: `linked.*` typed by the source contracts, `identity.*`, `run.context`, `policy.*`.

The contracts (connectors/<department>/<table>.toml) are read as data: this room imports no other.
"""

import datetime
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import prepare_schema
from warehouse.errors import BangfuError
from warehouse.home import DEPARTMENTS

CONTRACTS = Path(__file__).parent.parent / "connectors"
TYPES = {"int": "INTEGER", "number": "DECIMAL(12,2)", "yuan": "DECIMAL(12,2)", "date": "DATE", "month": "DATE"}
STAGED = "row_id BIGINT, delivery_id INTEGER, source_row INTEGER, row_key UBIGINT, superseded_by INTEGER"
IDENTITY_TABLES = {
    "identity": "identity_id BIGINT, name VARCHAR, id_no VARCHAR, disability_no VARCHAR, sex VARCHAR, "
    "birth_date DATE, birth_precision VARCHAR, phone VARCHAR, address VARCHAR, family_no VARCHAR",
    "row_identity": "row_id BIGINT, identity_id BIGINT",
    "number": "id_no VARCHAR, resolved VARCHAR, quality VARCHAR",
    "link": "identity_id BIGINT, person_id VARCHAR, method VARCHAR, probability DOUBLE, certain BOOLEAN, "
    "because VARCHAR",
    "person": "person_id VARCHAR, name VARCHAR, id_no VARCHAR, sex VARCHAR, birth_date DATE, id_quality VARCHAR, "
    "departments VARCHAR[]",
    "judgement": "left_key VARCHAR, right_key VARCHAR, verdict VARCHAR, by_whom VARCHAR, judged_at TIMESTAMP",
    "review": "review_id VARCHAR, person_id VARCHAR, other_person_id VARCHAR, record VARCHAR, probability DOUBLE, "
    "because VARCHAR, state VARCHAR",
    "possible_same": "person_id VARCHAR, other_person_id VARCHAR",
    "comparison": "identity_id BIGINT, person_id VARCHAR, field VARCHAR, level VARCHAR, phrase VARCHAR, weight DOUBLE, "
    "home_weight DOUBLE, twin_weight DOUBLE, probability DOUBLE",
    "weight": "field VARCHAR, level VARCHAR, department VARCHAR, same_person DOUBLE, chance DOUBLE, same_home DOUBLE",
}
# Whoever a row names exists, with sex and birth date unknown unless given.person says them.
UNNAMED_PERSON = """
insert into identity.person (person_id)
select $person where $person not in (select person_id from identity.person)
"""
Row = dict[str, Any]


def contract_columns() -> dict[str, dict[str, str]]:
    """Every source table's columns with their DuckDB types, as staging has them (docs/architecture.md)."""
    files = [file for department in DEPARTMENTS for file in sorted((CONTRACTS / department).glob("*.toml"))]
    return {file.stem: _columns(file) for file in files}


def _columns(file: Path) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, declared in tomllib.loads(file.read_text(encoding="utf-8"))["columns"].items():
        columns[name] = _duckdb_type(declared)
        if declared["type"] == "date":
            columns[f"{name}_precision"] = "VARCHAR"
    return columns


def _duckdb_type(declared: dict[str, Any]) -> str:
    if declared["type"] == "code" and all(isinstance(code, int) for code in declared["codes"].values()):
        return "INTEGER"
    return TYPES.get(declared["type"], "VARCHAR")


def create_case_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that core models and rules may read, empty."""
    prepare_schema(connection)
    for table, columns in contract_columns().items():
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        for schema, extra in (("linked", ", person_id VARCHAR, certain BOOLEAN"), ("staging", "")):
            connection.execute(f"drop table if exists {schema}.{table}")
            connection.execute(f"create table {schema}.{table} ({STAGED}, {declared}{extra})")
    for table, declared in IDENTITY_TABLES.items():
        connection.execute(f"create table if not exists identity.{table} ({declared})")


def fill(connection: duckdb.DuckDBPyConnection, given: dict[str, Any], *, as_of: datetime.date) -> None:
    """Put a case's rows into the empty tables. Raises BangfuError for a table or column nobody declares."""
    connection.execute("delete from run.context")
    connection.execute("insert into run.context values (?, ?, 1)", [as_of, f"{as_of} 23:59:59"])
    numbers = iter(range(1_000_000_001, 2_000_000_000))
    people: dict[str, None] = {}
    for table, rows in given.items():
        if table == "policy":
            _override(connection, rows)
            continue
        for row in rows:
            people.update({row[key]: None for key in ("person_id", "other_person_id") if row.get(key)})
            _insert(connection, _schema(table), table, list(_months(row)), numbers)
    for person in people:
        connection.execute(UNNAMED_PERSON, {"person": person})


def _schema(table: str) -> str:
    if table in _contracts():
        return "linked"
    if table in IDENTITY_TABLES:
        return "identity"
    raise BangfuError(where=f"用例 given.{table}", found="没有这个表", remedy="写来源表或 identity 里的表名")


@cache
def _contracts() -> dict[str, dict[str, str]]:
    return contract_columns()


def _months(row: Row) -> Iterator[Row]:
    """`months = [first, last]` stands for one row a month; "2024-02" for its first day."""
    single = {key: value for key, value in row.items() if key != "months"}
    if "months" not in row:
        yield {**single, "month": _month(row["month"])} if "month" in row else single
        return
    month, last = (_month(text) for text in row["months"])
    while month <= last:
        yield {**single, "month": month}
        month = (month + datetime.timedelta(days=31)).replace(day=1)


def _month(value: str | datetime.date) -> datetime.date:
    return datetime.date.fromisoformat(f"{value}-01") if isinstance(value, str) else value


def _insert(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, rows: list[Row], numbers: Iterator[int]
) -> None:
    """Rows that name the same columns, in one statement: a case repeats many months."""
    if schema == "linked":
        rows = [{**_linked_defaults(table, row, numbers), **row} for row in rows]
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)
    cells = [cell for row in rows for cell in row.values()]
    connection.execute(f"insert into {schema}.{table} ({names}) values {marks}", cells)


def _linked_defaults(table: str, row: Row, numbers: Iterator[int]) -> Row:
    row_id = row.get("row_id") or next(numbers)
    exact = {f"{key}_precision": "day" for key in row if f"{key}_precision" in _contracts()[table]}
    return {"row_id": row_id, "delivery_id": 1, "source_row": row_id % 1_000_000_000, "certain": True, **exact}


def _override(connection: duckdb.DuckDBPyConnection, policy: dict[str, list[Row]]) -> None:
    """`given.policy.<name> = [{valid_from = …, value = …}]` takes the place of the project's values."""
    for name, values in policy.items():
        connection.execute(f"delete from policy.{name}")
        for row in values:
            cells = {"cite": "用例", **row}
            columns, marks = ", ".join(cells), ", ".join("?" for _ in cells)
            connection.execute(f"insert into policy.{name} ({columns}) values ({marks})", list(cells.values()))

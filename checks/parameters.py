"""Parameters as tables: `policy.<name>` for the rules, `policy.parameter` for readers."""

from pathlib import Path
from typing import Any

import duckdb

from checks.parameter import COLUMN_TYPES, Parameter
from checks.parameter_files import read_parameters

CATALOGUE_COLUMNS = (
    "name VARCHAR, label VARCHAR, unit VARCHAR, valid_from DATE, value VARCHAR, cite VARCHAR, is_set BOOLEAN, "
    "clause VARCHAR, why_unset VARCHAR, series VARCHAR, is_local BOOLEAN"
)


def load_parameters(
    connection: duckdb.DuckDBPyConnection, project_policy: Path, home_policy: Path | None
) -> list[Parameter]:
    """Write `policy.<name>(valid_from, <columns>, cite)` for every parameter, and `policy.parameter`.

    `project_policy` and `home_policy` are folders that hold `parameters/*.toml`. A parameter
    without values gives an empty table and one row with is_set = false; a table of values has such a row for each
    text of its key that nobody gave a value.
    Raises BangfuError when a file is not understood.
    """
    parameters = read_parameters(project_policy, home_policy)
    connection.execute("create schema if not exists policy")
    connection.execute(f"create or replace table policy.parameter ({CATALOGUE_COLUMNS})")
    for parameter in parameters:
        write_table(connection, parameter)
        marks = ", ".join("?" for _ in CATALOGUE_COLUMNS.split(", "))
        connection.executemany(f"insert into policy.parameter values ({marks})", _rows(parameter))
    return parameters


def write_table(connection: duckdb.DuckDBPyConnection, parameter: Parameter) -> None:
    """Write `policy.<name>`: one row per dated value (several of one date for a table of values)."""
    columns = {name: COLUMN_TYPES[kind] for name, kind in parameter.columns.items()}
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"create or replace table policy.{parameter.name} (valid_from DATE, {declared}, cite VARCHAR)")
    marks = ", ".join("?" for _ in range(len(columns) + 2))
    for value in parameter.values:
        row = [value.valid_from, *value.cells.values(), value.cite]
        connection.execute(f"insert into policy.{parameter.name} values ({marks})", row)


def _rows(parameter: Parameter) -> list[list[Any]]:
    """A line a value, and one for each series that has none; `series` says which values replace one another in time."""
    head = [parameter.name, parameter.label, parameter.unit]
    tail = [parameter.clause, parameter.why_unset or "没有给出取值"]
    given = [
        [*head, value.valid_from, value.shown, value.cite, True, *tail, parameter.series(value), value.is_local]
        for value in parameter.values
    ]
    unset = [[*head, None, None, None, False, *tail, series, False] for series in parameter.unset_series()]
    return [*given, *unset]

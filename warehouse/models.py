"""SQL models: one SELECT a file, path = table, order derived from what each file reads."""

import json
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

MODELS_FOLDER = Path(__file__).parent / "models"
Progress = Callable[[str], None]


def model_files(layer: str) -> dict[str, Path]:
    """The models of one layer by table name, e.g. `core.death`."""
    return {f"{layer}.{file.stem}": file for file in sorted((MODELS_FOLDER / layer).glob("*.sql"))}


def tables_read(connection: duckdb.DuckDBPyConnection, statement: str) -> set[str]:
    """Every `schema.table` a SELECT reads, by DuckDB's own parser (without binding)."""
    (serialized,) = connection.execute("select json_serialize_sql(?::varchar)", [statement]).fetchall()[0]
    tree = json.loads(serialized)
    if tree["error"]:
        raise ValueError(f"{tree['error_type']}: {tree['error_message']}")
    return {f"{node['schema_name']}.{node['table_name']}" for node in _base_tables(tree) if node["schema_name"]}


def _base_tables(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield node
        for child in node.values():
            yield from _base_tables(child)
    elif isinstance(node, list):
        for child in node:
            yield from _base_tables(child)


def build(connection: duckdb.DuckDBPyConnection, *layers: str, on_progress: Progress | None = None) -> list[str]:
    """Rebuild every model of the layers in the connection's transaction; gives the table names in order.

    A file whose first line is `-- view` becomes a view, any other a table.
    """
    files = {name: file for layer in layers for name, file in model_files(layer).items()}
    statements = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    reads = {name: tables_read(connection, statement) & files.keys() for name, statement in statements.items()}
    order = list(TopologicalSorter(reads).static_order())
    for name in order:
        kind = "view" if statements[name].startswith("-- view") else "table"
        if on_progress:
            on_progress(name)
        connection.execute(f"create or replace {kind} {name} as {statements[name]}")
    return order

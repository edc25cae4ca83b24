"""Opening DuckDB the one way this project does."""

import os
from pathlib import Path

import duckdb

SCHEMA_FOLDER = Path(__file__).parent / "schema"
DEFAULT_MEMORY = "1200MB"


def connect(
    path: Path | None = None, *, read_only: bool = False, spill: Path | None = None, memory_limit: str = DEFAULT_MEMORY
) -> duckdb.DuckDBPyConnection:
    """Open a database file (or one in memory) with our settings.

    Extension auto-install is off: without a network it stalls for seconds. A new file is
    readable by its owner alone.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": memory_limit,
        "preserve_insertion_order": "false",
    }
    if spill is not None:
        settings["temp_directory"] = str(spill)
    previous = os.umask(0o077)
    try:
        return duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=settings)
    finally:
        os.umask(previous)


def prepare_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the permanent tables that are not there yet (`warehouse/schema/*.sql`, in order of name)."""
    for file in sorted(SCHEMA_FOLDER.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))

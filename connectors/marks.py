"""What became of rows that were not loaded, or not loaded whole: the raw.* tables beside raw.delivery."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

SQL = Path(__file__).parent / "sql"
MARK_TABLES = ("rejected_row", "skipped_row", "cell_note", "key_conflict", "read_column")
Cell = tuple[int, str | None, str]  # source_row, heading as printed, reason


class Marks:
    """Writes the marks of one delivery in the connection's transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, delivery_id: int) -> None:
        self.connection = connection
        self.delivery_id = delivery_id

    def skipped(self, source_rows: np.ndarray, kinds: np.ndarray | str) -> None:
        """Rows that are no data; kinds: one word each, or one for all."""
        if isinstance(kinds, str):
            kinds = np.full(len(source_rows), kinds, dtype=object)
        self._write("skipped_row", pa.table({"source_row": source_rows, "kind": pa.array(kinds, pa.string())}))

    def rejected(self, cells: Sequence[Cell]) -> None:
        self._write("rejected_row", _cells(cells))

    def noted(self, cells: Sequence[Cell]) -> None:
        self._write("cell_note", _cells(cells))

    def duplicates(self, staging_table: str, source_rows: np.ndarray) -> None:
        """Rows equal to an earlier one count as skipped and as nothing else."""
        if not len(source_rows):
            return
        self.connection.register("duplicate", pa.table({"source_row": source_rows}))
        for table in (f"staging.{staging_table}", "raw.rejected_row", "raw.cell_note"):
            self.connection.execute(
                f"delete from {table} where delivery_id = ? and source_row in (from duplicate)", [self.delivery_id]
            )
        self.connection.unregister("duplicate")
        self.skipped(source_rows, "duplicate")

    def key_conflicts(self) -> int:
        """Mark rows of this delivery that share a key (equal rows are gone by now); reads `current_table`."""
        statement = (SQL / "key_conflict.sql").read_text(encoding="utf-8")
        self.connection.execute(f"insert into raw.key_conflict {statement}", {"delivery": self.delivery_id})
        found = "select count(*) from raw.key_conflict where delivery_id = ?"
        return int(self.connection.execute(found, [self.delivery_id]).fetchall()[0][0])

    def _write(self, table: str, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        self.connection.register("mark", rows)
        names = ", ".join(rows.column_names)
        self.connection.execute(
            f"insert into raw.{table} by name select $1::integer as delivery_id, {names} from mark", [self.delivery_id]
        )
        self.connection.unregister("mark")


def forget(connection: duckdb.DuckDBPyConnection, delivery_id: int) -> None:
    """Remove a refused delivery and its marks: it is tried again under a new number."""
    for table in (*MARK_TABLES, "delivery"):
        connection.execute(f"delete from raw.{table} where delivery_id = ?", [delivery_id])


def _cells(cells: Sequence[Cell]) -> pa.Table:
    return pa.table(
        {
            "source_row": pa.array([row for row, _, _ in cells], pa.int64()),
            "column_name": pa.array([heading for _, heading, _ in cells], pa.string()),
            "reason": pa.array([reason for _, _, reason in cells], pa.string()),
        }
    )

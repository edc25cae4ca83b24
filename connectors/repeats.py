"""Rows of one sheet that are equal in every cell: found by two independent 64-bit hashes of the whole row."""

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from connectors.row_key import joined_cells


class RepeatedRows:
    """Collects 24 bytes per row; equal rows are looked for once, at the end."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._batches: list[dict[str, np.ndarray]] = []

    def add(self, source_rows: np.ndarray, cells: Sequence[pa.StringArray]) -> None:
        """Remember the rows of a batch."""
        self.connection.register("line", pa.table({"source_row": source_rows, "content": joined_cells(cells)}))
        found = self.connection.execute(
            "select source_row, hash(content) as first, md5_number_lower(content) as second from line"
        ).fetchnumpy()
        self.connection.unregister("line")
        self._batches.append({name: np.asarray(column) for name, column in found.items()})

    def later_rows(self) -> np.ndarray:
        """source_row of every row that equals an earlier one."""
        if not self._batches:
            return np.zeros(0, dtype=np.int64)
        rows, first, second = (
            np.concatenate([batch[name] for batch in self._batches]) for name in ("source_row", "first", "second")
        )
        order = np.lexsort((rows, second, first))
        first, second = first[order], second[order]
        equal = (first[1:] == first[:-1]) & (second[1:] == second[:-1])
        return np.sort(rows[order][1:][equal])

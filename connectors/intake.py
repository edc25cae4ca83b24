"""The door of this room: everything new in the inbox into raw and staging, one transaction per delivery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors import staging
from connectors.contract import Contract, load_contracts
from connectors.declared import declared
from connectors.deliveries import Delivery
from connectors.file_intake import refuse_lines, refuse_unopened, take_file
from connectors.inbox import Refused, walk
from connectors.judging import Judge
from connectors.order import processing_order
from connectors.recognise import Recogniser
from connectors.sheet_intake import Intake, transaction
from warehouse.home import Home

__all__ = ["Delivery", "IntakeReport", "load_contracts", "take_in"]


@dataclass(frozen=True)
class IntakeReport:
    """What a run did with the inbox. A file known before at its place gives no delivery."""

    deliveries: tuple[Delivery, ...]

    @property
    def new_rows(self) -> int:
        return sum(one.rows_loaded for one in self.deliveries if one.status == "accepted")

    @property
    def accepted(self) -> int:
        return self._count("accepted")

    @property
    def refused(self) -> int:
        return self._count("refused")

    @property
    def unchanged(self) -> int:
        return self._count("unchanged")

    @property
    def rejected_rows(self) -> int:
        return sum(one.rows_rejected for one in self.deliveries)

    def _count(self, status: str) -> int:
        return sum(one.status == status for one in self.deliveries)


def take_in(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    inbox: Path,
    run_id: int,
    received_at: datetime,
    on_progress: Callable[[str], None] | None = None,
    judge: Judge | None = None,
) -> IntakeReport:
    """Take in what is new below `inbox`. The connection must not be in a transaction.

    Files that cannot be used are refused with a reason; nothing that one file does stops the others.
    on_progress gets one Chinese line per file, without personal data. judge may stop a delivery that was read well.
    """
    home_contracts = declared(load_contracts(), home.root)
    contracts = home_contracts.contracts
    with transaction(connection):
        staging.prepare(connection, contracts.values())
        write_contracts(connection, contracts)
    say = on_progress or (lambda line: None)
    intake = Intake(connection, home, Recogniser(contracts), run_id, received_at, say, judge)
    found = list(walk(inbox, spill=home.scratch))
    results = refuse_lines(intake, home_contracts.faults)
    results += [refuse_unopened(intake, one) for one in found if isinstance(one, Refused)]
    arrived = [one for one in found if not isinstance(one, Refused)]
    for delivered in sorted(arrived, key=lambda one: processing_order(one.source_file, one.modified_at)):
        results += take_file(intake, delivered)
    return IntakeReport(tuple(results))


def write_contracts(connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """Reload raw.contract and raw.contract_column; `heading` is the one most often printed."""
    tables = [
        {"source_table": one.table, "department": one.department, "title": one.title, "delivery_kind": one.delivery}
        for one in contracts.values()
    ]
    columns = [
        {
            "source_table": one.table,
            "department": one.department,
            "column_name": column.name,
            "heading": column.headings[0],
            "type": column.type,
            "required": column.required,
            "open_end": column.open_end,
        }
        for one in contracts.values()
        for column in one.columns.values()
    ]
    for name, rows in (("contract", tables), ("contract_column", columns)):
        connection.register("declared", pa.Table.from_pylist(rows))
        connection.execute(f"delete from raw.{name}")
        connection.execute(f"insert into raw.{name} by name from declared")
        connection.unregister("declared")

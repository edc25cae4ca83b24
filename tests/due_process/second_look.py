"""Judge the city again after something was taken away or damaged; every change is undone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from checks import clauses, findings
from checks.clause import Clause
from matching.link import link
from warehouse import models

ROWS_OF_A_DELIVERY = 1_000_000_000
ACCUSED = """
select rule, condition, coalesce(person_id, family_no)
from findings.finding
where kind = 'adverse'
"""
STAGED = "select table_name from information_schema.tables where table_schema = 'staging' order by table_name"
Accusation = tuple[str, str, str]


@dataclass(frozen=True)
class SecondLook:
    """A private copy of the warehouse, and the adverse rules."""

    connection: duckdb.DuckDBPyConnection
    adverse: list[Clause]

    def ask(self, statement: str, *values) -> list[tuple]:
        return self.connection.execute(statement, list(values)).fetchall()

    @contextmanager
    def changed(self) -> Iterator[None]:
        """What happens inside is undone."""
        self.connection.execute("begin")
        try:
            yield
        finally:
            self.connection.execute("rollback")

    def accused(self) -> set[Accusation]:
        """Who stands accused in the copy, as published or as last judged: (rule, condition, whom)."""
        return set(self.ask(ACCUSED))

    def judge(self) -> set[Accusation]:
        """Who is who, the core facts and the adverse rules over what is staged now; gives who is accused."""
        link(self.connection)
        models.build(self.connection, "core")
        findings.start(self.connection)
        for clause in self.adverse:
            clauses.evaluate(self.connection, clause)
        return self.accused()

    def without(self, deliveries: list[int]) -> set[Accusation]:
        """Who is accused when these deliveries had never come."""
        with self.changed():
            self._take_away(deliveries)
            return self.judge()

    def _take_away(self, deliveries: list[int]) -> None:
        """The deliveries' rows and marks go; rows that they had replaced are in force again."""
        for (table,) in self.ask(STAGED):
            self.ask(f"delete from staging.{table} where delivery_id in (select unnest(?))", deliveries)
            self.ask(
                f"update staging.{table} set superseded_by = null where superseded_by in (select unnest(?))", deliveries
            )
        for mark in ("rejected_row", "skipped_row", "cell_note", "key_conflict", "delivery"):
            self.ask(f"delete from raw.{mark} where delivery_id in (select unnest(?))", deliveries)
        self.ask(
            f"delete from identity.row_identity where row_id // {ROWS_OF_A_DELIVERY} in (select unnest(?))", deliveries
        )
        self._forget_unused_identities()

    def write_over(self, table: str, row_id: int, column: str, text: str | None) -> None:
        """A staged row as the office would have sent it with another text in one column."""
        self.ask(f"update staging.{table} set {column} = ? where row_id = ?", text, row_id)
        self.ask("delete from identity.row_identity where row_id = ?", row_id)
        self._forget_unused_identities()

    def _forget_unused_identities(self) -> None:
        for table in ("identity", "person_key"):
            self.ask(
                f"delete from identity.{table} where identity_id not in (select identity_id from identity.row_identity)"
            )

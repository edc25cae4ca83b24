"""A home whose nights are judged by the gate, and deliveries in which a share of the rows says one thing."""

from datetime import datetime, timedelta
from pathlib import Path

from checks.quality.gate import open_gate
from checks.quality.settling import settle
from connectors.deliveries import Delivery
from connectors.intake import IntakeReport, take_in
from tests.connectors.small_home import CONTRACTS, SmallHome, position, table

COLUMNS = {one.table: list(one.columns) for one in CONTRACTS.values()}
AS_OF = "2026-11-20"


class JudgedHome(SmallHome):
    """Every night runs the gate with the home's own quality.toml."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.connection.execute(f"insert into run.context values (date '{AS_OF}', '{AS_OF}', 1)")

    def night(self) -> IntakeReport:
        self.runs += 1
        received = datetime(2026, 11, 20, 2, 30) + timedelta(days=self.runs)
        gate = open_gate(self.connection, self.home.root, COLUMNS)
        report = take_in(self.connection, self.home, self.home.inbox, self.runs, received, judge=gate.judge)
        settle(self.connection, gate.bounds)
        self.connection.execute("update run.context set received_until = ?", [received])
        self.check_conservation()
        return report

    def deliver(self, table_name: str, rows: list, name: str | None = None) -> Delivery:
        """One file in a night of its own."""
        path = self.put_table(table_name, rows, name)
        (delivery,) = (one for one in self.night().deliveries if one.source_file == path.name)
        return delivery

    def allow(self, line: str) -> None:
        """Append a line to the home's quality.toml."""
        with (self.home.root / "quality.toml").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def failed(self, severity: str) -> set[tuple[str, str | None]]:
        """(measure, column) of what failed in the last delivery judged."""
        return set(
            self.rows(
                "select measure, column_name from quality.outcome where not passed "
                f"and severity = '{severity}' and delivery_id = (select max(delivery_id) from quality.outcome)"
            )
        )


def mixed(table_name: str, rows: int, changed: int, /, *, first: int = 0, **told: str | None) -> list[list[str | None]]:
    """A heading and rows, in the first `changed` of which some columns hold one and the same text."""
    made = table(table_name, rows, first=first)
    for row in made[1 : changed + 1]:
        for column, text in told.items():
            row[position(table_name, column)] = text
    return made

"""A home that took in a department's export of May, and what becomes of the one of June."""

from collections.abc import Callable
from pathlib import Path

from tests.connectors.drift import exports
from tests.connectors.drift.exports import Export, Rows
from tests.connectors.small_home import CONTRACTS, SmallHome

BEFORE, AFTER = "{table}_2024年05月.{ending}", "{table}_2024年06月.{ending}"
Drift = Callable[[Export, Rows], Rows | bytes]


def first_month(root: Path, export: Export, before: bytes | None = None, ending: str = "csv") -> SmallHome:
    """A home that took in the first month."""
    home = SmallHome(root / "home")
    content = before or exports.as_csv(exports.rows_of(export, month=5))
    home.put_table(export.table, content, BEFORE.format(table=export.table, ending=ending))
    assert home.night().accepted == 1
    return home


def delivered(home: SmallHome, export: Export, content: Rows | bytes, ending: str = "csv") -> tuple[str, str]:
    """Status and reason of the second month."""
    file = home.put_table(export.table, content, AFTER.format(table=export.table, ending=ending))
    (delivery,) = home.night().deliveries
    if delivery.status == "accepted":
        file.unlink()
    return delivery.status, delivery.reason or ""


def staged(home: SmallHome, export: Export) -> list[tuple]:
    """The rows of the last delivery, in the order of their keys."""
    columns = ", ".join(CONTRACTS[export.table].columns)
    last = f"(select max(delivery_id) from staging.{export.table})"
    return home.rows(f"select {columns} from staging.{export.table} where delivery_id = {last} order by all")


def declare(home: SmallHome, *lines: str) -> None:
    with (home.home.root / "headings.toml").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def dates(change: Callable[[str], str]) -> Drift:
    return lambda export, rows: exports.changed(rows, export.at(export.day), change)

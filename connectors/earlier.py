"""What the same list looked like when it was last taken in: the measure of what is new about an export."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors import archive
from connectors.contract import Contract
from connectors.declared import NUMBERS
from connectors.deliveries import Delivery
from connectors.headings import plain
from connectors.order import CORRECTED

SQL = Path(__file__).parent / "sql"
_PERIOD = re.compile(r"[\d一二三四五六七八九十]+(?:年度?|月份?|日|号|季度)|\d+|\W|_")
_ENDING = re.compile(r"\.[a-z0-9]{1,5}$")
# Numbers of persons that a spreadsheet or a program of floats has made of 18 digits.
RUINED = r"\d(\.\d+)?[eE]\+1[5-9]|\d{15}0{3}"


@dataclass(frozen=True)
class Profile:
    """One delivery's rows in staging: per column how many are filled, per number column how many are ruined."""

    filled: Mapping[str, int]
    ruined: Mapping[str, int]


@dataclass(frozen=True)
class Earlier:
    """headings: as `plain`, None where the archive has the rows no more. unread: column -> cells nobody could read."""

    profile: Profile
    headings: frozenset[str] | None
    unread: Mapping[str, int]


def earlier(
    connection: duckdb.DuckDBPyConnection, folder: Path, contract: Contract, delivery: Delivery
) -> Earlier | None:
    """The last delivery of the list that a new one continues, from an earlier run; None for a new list."""
    known = _same_list(connection, delivery)
    if known is None:
        return None
    unread = connection.execute(
        "select column_name, unread from raw.read_column where delivery_id = ?", [known]
    ).fetchall()
    names = archive.headings(folder, known)
    return Earlier(
        profile(connection, contract, known), None if names is None else frozenset(map(plain, names)), dict(unread)
    )


def profile(connection: duckdb.DuckDBPyConnection, contract: Contract, delivery_id: int) -> Profile:
    """Counted in the staging table."""
    numbers = [column.name for column in contract.columns.values() if column.type in NUMBERS]
    filled = [f"count({name})" for name in contract.columns]
    ruined = [f"count(*) filter (regexp_full_match(trim({name}), '{RUINED}'))" for name in numbers]
    statement = f"select {', '.join(filled + ruined)} from staging.{contract.table} where delivery_id = ?"
    counts = connection.execute(statement, [delivery_id]).fetchall()[0]
    return Profile(
        dict(zip(contract.columns, counts[: len(filled)], strict=True)),
        dict(zip(numbers, counts[len(filled) :], strict=True)),
    )


def _same_list(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> int | None:
    """The latest under the same name but for its period and format; under the same sheet, or the file's only one."""
    statement = (SQL / "earlier_lists.sql").read_text(encoding="utf-8")
    bound = {"department": delivery.department, "source_table": delivery.source_table, "run": delivery.run_id}
    name = list_name(delivery.source_file)
    rows = connection.execute(statement, bound).fetchall()
    lists = [row for row in rows if list_name(row[1]) == name]
    same_sheet = next((row[0] for row in lists if list_name(row[2] or "") == list_name(delivery.sheet or "")), None)
    if same_sheet is not None or not lists:
        return same_sheet
    of_last_file = [row[0] for row in lists if row[3] == lists[0][3]]
    return of_last_file[0] if len(of_last_file) == 1 else None


def list_name(file_name: str) -> str:
    """What stays of a file's name from month to month: no period, no "corrected", no ending."""
    folded = unicodedata.normalize("NFKC", file_name).casefold()
    return _PERIOD.sub("", CORRECTED.sub("", _ENDING.sub("", folded)))

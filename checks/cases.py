"""Cases: the sentences that prove a clause, run over tables small enough to read.

`cases.toml` beside a rule holds `[[case]]` entries (docs/architecture.md shows one) and, if the rule
needs a delivered city around its people, one `[background]` whose rows are added to every case:
`given.<table>` as in a case. A case says `without = ["contributions"]` to take a table's background away.
"""

import datetime
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from checks import parameters
from checks.case_tables import create_case_tables, fill
from checks.findings import run_rule
from warehouse import models
from warehouse.errors import BangfuError

Row = dict[str, Any]
CASE_KEYS = {"name", "as_of", "given", "expect", "without"}


@dataclass(frozen=True)
class Case:
    """One sentence: what the departments delivered, the day, and exactly what the rule must say."""

    clause: str
    name: str
    as_of: datetime.date
    given: dict[str, Any]
    expect: list[Row]


def load_cases(clause_folder: Path) -> list[Case]:
    """The cases of one clause folder, with its background rows joined in. Raises BangfuError."""
    file = clause_folder / "cases.toml"
    content = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    background = content.get("background", {}).get("given", {})
    return [_case(file, entry, background) for entry in content.get("case", [])]


def _case(file: Path, entry: dict[str, Any], background: dict[str, list[Row]]) -> Case:
    unknown = sorted(entry.keys() - CASE_KEYS)
    missing = sorted({"name", "as_of", "expect"} - entry.keys())
    if unknown or missing:
        raise BangfuError(
            where=f"{file} 的用例 {entry.get('name', '(无名)')}",
            found=f"不认识的项 {unknown},缺少的项 {missing}",
            remedy="按 docs/architecture.md 的写法改正",
        )
    given = dict(entry.get("given", {}))
    for table, rows in background.items():
        if table not in entry.get("without", []):
            given[table] = [*rows, *given.get(table, [])]
    return Case(file.parent.name, entry["name"], entry["as_of"], given, entry["expect"])


def open_bench(project_policy: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with every table a rule may read, empty, and the project's parameters.

    One bench serves many cases: each runs in a transaction that is rolled back.
    """
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": "1"})
    create_case_tables(connection)
    parameters.load_parameters(connection, project_policy, None)
    return connection


def run_case(bench: duckdb.DuckDBPyConnection, case: Case, rule_sql: str) -> list[Row]:
    """What the rule says over the case's rows, as dictionaries; the bench is left as it was.

    Raises BangfuError when the rule's columns or types are not those of a finding.
    """
    bench.execute("begin transaction")
    try:
        fill(bench, case.given, as_of=case.as_of)
        models.build(bench, "core")
        run_rule(bench, rule=case.clause, rule_sql=rule_sql)
        found = bench.execute("select * exclude (found_no) from findings.found order by found_no")
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        bench.execute("rollback")


def difference(found: list[Row], expect: list[Row]) -> str | None:
    """Why what was found is not what the case expects, or None.

    The numbers of rows must be equal, and each expected row must match one found row in every
    field it names (each found row serves once). `evidence_count` and `summary_has` look inside.
    """
    left = list(found)
    for wanted in expect:
        match = next((row for row in left if all(_agrees(row, key, value) for key, value in wanted.items())), None)
        if match is None:
            return f"expected {wanted}, found {left}"
        left.remove(match)
    return f"found more than expected: {left}" if left else None


def _agrees(row: Row, key: str, wanted: Any) -> bool:
    if key == "evidence_count":
        return len(row["evidence"]) == wanted
    if key == "summary_has":
        return wanted in row["summary"]
    if key == "amount" and wanted == "":
        return row["amount"] is None
    return bool(row[key] == wanted)

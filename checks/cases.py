"""Cases: the sentences that prove a clause, run over tables small enough to read.

`cases.toml` beside a rule holds `[[case]]` entries (docs/architecture.md shows one) and, if the rule
needs a delivered city around its people, one `[background]` whose rows are added to every case:
`given.<table>` as in a case. A case says `without = ["contributions"]` to take a table's background away.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from checks.case_tables import create_case_tables, fill
from checks.case_values import check_given
from checks.findings import run_rule
from checks.parameter import Parameter
from checks.parameter_files import read_project
from checks.parameters import load_parameters
from checks.policy_text import read_toml
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


def load_cases(clause_folder: Path, parameters: Iterable[Parameter] | None = None) -> list[Case]:
    """The cases of one clause folder, with its background rows joined in.

    `parameters` are those that cases may set; by default those of the policy the folder lies in. Raises BangfuError.
    """
    file = clause_folder / "cases.toml"
    content = read_toml(file, where=str(file), remedy="按 docs/architecture.md 的写法改正")
    background = content.get("background", {}).get("given", {})
    cases = [_case(file, entry, background) for entry in content.get("case", [])]
    known = list(_declared(clause_folder.parents[1]) if parameters is None else parameters)
    for case in cases:
        check_given(f"{file} 的用例 {case.name}", case.given, known)
    return cases


@cache
def _declared(project_policy: Path) -> tuple[Parameter, ...]:
    return tuple(read_project(project_policy).values())


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
    load_parameters(connection, project_policy, None)
    return connection


def run_case(bench: duckdb.DuckDBPyConnection, case: Case, rule_sql: str) -> list[Row]:
    """What the rule says over the case's rows, as dictionaries; the bench is left as it was.

    Raises BangfuError when the rule's columns or types are not those of a finding.
    """
    bench.execute("begin transaction")
    try:
        prepare_case(bench, case, rule_sql)
        run_rule(bench, rule=case.clause, rule_sql=rule_sql)
        return rows_of(bench, "select * exclude (found_no) from findings.found order by found_no")
    finally:
        bench.execute("rollback")


def prepare_case(bench: duckdb.DuckDBPyConnection, case: Case, rule_sql: str) -> None:
    """Put the case's rows into an empty bench and build over them the core models that the rule rests on."""
    fill(bench, case.given, as_of=case.as_of)
    for create in _core_under(rule_sql):
        bench.execute(create)


@cache
def _core_under(rule_sql: str) -> tuple[str, ...]:
    """The statements that build what a rule reads of core, in order: a case need not build the rest."""
    reads, statements = _core_models()
    try:
        with duckdb.connect() as parser:
            wanted = models.tables_read(parser, rule_sql) & reads.keys()
    except ValueError:  # no SELECT at all: running it is refused in words that name the rule
        return ()
    while below := {read for name in wanted for read in reads[name]} - wanted:
        wanted |= below
    order = TopologicalSorter({name: reads[name] for name in wanted}).static_order()
    return tuple(statements[name] for name in order)


@cache
def _core_models() -> tuple[dict[str, set[str]], dict[str, str]]:
    """Per core model the core models it reads, and the statement that builds it."""
    texts = {name: file.read_text(encoding="utf-8") for name, file in models.model_files("core").items()}
    with duckdb.connect() as parser:
        reads = {name: models.tables_read(parser, text) & texts.keys() for name, text in texts.items()}
    kinds = {name: "view" if text.startswith("-- view") else "table" for name, text in texts.items()}
    return reads, {name: f"create or replace {kinds[name]} {name} as {text}" for name, text in texts.items()}


def rows_of(bench: duckdb.DuckDBPyConnection, select: str) -> list[Row]:
    """A SELECT's rows as dictionaries."""
    found = bench.execute(select)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def difference(found: list[Row], expect: list[Row]) -> str | None:
    """Why what was found is not what the case expects, or None.

    The numbers of rows must be equal, and each expected row must match one found row in every
    field it names (each found row serves once). `evidence_count`, `evidence_days`, `evidence_rows`, `evidence_has`,
    `summary_has` and `summary_lacks` look inside; the last three take one text or a list of texts. "" is NULL.
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
        return len(row["evidence"] or []) == wanted
    if key == "summary_has":
        return all(text in (row["summary"] or "") for text in _texts(wanted))
    if key == "summary_lacks":
        return row["summary"] is not None and not any(text in row["summary"] for text in _texts(wanted))
    if key == "evidence_has":
        said = [fact["what"] or "" for fact in row["evidence"] or []]
        return all(any(text in what for what in said) for text in _texts(wanted))
    if key == "evidence_days":
        return sorted(fact["event_date"] for fact in row["evidence"] if fact["event_date"]) == wanted
    if key == "evidence_rows":
        return {fact["row_id"] for fact in row["evidence"]} >= set(wanted)
    if wanted == "":
        return row[key] is None
    return bool(row[key] == wanted)


def _texts(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted

"""A home's own clauses, proved by their cases before they may run: `bangfu rules --check`.

A proof is a small file beside the clause with the version that passed; another text needs another proof.
"""

import json
from pathlib import Path
from typing import Any

import duckdb

from checks.case_tables import contract_columns
from checks.cases import Case, difference, load_cases, open_bench, run_case
from checks.clause import Clause
from checks.clauses import PROOF, clause_folders, load_clause, load_clauses
from checks.parameter import Parameter
from checks.parameter_files import read_parameters
from checks.parameter_writing import put_in_place
from checks.parameters import write_table
from warehouse import models
from warehouse.errors import BangfuError
from warehouse.home import DEPARTMENTS

SCHEMAS = {"linked", "core", "policy", "identity", "run"}
SHOWN = ("condition", "person_id", "family_no", "first_met_on", "amount", "certain", "summary")
FUNCTIONS = {"unnest", "range", "generate_series"}


def prove_clauses(project_policy: Path, home_policy: Path) -> dict[str, list[str]]:
    """Run the cases of every clause of the home; gives what is wrong by rule, nothing where all is well.

    A clause without fault is marked as proved, any other loses its mark. Raises BangfuError for a name that the
    project has already, or a parameter file that cannot be read.
    """
    load_clauses(project_policy, home_policy)
    folders = clause_folders(home_policy)
    if not folders:
        return {}
    parameters = read_parameters(project_policy, home_policy)
    bench = open_bench(project_policy)
    for parameter in parameters:
        if parameter.is_local:
            write_table(bench, parameter)
    models.build(bench, "core")
    return {folder.name: _prove(bench, folder, parameters) for folder in folders}


def _prove(bench: duckdb.DuckDBPyConnection, folder: Path, parameters: list[Parameter]) -> list[str]:
    try:
        clause, cases = load_clause(folder), load_cases(folder, parameters)
    except BangfuError as error:
        return [str(error)]
    names = {parameter.name for parameter in parameters}
    faults = [*_declared(clause, names), *_statement(bench, clause.sql or ""), *_both_sides(cases)]
    faults = faults or [fault for case in cases for fault in _case(bench, clause, case)]
    if faults:
        (folder / PROOF).unlink(missing_ok=True)
    else:
        put_in_place(
            folder / PROOF, f'# 由 bangfu rules --check 写出:用例全部通过的版本\nversion = "{clause.version}"\n'
        )
    return faults


def _declared(clause: Clause, parameters: set[str]) -> list[str]:
    strangers = {
        "uses": set(clause.uses) - parameters,
        "needs": set(clause.needs) - contract_columns().keys(),
        "lead_department、recipients": {clause.lead_department, *clause.recipients} - set(DEPARTMENTS),
    }
    faults = [f"clause.toml 的 {key} 里不认识 {'、'.join(sorted(names))}" for key, names in strangers.items() if names]
    faults += [f"clause.toml 缺少 {key}" for key in ("quote", "objection", "needs") if not getattr(clause, key)]
    if "停发" in clause.asks + clause.title:
        faults.append("title 和 asks 只能提请核实,不能写“停发”")
    return faults


def _statement(bench: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Faults of the text itself. DuckDB's own words may be shown here: the bench holds made-up rows alone."""
    (serialized,) = bench.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0]
    tree = json.loads(serialized)
    if tree["error"]:
        return [f"rule.sql 读不懂:{tree['error_message']}"]
    if len(tree["statements"]) != 1:
        return ["rule.sql 只能有一个 SELECT"]
    strangers = sorted(set(_foreign(tree)))
    if strangers:
        return [f"rule.sql 不能读 {'、'.join(strangers)};只能读 {'、'.join(sorted(SCHEMAS))} 里的表"]
    try:
        bench.execute(f"explain {sql}")
    except duckdb.Error as error:
        return [f"rule.sql 无法运行:{str(error).strip()}"]
    return []


def _foreign(node: Any) -> list[str]:
    """Tables of other layers, and functions that would read files."""
    if isinstance(node, list):
        return [name for child in node for name in _foreign(child)]
    if not isinstance(node, dict):
        return []
    found = [name for child in node.values() for name in _foreign(child)]
    if node.get("type") == "BASE_TABLE" and node["schema_name"] and node["schema_name"] not in SCHEMAS:
        found.append(f"{node['schema_name']}.{node['table_name']}")
    if node.get("type") == "TABLE_FUNCTION" and node["function"]["function_name"] not in FUNCTIONS:
        found.append(node["function"]["function_name"])
    return found


def _both_sides(cases: list[Case]) -> list[str]:
    faults = []
    if not any(case.expect for case in cases):
        faults.append("cases.toml 没有应当列出的用例")
    if all(case.expect for case in cases):
        faults.append("cases.toml 没有不应当列出(expect = [])的用例")
    return faults


def _case(bench: duckdb.DuckDBPyConnection, clause: Clause, case: Case) -> list[str]:
    try:
        found = run_case(bench, case, clause.sql or "")
    except (BangfuError, duckdb.Error, KeyError, TypeError, ValueError, AttributeError) as error:
        # whatever a case says wrongly ends here; its rows are made up and may be quoted
        return [f"用例“{case.name}”写得不对:{error}"]
    if difference(found, case.expect) is None:
        return []
    shown = [{key: row[key] for key in SHOWN} for row in found]
    return [f"用例“{case.name}”不符", f"  应当列出 {_rows(case.expect)}", f"  实际列出 {_rows(shown)}"]


def _rows(rows: list[dict[str, Any]]) -> str:
    told = ["; ".join(f"{key} = {value}" for key, value in row.items()) for row in rows]
    return "".join(f"\n    - {row}" for row in told) or "0 条"

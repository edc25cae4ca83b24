"""`bangfu rules`: the catalogue as text, generated from the rules themselves."""

from pathlib import Path

import duckdb

from checks.catalogue import write_catalogue
from checks.clauses import load_clauses
from checks.explain import DEPARTMENTS
from checks.parameter import Parameter
from checks.parameter_text import describe_settings
from checks.parameters import load_parameters

SQL = Path(__file__).parent / "sql"
STATUS_TITLES = {
    "running": "运行中的规则",
    "table": "以表列出的规则",
    "planned": "现在不运行的规则",
    "not_from_data": "无法由数据判断的条款",
}
KINDS = {"adverse": "核实类", "supportive": "支持类"}


def describe_rules(connection: duckdb.DuckDBPyConnection, project_policy: Path, home_policy: Path | None) -> str:
    """Every rule with clause, status and parameters; then every parameter with its dated values or why it is unset.

    Writes schema `policy` of the connection, which must have the layers. Raises BangfuError for a wrong policy file.
    """
    parameters = load_parameters(connection, project_policy, home_policy)
    clauses = load_clauses(project_policy, home_policy)
    write_catalogue(connection, clauses)
    return "\n".join([*_rules(connection, parameters), "", describe_settings(project_policy, home_policy, clauses)])


def _rules(connection: duckdb.DuckDBPyConnection, parameters: list[Parameter]) -> list[str]:
    labels = {one.name: one.label + ("(未设定)" if one.unset_series() else "") for one in parameters}
    lines: list[str] = []
    shown = None
    for rule, clause, title, kind, status, lead, uses, reason in connection.execute(_read("rules_text")).fetchall():
        if status != shown:
            lines += ["", f"【{STATUS_TITLES[status]}】"]
            shown = status
        lines.append(f"{clause}  {rule}  {title}({KINDS[kind]},牵头 {DEPARTMENTS.get(lead, lead)})")
        if uses:
            lines.append(f"      参数:{'、'.join(labels.get(name, name) for name in uses)}")
        if reason:
            lines.append(f"      {reason}")
    return lines[1:]


def _read(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")

"""`bangfu rules`: the catalogue as text, generated from the rules themselves."""

from pathlib import Path

import duckdb

from checks.catalogue import write_catalogue
from checks.clauses import load_clauses
from checks.parameters import load_parameters

SQL = Path(__file__).parent / "sql"
STATUS_TITLES = {
    "running": "运行中的规则",
    "planned": "待建的规则(现在不运行)",
    "not_from_data": "无法由数据判断的条款",
}
KINDS = {"adverse": "核实类", "supportive": "支持类"}


def describe_rules(connection: duckdb.DuckDBPyConnection, project_policy: Path, home_policy: Path | None) -> str:
    """Every rule with clause, status and parameters; then every parameter with its dated values or why it is unset.

    Writes schema `policy` of the connection, which must have the layers. Raises BangfuError for a wrong policy file.
    """
    load_parameters(connection, project_policy, home_policy)
    write_catalogue(connection, load_clauses(project_policy))
    return "\n".join([*_rules(connection), "", *_parameters(connection)])


def _rules(connection: duckdb.DuckDBPyConnection) -> list[str]:
    unset = {name for (name,) in connection.execute("select name from policy.parameter where not is_set").fetchall()}
    lines: list[str] = []
    shown = None
    for rule, clause, title, kind, status, lead, uses, reason in connection.execute(_read("rules_text")).fetchall():
        if status != shown:
            lines += ["", f"【{STATUS_TITLES[status]}】"]
            shown = status
        lines.append(f"{clause}  {rule}  {title}({KINDS[kind]},牵头 {lead})")
        if uses:
            marked = [f"{name}(未设定)" if name in unset else name for name in uses]
            lines.append(f"      参数:{'、'.join(marked)}")
        if reason:
            lines.append(f"      {reason}")
    return lines[1:]


def _parameters(connection: duckdb.DuckDBPyConnection) -> list[str]:
    lines = ["【参数】"]
    shown = None
    for name, label, unit, valid_from, value, cite, is_set, why in connection.execute(
        _read("parameters_text")
    ).fetchall():
        if name != shown:
            lines.append(f"{name}  {label}({unit})")
            shown = name
        lines.append(f"      {valid_from} 起:{value}  依据:{cite}" if is_set else f"      未设定:{why}")
    return lines


def _read(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")

"""Clauses: the law as folders of `policy/clauses`, evaluated into findings by one door.

A clause only proposes: no state it can write says that money is or should be stopped.
"""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import duckdb

from checks import findings
from checks.clause import Clause
from checks.findings import Evaluation
from warehouse.errors import BangfuError

KINDS = ("adverse", "supportive")
STATUSES = ("running", "planned", "not_from_data")
REQUIRED = {"rule", "clause", "title", "kind", "lead_department", "recipients", "asks"}
OPTIONAL = {"quote", "kind_of", "objection", "uses", "needs", "note", "status", "reason", "parties_only"}
FILES = ("clause.toml", "rule.sql", "cases.toml")


def load_clauses(project_policy: Path) -> list[Clause]:
    """Every clause folder, then the entries of catalogue.toml. Raises BangfuError for the first that is wrong."""
    folders = sorted((project_policy / "clauses").glob("*/clause.toml"))
    clauses = [load_clause(file.parent) for file in folders]
    catalogue = project_policy / "catalogue.toml"
    entries = _parse(catalogue).get("rule", []) if catalogue.exists() else []
    clauses += [_clause(catalogue, entry, sql=None, version="") for entry in entries]
    _names_once(clauses)
    return clauses


def load_clause(folder: Path) -> Clause:
    """One clause folder: clause.toml, rule.sql, cases.toml. Raises BangfuError."""
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise BangfuError(where=f"条款 {folder.name}", found=f"缺少 {'、'.join(missing)}", remedy="三个文件要放在一起")
    file = folder / "clause.toml"
    content = _parse(file)
    if content.get("rule") != folder.name:
        raise BangfuError(where=str(file), found="rule 与文件夹名不同", remedy="把两者改成一样")
    return _clause(file, content, sql=(folder / "rule.sql").read_text(encoding="utf-8"), version=version_of(folder))


def version_of(folder: Path) -> str:
    """A short hash over the clause's files: another text, another version."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def _clause(file: Path, content: dict[str, Any], *, sql: str | None, version: str) -> Clause:
    where = f"{file} 的 {content.get('rule', '(无名规则)')}"
    unknown, missing = sorted(content.keys() - REQUIRED - OPTIONAL), sorted(REQUIRED - content.keys())
    if unknown or missing:
        raise BangfuError(where=where, found=f"不认识的项 {unknown},缺少的项 {missing}", remedy="对照其他条款改正")
    status = content.get("status", "running")
    if status not in STATUSES or (status == "running") != (sql is not None):
        raise BangfuError(where=where, found=f"状态 {status} 与文件不符", remedy="有 rule.sql 的才是 running")
    kinds = {content["kind"], *content.get("kind_of", {}).values()}
    if not kinds <= set(KINDS):
        raise BangfuError(where=where, found="kind 不认识", remedy=f"写成 {'、'.join(KINDS)} 之一")
    content = {key: value for key, value in content.items() if key != "note"}
    content |= {key: tuple(content.get(key, ())) for key in ("recipients", "uses", "needs")}
    return Clause(**content, sql=sql, version=version)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BangfuError(where=str(file), found=f"不是完好的 TOML({error})", remedy="按其他条款的样子改正") from error


def _names_once(clauses: list[Clause]) -> None:
    names = [clause.rule for clause in clauses]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BangfuError(where="policy/", found=f"规则名 {'、'.join(twice)} 出现了两次", remedy="每条规则只写一处")


def evaluate(connection: duckdb.DuckDBPyConnection, clause: Clause) -> Evaluation:
    """Run one clause over the core tables into the findings tables that `findings.start` made.

    Raises BangfuError when the clause has no rule to run, or its SELECT is defective.
    """
    if clause.sql is None:
        raise BangfuError(where=f"条款 {clause.rule}", found="没有可运行的规则", remedy="只评估 running 的条款")
    return findings.publish(connection, rule=clause.rule, rule_sql=clause.sql)

"""Clauses: the law as folders of `policy/clauses`, evaluated into findings by one door.

A clause only proposes: no state it can write says that money is or should be stopped.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from checks import findings
from checks.clause import Clause
from checks.findings import Evaluation
from checks.policy_text import read_text, read_toml
from warehouse.errors import BangfuError

KINDS = ("adverse", "supportive")
# table: the rule's result is a published table that `reason` names, not findings.
STATUSES = ("running", "table", "planned", "not_from_data")
REQUIRED = {"rule", "clause", "title", "kind", "lead_department", "recipients", "asks"}
OPTIONAL = {"quote", "kind_of", "objection", "uses", "needs", "note", "status", "reason", "parties_only"}
FILES = ("clause.toml", "rule.sql", "cases.toml")
PROOF = "proved.toml"
UNPROVED = "本地条款：用例还没有通过，现在不运行；运行 bangfu rules --check"


def load_clauses(project_policy: Path, home_policy: Path | None = None) -> list[Clause]:
    """Every clause folder, then the entries of catalogue.toml, then the home's own clauses.

    A clause of the home runs only in the version whose cases have passed (`checks.clause_proof`), and never in
    place of one of the project's.
    Raises BangfuError for the first that is wrong.
    """
    clauses = [load_clause(folder) for folder in clause_folders(project_policy)]
    catalogue = project_policy / "catalogue.toml"
    entries = _parse(catalogue).get("rule", []) if catalogue.exists() else []
    clauses += [_clause(catalogue, entry, sql=None, version="") for entry in entries]
    clauses += [_if_proved(folder) for folder in clause_folders(home_policy)]
    _names_once(clauses)
    return clauses


def clause_folders(policy: Path | None) -> list[Path]:
    """The folders of clauses below a policy folder, in order of name."""
    found = (policy / "clauses").glob("*") if policy else ()
    return sorted(folder for folder in found if folder.is_dir() and any((folder / name).exists() for name in FILES))


def _if_proved(folder: Path) -> Clause:
    """A clause of the home; one that cannot be read or is not proved is listed with the reason and stops no night."""
    try:
        clause = load_clause(folder)
        proof = folder / PROOF
        if proof.exists() and _parse(proof).get("version") == clause.version:
            return clause
        return replace(clause, status="planned", reason=UNPROVED, sql=None, version="")
    except BangfuError as error:
        return Clause(
            rule=folder.name,
            clause="本地",
            title=folder.name,
            kind="supportive",
            lead_department="civil_affairs",
            recipients=(),
            asks="",
            version="",
            status="planned",
            reason=f"本地条款读不懂，现在不运行：{error.found}",
        )


def load_clause(folder: Path) -> Clause:
    """One clause folder: clause.toml, rule.sql, cases.toml. Raises BangfuError."""
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise BangfuError(where=f"条款 {folder.name}", found=f"缺少 {'、'.join(missing)}", remedy="三个文件要放在一起")
    file = folder / "clause.toml"
    content = _parse(file)
    if content.get("rule") != folder.name:
        raise BangfuError(where=str(file), found="rule 与文件夹名不同", remedy="把两者改成一样")
    return _clause(file, content, sql=_sql(folder / "rule.sql"), version=version_of(folder))


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
    return read_toml(file, where=str(file), remedy="按其他条款的样子改正")


def _sql(file: Path) -> str:
    return read_text(file, where=str(file))


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

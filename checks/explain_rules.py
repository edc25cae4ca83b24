"""Every rule of the catalogue for one person: result, facts, inputs, parameters, clause, how to object."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import duckdb

from checks.find_person import SQL_FOLDER, rows

KINDS = {"supportive": "支持类", "adverse": "核实类"}
IDENTITIES = {"certain": "身份确定", "probable": "身份可能"}
NOT_RUNNING = {"table": "结果是一张表,不逐人列出", "planned": "现在不运行", "not_from_data": "不由数据判断"}
Place = Callable[[str | None, str | None, str | None, list[int]], str]


@dataclass(frozen=True)
class Subject:
    """What the rules said about one person. why_not: the reason told where a rule lists nothing, and whether the rule
    does not look at such people at all."""

    person_id: str
    findings: dict[str, list[tuple[Any, ...]]]
    held: dict[str, list[str]]
    why_not: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def concerned_by(self, rule: str) -> bool:
        """Whether the rule looks at this person at all, or said something all the same."""
        _, is_outside = self.why_not.get(rule, ("", False))
        return not is_outside or rule in self.findings or rule in self.held


def rule_lines(connection: duckdb.DuckDBPyConnection, person_id: str, *, place: Place) -> list[str]:
    """One block of lines a rule; rules that do not run are named with the reason."""
    subject = _subject(connection, person_id)
    lines = []
    for rule, clause, title, kind, status, reason, quote, objection, uses, needs in rows(connection, "rules"):
        if status != "running":
            lines.append(f"○ {title}({clause}):{NOT_RUNNING.get(status, status)}{',' + reason if reason else ''}")
            continue
        lines.append(f"● {title}({rule},{clause},{KINDS[kind]})")
        body = _result(connection, subject, rule, place)
        body += _inputs(connection, subject.person_id, needs)
        if subject.concerned_by(rule):
            body += _parameters(connection, uses)
            body += [f"条款原文:{quote}"] if quote else []
            body += [f"怎样提出异议:{objection}"] if objection else []
        lines += [f"    {line}" for line in body]
    return lines


def _subject(connection: duckdb.DuckDBPyConnection, person_id: str) -> Subject:
    findings, held = defaultdict(list), defaultdict(list)
    for finding_id, rule, *told in rows(connection, "findings", person=person_id):
        findings[rule].append((finding_id, *told))
    for rule, reason in rows(connection, "held", person=person_id):
        held[rule].append(reason)
    return Subject(person_id, dict(findings), dict(held), reasons_not_listed(connection, person_id))


def reasons_not_listed(connection: duckdb.DuckDBPyConnection, person_id: str) -> dict[str, tuple[str, bool]]:
    """The facts of the person once, as a temporary table, and what each part of the policy makes of them."""
    facts = (SQL_FOLDER / "subject.sql").read_text(encoding="utf-8")
    connection.execute(f"create or replace temp table subject as {facts}", {"person": person_id})
    parts = sorted(file.stem for file in (SQL_FOLDER / "why_not").glob("*.sql"))
    told = [row for part in parts for row in rows(connection, f"why_not/{part}")]
    return {rule: (why, bool(is_outside)) for rule, why, is_outside in told}


def _result(connection: duckdb.DuckDBPyConnection, subject: Subject, rule: str, place: Place) -> list[str]:
    lines = []
    for finding in subject.findings.get(rule, []):
        lines += _finding(connection, finding, place)
    lines += [f"结果:没有列出,转身份核对({reason})" for reason in subject.held.get(rule, [])]
    return lines or [f"结果:{_not_listed(*subject.why_not.get(rule, ('不符合列出的条件', False)))}"]


def _not_listed(why: str, is_outside: bool) -> str:
    return f"不在这条规则的范围内:{why}" if is_outside else f"核对过,没有列出:{why}"


def _finding(connection: duckdb.DuckDBPyConnection, finding: tuple[Any, ...], place: Place) -> list[str]:
    finding_id, _, kind, state, identity, first_met_on, amount, summary, national_bar = finding
    told = [f"结果:列出({KINDS[kind]},{state},{IDENTITIES[identity]},编号 {finding_id}):{summary}"]
    told.append(f"最早符合日 {first_met_on};涉及金额 {f'{amount} 元' if amount is not None else '未知或不涉及'}")
    if national_bar is not None:
        told.append("也达到国家规定的条件" if national_bar else "没有达到国家规定的更严条件,只达到本市文件的条件")
    for event_date, what, department, file, sheet, row in rows(connection, "evidence", finding=finding_id):
        told.append(f"依据:{event_date or '日期未登记'} {what}({place(department, file, sheet, [row])})")
    return told


def _inputs(connection: duckdb.DuckDBPyConnection, person_id: str, needs: list[str] | None) -> list[str]:
    shown = [
        f"{title} {f'{count} 条' if was_delivered else '从未收到(按未知处理)'}"
        for title, count, was_delivered in rows(connection, "inputs", person=person_id, needs=needs or [])
    ]
    return [f"查看的数据:{'、'.join(shown)}"] if shown else []


def _parameters(connection: duckdb.DuckDBPyConnection, uses: list[str] | None) -> list[str]:
    lines = []
    for label, unit, value, cite, is_set in rows(connection, "parameters", names=uses or []):
        which = f"({value})" if value else ""
        lines.append(f"参数:{label} = {value} {unit}({cite})" if is_set else f"参数:{label}{which}:尚未设定,不据此计算")
    return lines

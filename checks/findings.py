"""Findings: what a rule returned becomes a proposal with facts attached, or is held back and counted.

due-process 2, 3 and 5 are kept here, whatever a rule says: no finding without evidence that reads back,
no adverse one on a link that is not certain.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import BangfuError

SQL = Path(__file__).parent / "sql"
RULE_COLUMNS = {
    "condition": "VARCHAR",
    "person_id": "VARCHAR",
    "family_no": "VARCHAR",
    "first_met_on": "DATE",
    "amount": "DECIMAL(12,2)",
    "national_bar": "BOOLEAN",
    "certain": "BOOLEAN",
    "summary": "VARCHAR",
    "evidence": "STRUCT(row_id BIGINT, event_date DATE, what VARCHAR)[]",
}
TABLES = {
    "findings.finding": "finding_id VARCHAR, rule VARCHAR, clause VARCHAR, kind VARCHAR, condition VARCHAR, "
    "person_id VARCHAR, family_no VARCHAR, as_of DATE, first_met_on DATE, amount DECIMAL(12,2), "
    "national_bar BOOLEAN, identity VARCHAR, state VARCHAR, summary VARCHAR, evidence_hash VARCHAR, "
    "rule_version VARCHAR",
    "findings.evidence": "finding_id VARCHAR, position INTEGER, row_id BIGINT, event_date DATE, what VARCHAR",
    "findings.held_back": "rule VARCHAR, person_id VARCHAR, other_person_id VARCHAR, reason VARCHAR, "
    "condition VARCHAR, first_met_on DATE, kind VARCHAR, finding_id VARCHAR, record BIGINT",
    "findings.held": "finding_id VARCHAR",
}


@dataclass(frozen=True)
class Evaluation:
    """What one rule gave: counts only."""

    rule: str
    published: int
    held_back: int


def start(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the findings tables of this run anew; history and known stay."""
    for table, columns in TABLES.items():
        connection.execute(f"create or replace table {table} ({columns})")


def publish(connection: duckdb.DuckDBPyConnection, *, rule: str, rule_sql: str) -> Evaluation:
    """Run a rule's SELECT and add its rows to findings.finding and evidence, or to held_back.

    `rule` must stand in policy.rule. Raises BangfuError when the SELECT fails or has other columns than
    RULE_COLUMNS; DuckDB's own message is left out, because it can carry a value.
    """
    run_rule(connection, rule=rule, rule_sql=rule_sql)
    connection.execute("create or replace table findings.evaluating (rule VARCHAR)")
    connection.execute("insert into findings.evaluating values (?)", [rule])
    connection.execute(f"create or replace table findings.candidate as {_read('candidate')}")
    connection.execute(f"insert into findings.finding {_read('finding')}")
    connection.execute(f"insert into findings.evidence {_read('evidence')}")
    connection.execute(f"insert into findings.held_back {_read('held_back')}")
    connection.execute("insert into findings.held select finding_id from findings.candidate where problem is not null")
    published, held = connection.execute(
        "select count(*) filter (problem is null), count(*) filter (problem is not null) from findings.candidate"
    ).fetchall()[0]
    for table in ("found", "evaluating", "candidate"):
        connection.execute(f"drop table findings.{table}")
    return Evaluation(rule, published, held)


def run_rule(connection: duckdb.DuckDBPyConnection, *, rule: str, rule_sql: str) -> None:
    """Write findings.found: the rule's rows, with found_no in an order that does not depend on the plan.

    Raises BangfuError as `publish` does.
    """
    try:
        connection.execute(f"create or replace table findings.found as {rule_sql}")
    except duckdb.Error as error:
        raise _defect(rule, f"rule.sql 无法运行({type(error).__name__})") from None
    described = connection.execute("describe findings.found").fetchall()
    if {row[0]: row[1] for row in described} != RULE_COLUMNS:
        raise _defect(rule, f"rule.sql 的列是 {[(row[0], row[1]) for row in described]}")
    connection.execute(f"create or replace table findings.found as {_read('found')}")


def record_history(connection: duckdb.DuckDBPyConnection) -> int:
    """Compare this run's findings with those known, append what changed to findings.history, set the states.

    Call it once, after every rule has run. Gives the number of changes; a second call gives 0.
    """
    before = _count(connection, "findings.history")
    connection.execute(f"insert into findings.history {_read('change')}")
    for table in ("known", "known_fact"):
        connection.execute(f"create or replace table findings.{table}_next as {_read(table)}")
    for table in ("known", "known_fact"):
        connection.execute(f"delete from findings.{table}")
        connection.execute(f"insert into findings.{table} by name from findings.{table}_next")
        connection.execute(f"drop table findings.{table}_next")
    connection.execute(
        "update findings.finding set state = known.state from findings.known as known "
        "where known.finding_id = finding.finding_id"
    )
    return _count(connection, "findings.history") - before


def remember_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep where the findings on families stand; call it once area.flag is built."""
    connection.execute(f"create or replace table findings.known_place_next as {_read('known_place')}")
    connection.execute("delete from findings.known_place")
    connection.execute("insert into findings.known_place by name from findings.known_place_next")
    connection.execute("drop table findings.known_place_next")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    ((number,),) = connection.execute(f"select count(*) from {table}").fetchall()
    return int(number)


def _read(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _defect(rule: str, found: str) -> BangfuError:
    return BangfuError(
        where=f"policy/clauses/{rule}/rule.sql",
        found=found,
        remedy="rule.sql 须是一个 SELECT,列与 docs/architecture.md 所列一致;先运行它的用例",
    )

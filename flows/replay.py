"""What the system would have said on an earlier day, with what it had received by then.

Everything happens on a private copy of the working file: the published warehouse and the history of the
findings stay as they are.
"""

import os
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import duckdb

from flows.nightly import build_mart, link_and_judge
from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.connection import attach, connect
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.publish import copy_closed_database, partial_path, replace_published
from warehouse.scratch import private_run

REPLAY_MODE = 0o600
# A file counts as received on the day it came, or on the earlier day that its run was told to take for today
# (`nightly --as-of`): that run did speak as of that day with it.
RECEIVED_BY = """
create or replace temp table received as
select delivery.delivery_id, delivery.received_at
from raw.delivery as delivery
left join run.log as log on log.run_id = delivery.run_id
where least(delivery.received_at::date, coalesce(log.as_of, delivery.received_at::date)) <= ?
"""
KNOWN = "(select delivery_id from temp.received)"
IN_FORCE_AGAIN = """
update raw.delivery set status = 'accepted'
where status = 'superseded' and delivery_id in (select delivery_id from temp.in_force)
"""
STATE_THEN = """
update findings.finding set state = latest.state
from (select finding_id, arg_max(state, rowid) as state from findings.history group by finding_id) as latest
where latest.finding_id = finding.finding_id
"""
COUNTS = """
select finding.rule, rule.title, finding.kind, count(*) as findings
from mart.finding as finding
join policy.rule as rule on rule.rule = finding.rule
group by finding.rule, rule.title, finding.kind
order by finding.kind <> 'supportive', finding.rule
"""


@dataclass(frozen=True)
class ReplayReport:
    """received, later: deliveries known by the day, and come since. found: (rule, title, kind, findings)."""

    as_of: date
    received: int
    later: int
    found: list[tuple[str, str, str, int]]
    database: Path


def replay(settings: Settings, as_of: date, *, run_step: RunStep = call) -> ReplayReport:
    """Judge a private copy as of a day and write its mart tables to `warehouse/replay-<day>.duckdb`.

    Persons keep today's ids. Parameters are those dated up to the day as the files have them now.
    Raises BangfuError when there is nothing to replay, or the run fails; then no file is written.
    """
    home = settings.home
    if not home.work_database.exists():
        raise BangfuError(where=str(home.root), found="还没有收取过数据", remedy="先运行 bangfu nightly 或 bangfu demo")
    home.prepare()
    with exclusive(home.lock_file, command="replay"), private_run(home):
        return _replay(settings, as_of, run_step)


def _replay(settings: Settings, as_of: date, run_step: RunStep) -> ReplayReport:
    home = settings.home
    copy = run_step("复制工作库", copy_closed_database, home.work_database, home.spill / "replay.duckdb")
    target = home.warehouse / f"replay-{as_of.isoformat()}.duckdb"
    with connect(copy, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        received, later = run_step("回到当日", forget_later, connection, as_of)
        judge_again(connection, home, run_step)
        run_step("写出结果", write_mart, connection, partial_path(target))
        found = connection.execute(COUNTS).fetchall()
    replace_published(partial_path(target), target, mode=REPLAY_MODE)
    return ReplayReport(as_of, received, later, found, target)


def forget_later(connection: duckdb.DuckDBPyConnection, as_of: date) -> tuple[int, int]:
    """Take out of the copy what came after the day; gives the numbers of deliveries kept and taken out.

    Rows that a later delivery replaced are in force again.
    """
    connection.execute(RECEIVED_BY, [as_of])
    (kept,) = connection.execute("select count(*) from temp.received").fetchall()[0]
    (all_deliveries,) = connection.execute("select count(*) from raw.delivery").fetchall()[0]
    _forget_rows(connection)
    _forget_identities(connection, as_of)
    _forget_past_the_day(connection, as_of)
    return int(kept), int(all_deliveries - kept)


def _forget_rows(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create or replace temp table in_force (delivery_id integer)")
    for table in _tables(connection, "staging"):
        connection.execute(f"delete from {table} where delivery_id not in {KNOWN}")
        connection.execute(f"update {table} set superseded_by = null where superseded_by not in {KNOWN}")
        connection.execute(f"insert into in_force select distinct delivery_id from {table} where superseded_by is null")
    for name in ("rejected_row", "skipped_row", "cell_note", "key_conflict", "delivery"):
        connection.execute(f"delete from raw.{name} where delivery_id not in {KNOWN}")
    connection.execute(IN_FORCE_AGAIN)


def _forget_identities(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Ways of writing a person that nobody had used by then, and judgements nobody had given."""
    connection.execute(f"delete from identity.row_identity where row_id // 1000000000 not in {KNOWN}")
    used = "(select identity_id from identity.row_identity)"
    connection.execute(f"delete from identity.identity where identity_id not in {used}")
    connection.execute(f"delete from identity.person_key where identity_id not in {used}")
    connection.execute("delete from identity.judgement where judged_at::date > ?", [as_of])


def _forget_past_the_day(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """The copy's clock and its memory of findings: the linked views read everything that is left."""
    connection.execute("delete from findings.history where changed_at::date > ?", [as_of])
    connection.execute("delete from findings.known where first_seen_on > ?", [as_of])
    for table in ("finding_answer", "review_answer", "visit"):
        connection.execute(f"delete from answers.{table} where answered_on > ?", [as_of])
    connection.execute("delete from answers.withdrawn where withdrawn_on > ?", [as_of])
    end_of_day = datetime.combine(as_of, time.max)
    connection.execute(
        "update run.context set as_of = ?, received_until = "
        "greatest(?, (select coalesce(max(received_at), ?) from temp.received))",
        [as_of, end_of_day, end_of_day],
    )


def judge_again(connection: duckdb.DuckDBPyConnection, home: Home, run_step: RunStep) -> None:
    """The night's own steps over the copy; instead of a history, each finding's state as it stood that day."""
    link_and_judge(connection, home, run_step)
    connection.execute(STATE_THEN)
    run_step("结果表", build_mart, connection)


def write_mart(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Every mart table and view of the connection as a table of a new file, readable by its owner alone."""
    previous = os.umask(0o077)
    try:
        attach(connection, target, name="replayed")
        connection.execute("create schema replayed.mart")
        for table in _tables(connection, "mart"):
            connection.execute(f"create table replayed.{table} as from {table}")
        connection.execute("checkpoint replayed")
        connection.execute("detach replayed")
    finally:
        os.umask(previous)


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """The tables and views of a schema of the copy, as `schema.table`."""
    rows = connection.execute(
        "select table_schema || '.' || table_name as name from information_schema.tables "
        "where table_catalog = current_database() and table_schema = ? order by name",
        [schema],
    ).fetchall()
    return [name for (name,) in rows]

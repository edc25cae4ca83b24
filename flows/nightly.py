"""The nightly run: take in, link, judge, publish. The one order in which things happen."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from checks import clauses, findings, parameters
from checks.catalogue import write_catalogue
from checks.quality.judging import import_ahead
from checks.quality.layers import verify_layers
from connectors.intake import IntakeReport
from connectors.pulling.result import Pulled
from flows.answers import NOTHING, apply_answers, arrived_answers, still_refused
from flows.audit import keep_anchor, record_answers, record_received, record_settings
from flows.fingerprint import fingerprint, last_committed, published_fingerprint
from flows.keeping.compaction import compact_if_due
from flows.keeping.tonight import keep_tonight
from flows.pull import pull
from flows.quality import take_in_judged
from flows.settings import PROJECT_POLICY, Settings
from flows.steps import RunStep, call
from matching.link import link
from reports.answers.intake import AnswersReport, Arrived, statuses
from reports.answers.receipt import write_receipts
from reports.quality.page import write_quality_page
from warehouse import dictionary, models
from warehouse.analyst import build_analyst
from warehouse.connection import connect, prepare_schema
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.publish import copy_closed_database, partial_path, replace_published
from warehouse.scratch import private_run

logger = logging.getLogger("bangfu")
FULL_MODE, ANALYST_MODE = 0o600, 0o640


@dataclass(frozen=True)
class NightlyReport:
    """What a night did: counts, the receipts written, and (file, reason) of returned files that cannot be read."""

    as_of: date
    intake: IntakeReport
    published: bool
    answers: AnswersReport = NOTHING
    receipts: tuple[Path, ...] = ()
    refused_answers: tuple[tuple[str, str], ...] = ()
    pulled: tuple[Pulled, ...] = ()


def nightly(
    settings: Settings, *, inbox: Path | None = None, as_of: date | None = None, run_step: RunStep = call
) -> NightlyReport:
    """Take in what is new, link people, evaluate every rule as of the day, publish.

    Raises BangfuError when the run fails; then nothing is published and the next run repairs itself.
    """
    home, day = settings.home, as_of or date.today()
    inbox = _existing(inbox or home.inbox, home)
    with exclusive(home.lock_file, command="nightly"), private_run(home):
        pulled = tuple(pull(settings, inbox, run_step=run_step) or ())
        with work_database(settings) as connection:
            run_id = start_run(connection, day)
            record_settings(home, command="nightly")
            intake = run_step("收取文件", take_in_judged, connection, home, inbox, run_id, datetime.now(), tell)
            record_received(connection, home, run_id)
            run_step("保留期限", keep_tonight, connection, home)
            arrived = run_step("读取答复", arrived_answers, connection, home, inbox)
            wanted = fingerprint(connection, home, day, answers=statuses(arrived))
            answers, published = NOTHING, wanted != published_fingerprint(home)
            if published and wanted != last_committed(connection):
                answers = derive(connection, home, run_id, day, intake.new_rows, arrived, run_step)
            record_answers(connection, home, run_id)
            receipts = run_step("答复回执", write_receipts, connection, home.outbox)
            refused = still_refused(connection, home, inbox)
            if published:
                run_step("质量页", write_quality_page, connection, home.outbox)
                run_step("分析库", build_analyst, connection, partial_path(home.analyst_database))
        compact_if_due(settings, run_step)
        if published:
            run_step("发布", publish, home, partial_path(home.analyst_database))
    return NightlyReport(day, intake, published, answers, tuple(receipts), tuple(refused), pulled)


def tell(progress: str) -> None:
    """A line of progress inside a long step."""
    logger.info("  %s", progress)


@contextmanager
def work_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The private working file, opened for this run and checkpointed when it closes well."""
    home = settings.home
    with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        prepare_schema(connection)
        yield connection
        connection.execute("checkpoint")


def start_run(connection: duckdb.DuckDBPyConnection, as_of: date) -> int:
    """Set the day every model and rule reads; gives this run's number."""
    (run_id,) = connection.execute("select coalesce(max(run_id), 0) + 1 as run_id from run.log").fetchall()[0]
    now = datetime.now()
    connection.execute("begin")
    connection.execute("delete from run.context")
    connection.execute("insert into run.context values (?, ?, ?)", [as_of, now, run_id])
    connection.execute("insert into run.log values (?, 'nightly', ?, ?, null, null, null)", [run_id, as_of, now])
    connection.execute("commit")
    return int(run_id)


def derive(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    run_id: int,
    as_of: date,
    new_rows: int,
    arrived: list[Arrived],
    run_step: RunStep,
) -> AnswersReport:
    """Answers, and everything that follows from them and the deliveries, in one transaction: all of it or nothing.

    Answers come first: a judgement about two people counts the same night.
    """
    import_ahead()
    connection.execute("begin")
    try:
        connection.execute("update run.context set received_until = ?", [datetime.now()])
        answers = run_step("登记答复", apply_answers, connection, home, arrived)
        made_from = fingerprint(connection, home, as_of)
        link_and_judge(connection, home, run_step)
        run_step("核对历史", findings.record_history, connection)
        run_step("发布表", build_mart, connection)
        run_step("发布前检查", verify_layers, connection)
        keep_anchor(connection, home, run_id)
        connection.execute(
            "update run.log set committed_at = ?, fingerprint = ?, rows_new = ? where run_id = ?",
            [datetime.now(), made_from, new_rows, run_id],
        )
        connection.execute("commit")
        return answers
    except BaseException:
        connection.execute("rollback")
        raise


def load_policy(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """The dated parameters: the project's, overridden by the home's own."""
    parameters.load_parameters(connection, PROJECT_POLICY, home.policy)


def link_and_judge(connection: duckdb.DuckDBPyConnection, home: Home, run_step: RunStep) -> None:
    """Who is who, the core facts, and every running clause over them; the history of findings is the caller's."""
    run_step("归并人员", link, connection)
    run_step("政策参数", load_policy, connection, home)
    run_step("核心事实", models.build, connection, "core")
    catalogue = clauses.load_clauses(PROJECT_POLICY, home.policy)
    write_catalogue(connection, catalogue)
    findings.start(connection)
    for clause in catalogue:
        if clause.status == "running":
            run_step(f"规则 {clause.rule}", clauses.evaluate, connection, clause)


def build_mart(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables readers use, and what their columns mean."""
    dictionary.load(connection)
    models.build(connection, "area", "mart")
    findings.remember_places(connection)


def publish(home: Home, analyst: Path) -> None:
    """Replace what readers use. The working file is closed by now; analysts' file is already built."""
    full = copy_closed_database(home.work_database, home.full_database)
    replace_published(analyst, home.analyst_database, mode=ANALYST_MODE)
    replace_published(full, home.full_database, mode=FULL_MODE)


def _existing(inbox: Path, home: Home) -> Path:
    home.prepare()
    if not inbox.is_dir():
        raise BangfuError(where=str(inbox), found="收件目录不存在", remedy="检查 --inbox 后面的路径")
    return inbox

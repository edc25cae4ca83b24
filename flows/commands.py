"""What each command does and says."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from checks.clause_proof import prove_clauses
from checks.explain import explain
from checks.find_person import find_people
from checks.rules_text import describe_rules
from flows.audit import record_people
from flows.pull_commands import say_pulled, say_standing
from flows.settings import PROJECT_POLICY, Settings
from reports.delivery.ledger import LABELS, SENT
from reports.status import status
from warehouse.connection import connect, prepare_schema
from warehouse.errors import BangfuError
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.nightly import NightlyReport
    from reports.delivery.mailing import Mailed

DONE, FAILED, DONE_WITH_REFUSALS = 0, 1, 3
SHOWN_REFUSALS = 20
KINDS = {"supportive": "支持类", "adverse": "核实类"}


def run_demo(settings: Settings, options: Namespace) -> int:
    """`bangfu demo`."""
    from flows.demo import demo

    night, workbooks = demo(settings, people=options.people, seed=options.seed, truth=options.truth)
    code = _say_night(settings.home, published=night.published, new_rows=night.intake.new_rows)
    _say_workbooks(settings.home, workbooks)
    return code


def run_nightly(settings: Settings, options: Namespace) -> int:
    """`bangfu nightly`."""
    from flows.nightly import nightly

    night = nightly(settings, inbox=options.inbox, as_of=options.as_of)
    pulled = say_pulled(night.pulled)
    code = _say_night(settings.home, published=night.published, new_rows=night.intake.new_rows) or pulled
    return _say_answers(settings.home, night) or code


def run_monthly(settings: Settings, options: Namespace) -> int:
    """`bangfu monthly`."""
    from flows.delivery import deliver
    from flows.monthly import monthly

    _say_workbooks(settings.home, monthly(settings, options.month, dossiers=options.dossiers))
    try:
        return _say_mailed(deliver(settings, options.month) or [])
    except BangfuError as error:  # the workbooks are written all the same
        print(f"  没有寄出邮件:{error}")
        return DONE_WITH_REFUSALS


def run_deliver(settings: Settings, options: Namespace) -> int:
    """`bangfu deliver --month YYYY-MM`."""
    from flows.delivery import deliver, required

    return _say_mailed(required(deliver(settings, options.month)))


def run_replay(settings: Settings, options: Namespace) -> int:
    """`bangfu replay --as-of DATE`."""
    from flows.replay import replay

    told = replay(settings, options.as_of)
    print(f"{told.as_of} 凭当时已收到的 {told.received} 份数据(此后又收到 {told.later} 份,不计入)会得出:")
    if not told.received:
        print("  那一天还没有收到任何数据")
    for rule, title, kind, count in told.found:
        print(f"  {KINDS[kind]} {title}({rule}):{count} 条")
    print(f"  数据 {told.database};已发布的内容和核对历史没有改动")
    return DONE


def run_explain(settings: Settings, options: Namespace) -> int:
    """`bangfu explain PERSON`."""
    with published(settings.home) as connection:
        told = explain(connection, options.person)
        record_people(settings.home, "explained", find_people(connection, options.person), command="explain")
        print(told)
    return DONE


def run_rules(settings: Settings, options: Namespace) -> int:
    """`bangfu rules`."""
    if options.check:
        return _prove_clauses(settings.home)
    with connect() as connection:
        prepare_schema(connection)
        print(describe_rules(connection, PROJECT_POLICY, settings.home.policy))
    return DONE


def run_status(settings: Settings, options: Namespace) -> int:
    """`bangfu status`."""
    with published(settings.home) as connection:
        print(status(connection, settings.home))
    say_standing(settings.home)
    return DONE


@contextmanager
def published(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, read-only. Raises BangfuError where nothing is published yet."""
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly 或 bangfu demo")
    with connect(home.full_database, read_only=True) as connection:
        yield connection


def _prove_clauses(home: Home) -> int:
    proved = prove_clauses(PROJECT_POLICY, home.policy)
    if not proved:
        print(f"没有本地条款({home.policy / 'clauses'})")
    for rule, faults in proved.items():
        print(f"{rule}:{'用例全部通过,从下一次 nightly 起运行' if not faults else '不能运行'}")
        for fault in faults:
            print(f"  {fault}")
    return FAILED if any(proved.values()) else DONE


def _say_night(home: Home, *, published: bool, new_rows: int) -> int:
    with connect(home.full_database, read_only=True) as connection:
        refused = connection.execute(
            "select department, source_file, sheet, reason from raw.delivery where status = 'refused'"
        ).fetchall()
        kinds = Counter(dict(connection.execute("select kind, count(*) from mart.finding group by kind").fetchall()))
        (persons,) = connection.execute("select count(*) from mart.person").fetchall()[0]
    if published:
        print(f"已发布:新收 {new_rows} 行,共 {persons} 人;支持类 {kinds['supportive']} 条,核实类 {kinds['adverse']} 条")
        print(f"  数据仓库 {home.full_database}")
    else:
        print("没有新内容,已发布的仍然有效")
    for department, file, sheet, reason in refused[:SHOWN_REFUSALS]:
        print(f"  未能接收 {department}/{file}{' 工作表 ' + sheet if sheet else ''}:{reason}")
    if len(refused) > SHOWN_REFUSALS:
        print(f"  另有 {len(refused) - SHOWN_REFUSALS} 个文件未能接收,见 bangfu status")
    return DONE_WITH_REFUSALS if refused else DONE


def _say_answers(home: Home, night: "NightlyReport") -> int:
    told = night.answers.outcomes
    if night.answers.files:
        print(
            f"答复:{night.answers.files} 个文件,登记 {told.get('applied', 0)} 条,退回 {told.get('returned', 0)} 条,"
            f"以前登记过 {told.get('repeated', 0)} 条,没有填写 {told.get('unanswered', 0)} 条"
        )
    for receipt in night.receipts:
        print(f"  回执 {receipt.relative_to(home.outbox)}")
    for file, reason in night.refused_answers:
        print(f"  未能读取答复 {file}:{reason}")
    return DONE_WITH_REFUSALS if night.refused_answers else DONE


def _say_mailed(mailed: "list[Mailed]") -> int:
    for one in mailed:
        when = "" if one.is_new else f",{one.entry.at.replace('T', ' ')},这次没有再寄"
        why = f":{one.entry.why}" if one.entry.why else ""
        print(f"  邮件 {one.entry.recipient}:{LABELS[one.entry.state]}{when}{why}")
    return DONE if all(one.entry.state == SENT for one in mailed) else DONE_WITH_REFUSALS


def _say_workbooks(home: Home, workbooks: list[Path]) -> None:
    print(f"已写出 {len(workbooks)} 个工作簿:{home.outbox}")
    for workbook in workbooks:
        if workbook.parent.parent == home.outbox:
            print(f"  {workbook.relative_to(home.outbox)}")

"""`bangfu answers`: what was answered, and taking an answer back."""

import argparse
from argparse import Namespace
from datetime import date, datetime
from typing import Any

from flows.settings import Settings
from reports.answers.withdrawing import given_answers, withdraw
from warehouse.connection import connect, prepare_schema
from warehouse.errors import BangfuError
from warehouse.lock import exclusive

DONE = 0
SHOWN = 20
HEADINGS = "编号 | 登记日 | 文件 | 工作表 | 行 | 登记为 | 撤回"


def add_answers(subcommands: Any, shared: argparse.ArgumentParser) -> None:
    """`answers`, alone or followed by withdraw; `--home` may stand before or behind that."""
    answers = subcommands.add_parser("answers", parents=[shared], help="登记过的答复;撤回登记错的一条")
    answers.add_argument("--last", type=int, default=SHOWN, help=f"列出最近几条(默认 {SHOWN})")
    answers.set_defaults(run=run_list)
    behind = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    behind.add_argument("--home", help=argparse.SUPPRESS)
    behind.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    actions = answers.add_subparsers(dest="action", metavar="动作")
    one = actions.add_parser("withdraw", parents=[behind], help="撤回一条登记错的答复")
    one.add_argument("answer", help="编号(文件-工作表-行,见 bangfu answers 和回执),或那一行校验码的前 8 位以上")
    one.add_argument("--by", required=True, help="撤回人姓名")
    one.add_argument("--why", required=True, help="撤回原因")
    one.set_defaults(run=run_withdraw)


def run_list(settings: Settings, options: Namespace) -> int:
    """`bangfu answers`: the last ones taken in."""
    home = settings.home
    _required(settings)
    with exclusive(home.lock_file, command="answers"), connect(home.work_database) as connection:
        prepare_schema(connection)
        given = given_answers(connection)[: max(0, options.last)]
    print(HEADINGS if given else "还没有登记过答复")
    for one in given:
        withdrawn = one.withdrawn_on or "—"
        shown = (one.answer_id, one.answered_on, one.source_file, one.sheet or "—", one.source_row, one.said, withdrawn)
        print(" | ".join(map(str, shown)))
    return DONE


def run_withdraw(settings: Settings, options: Namespace) -> int:
    """`bangfu answers withdraw ANSWER --by NAME --why TEXT`."""
    home = settings.home
    _required(settings)
    by, why = options.by.strip(), options.why.strip()
    if not by or not why:
        raise BangfuError(where="answers withdraw", found="没有写明撤回人或原因", remedy="写 --by 姓名 --why 原因")
    with (
        exclusive(home.lock_file, command="answers"),
        connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection,
    ):
        prepare_schema(connection)
        connection.execute("begin")
        one, state = withdraw(connection, options.answer, by=by, why=why, today=date.today(), now=datetime.now())
        connection.execute("commit")
        connection.execute("checkpoint")
    print(f"已撤回答复 {one.answer_id}({one.answered_on} 登记的“{one.said}”);{state}")
    print("原答复留在记录里;下一次 bangfu nightly 起按撤回后的情况核对和发布")
    return DONE


def _required(settings: Settings) -> None:
    if not settings.home.work_database.exists():
        raise BangfuError(where=str(settings.home.root), found="还没有收取过数据", remedy="先运行 bangfu nightly")

"""`bangfu audit`, `retention`, `held` and `forget`: what was done, what goes, and what is held about one person."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.audit_log import audit_log
from flows.audit_text import describe
from flows.commands import published
from flows.settings import Settings
from warehouse.audit import Anchor
from warehouse.audit_check import check
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.keeping.due import Due

DONE, FAILED = 0, 1
SHOWN_EVENTS, SHOWN_FILES = 20, 10


def add_keeping(subcommands: Any, shared: argparse.ArgumentParser) -> None:
    """The four commands with their options."""
    audit = subcommands.add_parser(
        "audit", parents=[shared], help="审计日志:谁运行了什么、收了和发了哪些文件、查了几个人"
    )
    audit.add_argument("--check", action="store_true", help="核对日志有没有被改动、缺行或截断")
    audit.add_argument("--last", type=int, default=SHOWN_EVENTS, help=f"显示最后几条(默认 {SHOWN_EVENTS})")
    audit.set_defaults(run=run_audit)

    retention = subcommands.add_parser("retention", parents=[shared], help="到了保留期限、可以删除的内容")
    retention.add_argument("--apply", action="store_true", help="真正删除;不写只说会删什么")
    retention.set_defaults(run=run_retention)

    held = subcommands.add_parser("held", parents=[shared], help="写出关于一个人的全部信息")
    held.add_argument("person", help="人员编号、身份证号,或“姓名 出生日期”")
    held.set_defaults(run=run_held)

    forget = subcommands.add_parser("forget", parents=[shared], help="删除一个人的全部信息;不能删的说明理由")
    forget.add_argument("person", help="人员编号、身份证号,或“姓名 出生日期”")
    forget.add_argument("--because", required=True, help="理由(留在审计日志里,不写姓名和号码)")
    forget.add_argument("--by", required=True, help="经办人")
    forget.add_argument("--with-probable", action="store_true", help="连同只是可能属于此人的行;先由人核对过")
    forget.set_defaults(run=run_forget)


def run_audit(settings: Settings, options: argparse.Namespace) -> int:
    """`bangfu audit`."""
    log = audit_log(settings.home)
    if not options.check:
        entries = log.entries()[-options.last :]
        print("\n".join(map(describe, entries)) or "还没有记录")
        return DONE
    faults = check(log, *_anchors(settings.home))
    for fault in faults:
        print(f"第 {fault.line} 行:{fault.what}")
    print(f"{log.file.name} 共 {len(log.lines()[0])} 行," + (f"{len(faults)} 处不对" if faults else "没有改动"))
    return FAILED if faults else DONE


def run_retention(settings: Settings, options: argparse.Namespace) -> int:
    """`bangfu retention`."""
    from flows.keeping.retention import apply, plan

    today = date.today()
    due = apply(settings, today) if options.apply else plan(settings, today)
    print("已删除:" if options.apply else "现在删除的话(bangfu retention --apply):")
    for one in due:
        _say_due(settings.home, one, today)
    return DONE


def run_held(settings: Settings, options: argparse.Namespace) -> int:
    """`bangfu held PERSON`."""
    from flows.keeping.held import held

    file = held(settings, options.person, date.today())
    print(f"已写出 {file}\n含敏感个人信息,只交给本人或依法有权的人")
    return DONE


def run_forget(settings: Settings, options: argparse.Namespace) -> int:
    """`bangfu forget PERSON --because TEXT --by WHO`."""
    from flows.keeping.forget import Request, forget

    request = Request(options.person, options.because, options.by, options.with_probable)
    told = forget(settings, request, date.today())
    print(f"已删除 {told.rows} 行记录,连同存档里的行和原文件、{told.answers} 份交回的清单、{told.replays} 个回放数据库")
    for book in told.books:
        print(f"  已删除写有此人的工作簿 {book};需要的话重新运行 bangfu monthly")
    for kept in told.kept:
        print(f"  没有动:{kept}")
    return DONE


def _anchors(home: Home) -> list[Anchor]:
    """Where the log stood at each night that committed, as the published warehouse keeps it."""
    if not home.full_database.exists():
        return []
    with published(home) as connection:
        if not connection.execute("from information_schema.tables where table_name = 'audit_anchor'").fetchall():
            return []  # published by a version without a log
        return [Anchor(*row) for row in connection.execute("select seq, seal from run.audit_anchor").fetchall()]


def _say_due(home: Home, due: "Due", today: date) -> None:
    term, last_day = due.term, due.term.last_day(today)
    until = f",{last_day} 及以前的" if last_day else ""
    print(f"  {term.label}:{due.count}(保留 {term.span}{until};{term.source})")
    if due.problem:
        print(f"    {due.problem}")
    for file in due.files[:SHOWN_FILES]:
        print(f"    {file.relative_to(home.root).as_posix()}")
    if len(due.files) > SHOWN_FILES:
        print(f"    另有 {len(due.files) - SHOWN_FILES} 个文件")

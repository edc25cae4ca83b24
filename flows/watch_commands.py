"""`bangfu watch`: run when something new lies in the inbox; `--check`: look from outside whether all is well."""

import argparse
from argparse import Namespace
from datetime import datetime
from typing import Any

from flows import commands
from flows.audit import audited
from flows.commands import DONE, DONE_WITH_REFUSALS
from flows.notices.notice import Notice
from flows.notices.notice_settings import HOURS_WITHOUT_NIGHT, read_notice_settings
from flows.notices.notify import notify
from flows.notices.occasions import late_deliveries, missing_night
from flows.settings import Settings
from flows.telling import NIGHTLY, run_told
from flows.watch import look, when_settled
from warehouse.errors import HomeBusy
from warehouse.home import Home


def add_watch(subcommands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the program's parser."""
    watch = subcommands.add_parser("watch", parents=[shared], help="收件目录里有复制完成的新文件时运行 nightly")
    watch.add_argument("--check", action="store_true", help="不运行,只看夜间运行和数据是否按时,并补发通知")
    watch.set_defaults(run=run_watch)


def run_watch(settings: Settings, options: Namespace) -> int:
    """`bangfu watch [--check]`."""
    settings.home.prepare()
    if options.check:
        return _check(settings)
    found = look(settings.home, datetime.now())
    if not found.is_settled:
        print(f"有 {found.new} 个新文件,还在等复制完成" if found.new else "没有新文件")
        return DONE
    night = Namespace(command=NIGHTLY, run=commands.run_nightly, inbox=None, as_of=None, wait=0)
    try:
        return when_settled(
            settings.home, found, lambda: audited(settings.home, NIGHTLY, lambda: run_told(settings, night))
        )
    except HomeBusy as busy:
        print(f"{busy.found};下次再看")
        return DONE


def _check(settings: Settings) -> int:
    """The missing night first: it is told even where the rest cannot be found out."""
    home, now = settings.home, datetime.now()
    configured = read_notice_settings(home.root)
    hours = configured.hours_without_night if configured else HOURS_WITHOUT_NIGHT
    amiss = _tell(home, list(missing_night(home, hours, now))) + _tell(home, list(late_deliveries(home, now.date())))
    if not amiss:
        print("夜间运行和数据都按时")
    return DONE_WITH_REFUSALS if amiss else DONE


def _tell(home: Home, found: list[Notice]) -> int:
    for one in found:
        print(f"{one.subject}:\n{one.text}")
    for fault in notify(home, lambda: found):
        print(f"  通知没有送出:{fault}")
    return len(found)

"""A command or flow that runs unattended, with what is told when it ends: it failed, something was refused, is late."""

import sys
from argparse import Namespace
from datetime import date, datetime

from flows.notices.notice import run_failed
from flows.notices.notify import notify
from flows.notices.occasions import after_month, after_night, mark_night
from flows.settings import Settings
from flows.steps import without_values
from flows.waiting import when_free
from warehouse.errors import BangfuError, HomeBusy

NIGHTLY, MONTHLY = "nightly", "monthly"
UNATTENDED = frozenset({NIGHTLY, MONTHLY, "backup"})


def run_told(settings: Settings, options: Namespace) -> int:
    """Run a command as `options` say and give its exit status; faults of telling are said and change nothing.

    Waits `options.wait` minutes for a home that is busy; that it still is then is no failure: whoever holds it tells.
    Raises BangfuError as the command does.
    """

    def run() -> int:
        return int(options.run(settings, options))

    if options.command not in UNATTENDED:
        return when_free(run, minutes=options.wait)
    try:
        code = when_free(lambda: without_values(options.command, run), minutes=options.wait)
    except HomeBusy:
        raise
    except BangfuError as error:
        _say(tell_failure(settings, options.command, str(error)))
        raise
    if options.command == NIGHTLY:
        _say(tell_night(settings))
    if options.command == MONTHLY:
        _say(tell_month(settings, options.month))
    return code


def tell_failure(settings: Settings, command: str, reason: str) -> list[str]:
    """A run has failed for good; gives what kept notices from being sent."""
    return notify(settings.home, lambda: [run_failed(command, reason, date.today())])


def tell_night(settings: Settings) -> list[str]:
    """A night has ended well: remember that, and tell what it refused and what is late."""
    return _marked(settings) + notify(settings.home, lambda: after_night(settings.home, date.today()))


def _marked(settings: Settings) -> list[str]:
    try:
        without_values("夜间运行的标记", mark_night, settings.home, datetime.now())
    except BangfuError as error:  # published all the same
        return [f"{error.where}:{error.found}"]
    return []


def tell_month(settings: Settings, month: date) -> list[str]:
    """A month's workbooks are out: tell which mail did not get through."""
    return notify(settings.home, lambda: after_month(settings.home, month))


def _say(faults: list[str]) -> None:
    for fault in faults:
        print(f"  通知没有送出:{fault}", file=sys.stderr)

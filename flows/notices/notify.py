"""The door: write notices down, send what waits. Failing to notify never fails a run, but is said."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from flows.notices.channels import NotSent, send
from flows.notices.ledger import NoticeLedger, Waiting, open_ledger
from flows.notices.notice import Notice
from flows.notices.notice_settings import NoticeSettings, read_notice_settings
from flows.steps import without_values
from warehouse.errors import BangfuError
from warehouse.home import Home

logger = logging.getLogger("bangfu")
PAUSES = (2.0, 8.0)  # seconds before the second and the third try


def notify(home: Home, notices: Callable[[], Iterable[Notice]]) -> list[str]:
    """Tell what is new of `notices`, and again what did not get through before; gives what went wrong, in Chinese.

    `notices` is asked here, so that what cannot be found out fails no run either. Without notices.toml nothing is done.
    """
    try:
        faults = without_values("通知", _notify, home, notices)
    except BangfuError as error:
        faults = [str(error)]
    for fault in faults:
        logger.warning("通知没有送出:%s", fault)
    return faults


def _notify(home: Home, notices: Callable[[], Iterable[Notice]]) -> list[str]:
    settings = read_notice_settings(home.root)
    if settings is None:
        return []
    home.prepare()
    with open_ledger(home) as ledger:
        for notice in notices():
            ledger.raise_notice(notice, settings.channels, datetime.now())
        return _send_all(settings, ledger)


def _send_all(settings: NoticeSettings, ledger: NoticeLedger) -> list[str]:
    """What else waits for a channel that cannot be reached is left for the next time: it would wait as long."""
    faults: list[str] = []
    out_of_reach: set[str] = set()
    for waiting in ledger.waiting(settings.channels, datetime.now()):
        if waiting.channel in out_of_reach:
            continue
        try:
            _try_again(settings, waiting)
        except NotSent as reason:
            faults.append(f"{waiting.channel}:{reason}")
            out_of_reach |= {waiting.channel} if reason.again else set()
        else:
            ledger.note_sent(waiting, datetime.now())
            logger.info("通知 %s:%s", waiting.channel, waiting.subject)
    return faults


def _try_again(settings: NoticeSettings, waiting: Waiting) -> None:
    for pause in PAUSES:
        try:
            return send(settings, waiting)
        except NotSent as reason:
            if not reason.again:
                raise
            time.sleep(pause)
    return send(settings, waiting)

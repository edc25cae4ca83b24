"""What was to be told and what got through: one line per change in `warehouse/notices.jsonl`.

A notice is written down before it is sent and its sending after: killed in between, it is sent once more under the
same id. Whoever writes holds the lock of the file, so that two runs do not tell the same thing twice.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.notices.notice import Notice
from warehouse.errors import BangfuError
from warehouse.home import Home

FILE_NAME = "notices.jsonl"
GIVEN_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A notice that one channel has not got yet."""

    notice_id: str
    channel: str
    subject: str
    text: str
    raised_at: str


class NoticeLedger:
    """The open file with what it says. Use `open_ledger`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        whole, _, _ = os.pread(descriptor, os.fstat(descriptor).st_size, 0).rpartition(b"\n")
        # What a power cut left of the last line is overwritten: it says nothing that has happened.
        self._end = len(whole) + 1 if whole else 0
        try:
            self._lines = [json.loads(line) for line in whole.splitlines()]
            self._told = {(one["kind"], name) for one in self._lines if "kind" in one for name in one["occasions"]}
        except (ValueError, KeyError, TypeError):
            remedy = f"把 warehouse/{FILE_NAME} 移走;之后旧的通知可能再发一次"
            raise BangfuError(where=FILE_NAME, found="通知记录已损坏", remedy=remedy) from None

    def raise_notice(self, notice: Notice, channels: tuple[str, ...], now: datetime) -> bool:
        """Write a notice down for its channels; False where all of its occasions were told before."""
        occasions = {(notice.kind, name) for name in notice.occasions}
        if occasions <= self._told:
            return False
        self._told |= occasions
        self._add(
            {
                "at": now.isoformat(timespec="seconds"), "id": notice.notice_id, "kind": notice.kind,
                "occasions": notice.occasions, "channels": channels, "subject": notice.subject, "text": notice.text,
            }
        )  # fmt: skip
        return True

    def waiting(self, channels: tuple[str, ...], now: datetime) -> list[Waiting]:
        """Oldest first: what is neither sent nor a week old, for the channels that are still set up."""
        sent = {(one["sent"], one["channel"]) for one in self._lines if "sent" in one}
        oldest = (now - GIVEN_UP_AFTER).isoformat(timespec="seconds")
        return [
            Waiting(one["id"], channel, one["subject"], one["text"], one["at"])
            for one in self._lines
            if "kind" in one and one["at"] >= oldest
            for channel in one["channels"]
            if channel in channels and (one["id"], channel) not in sent
        ]

    def note_sent(self, waiting: Waiting, now: datetime) -> None:
        """This channel has it."""
        at = now.isoformat(timespec="seconds")
        self._add({"at": at, "sent": waiting.notice_id, "channel": waiting.channel})

    def _add(self, entry: dict[str, object]) -> None:
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        os.ftruncate(self._descriptor, self._end)
        os.pwrite(self._descriptor, line, self._end)
        os.fsync(self._descriptor)
        self._end += len(line)
        self._lines.append(entry)


@contextmanager
def open_ledger(home: Home) -> Iterator[NoticeLedger]:
    """The ledger of a home, held by this process alone; waits for the one who holds it now.

    Raises BangfuError where a line is none of ours.
    """
    descriptor = os.open(home.warehouse / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield NoticeLedger(descriptor)
    finally:
        os.close(descriptor)

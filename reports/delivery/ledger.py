"""The lasting record of what was mailed: one line per change, on the disk before the next step is taken.

A file, not a table: it is written while no run holds the database, and `bangfu status` reads it at any time. It names
recipients by their key in delivery.toml, never by address.

A letter is `sending` from just before it is handed over until the server's answer is known. A run killed in between
(or a connection that broke) leaves it there: whether it arrived cannot be known, so it is sent once more under the
same Message-ID, by which mail programs recognise the second copy, and the run says so.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse.errors import BangfuError
from warehouse.home import Home

SENDING, SENT = "sending", "sent"
REFUSED, BOUNCED, UNSENT, WITHHELD = "refused", "bounced", "unsent", "withheld"
LABELS = {
    SENDING: "交寄中断",
    SENT: "已寄出",
    REFUSED: "被拒收",
    BOUNCED: "退信",
    UNSENT: "没有寄出",
    WITHHELD: "不能寄",
}


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


@dataclass(frozen=True)
class Entry:
    """One change. `month` as 2026-06; `message_id` empty where no letter was made; `bounce`: hash of the notice."""

    month: str
    recipient: str
    state: str
    message_id: str = ""
    why: str = ""
    bounce: str = ""
    at: str = field(default_factory=_now)


class Ledger:
    """The file of a home with its entries so far. Raises BangfuError for a line that is none of ours."""

    def __init__(self, home: Home) -> None:
        self.file = home.warehouse / "delivery.jsonl"
        self.entries = _read(self.file)

    def add(self, entry: Entry) -> None:
        """Write an entry down; it is on the disk when this returns."""
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Overwrites what a power cut left of a line: that entry's step was never taken.
            place = os.pread(descriptor, os.fstat(descriptor).st_size, 0).rfind(b"\n") + 1
            os.ftruncate(descriptor, place)
            os.pwrite(descriptor, json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n", place)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _keep_name(self.file.parent)
        self.entries.append(entry)

    def letter(self, message_id: str) -> Entry | None:
        """The last word about one letter."""
        return next((one for one in reversed(self.entries) if one.message_id == message_id), None)


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The last word per month and recipient; a late bounce of an edition replaced since does not count."""
    last: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        known = last.get((entry.month, entry.recipient))
        if not (entry.state == BOUNCED and known and known.message_id != entry.message_id):
            last[entry.month, entry.recipient] = entry
    return sorted(last.values(), key=lambda entry: (entry.month, entry.recipient))


def _read(file: Path) -> list[Entry]:
    if not file.exists():
        return []
    whole, _, _ = file.read_bytes().rpartition(b"\n")
    try:
        return [Entry(**json.loads(line)) for line in whole.splitlines()]
    except (ValueError, TypeError):
        remedy = "从备份恢复这个文件;没有它就不知道哪些已经寄出"
        raise BangfuError(where=file.name, found="送达记录已损坏", remedy=remedy) from None


def _keep_name(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

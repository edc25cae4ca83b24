"""The audit log: one line per event, each carrying the hash of the line before, on the disk before the act is finished.

A line is `{"seq": …, "before": "<seal of the line before>", …,"seal":"<sha256 of the text up to the seal>"}`. Beside
the file lies its head (number and seal of the last line), so that a cut end is seen too. What a killed run left of a
line is set aside in `<name>.torn`, and the chain goes on with a line that says so. `audit_check` verifies it all.

Never put a name, number or address into an event: the log outlives what it speaks of.
"""

import fcntl
import hashlib
import json
import os
import pwd
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

NO_SEAL = "0" * 64
# Events the log writes about itself: a line cut off by a kill, and an end that is not the one written last.
TORN, BROKEN = "torn", "broken"
_LINE = re.compile(rb'(\{.*),"seal":"([0-9a-f]{64})"\}', re.DOTALL)


@dataclass(frozen=True)
class Anchor:
    """The number and seal of a line, kept elsewhere: the log must still hold it."""

    seq: int
    seal: str


class AuditLog:
    """The log of one home; it is made with its first event."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.head_file = file.with_name(f"{file.name}.head")
        self.torn_file = file.with_name(f"{file.name}.{TORN}")

    def append(self, event: str, *, command: str, **facts: Any) -> Anchor:
        """Write an event down; it is on the disk when this returns. `facts` must be fit for JSON."""
        with self._held() as descriptor:
            *lines, torn = os.pread(descriptor, os.fstat(descriptor).st_size, 0).split(b"\n")
            last = Anchor(len(lines), seal_of(lines[-1]) if lines else NO_SEAL)
            if torn:
                self._set_aside(descriptor, torn)
                last = self._write(descriptor, last, TORN, command, {"bytes": len(torn)})
            if (head := self.head()) != last and not self._is_behind(head, lines):
                last = self._write(descriptor, last, BROKEN, command, {"expected": head.seq if head else None})
            return self._write(descriptor, last, event, command, facts)

    def head(self) -> Anchor | None:
        """The last line that was written, None where that is not known."""
        try:
            seq, seal = self.head_file.read_text(encoding="ascii").split()
            return Anchor(int(seq), seal)
        except (OSError, ValueError):
            return None

    def lines(self) -> tuple[list[bytes], bytes]:
        """The whole lines, and what stands behind the last of them."""
        if not self.file.exists():
            return [], b""
        *lines, torn = self.file.read_bytes().split(b"\n")
        return lines, torn

    def entries(self) -> list[dict[str, Any]]:
        """Every line that can be read, in order; the check says whether they are as they were written."""
        return [entry for line in self.lines()[0] if (entry := entry_of(line)) is not None]

    @staticmethod
    def _is_behind(head: Anchor | None, lines: list[bytes]) -> bool:
        """Whether the head names the line before the last: the run was killed between the two. A new log has none."""
        if head is None:
            return not lines
        return 0 < head.seq <= len(lines) <= head.seq + 1 and seal_of(lines[head.seq - 1]) == head.seal

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The open file; runs that hold different locks write here, one after the other."""
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _set_aside(self, descriptor: int, torn: bytes) -> None:
        keep = os.open(self.torn_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _write_all(keep, torn + b"\n")
            os.fsync(keep)
        finally:
            os.close(keep)
        os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(torn))

    def _write(self, descriptor: int, last: Anchor, event: str, command: str, facts: dict[str, Any]) -> Anchor:
        entry = {
            "seq": last.seq + 1,
            "before": last.seal,
            "at": datetime.now().isoformat(timespec="seconds"),
            "user": _user(),
            "uid": os.getuid(),
            "pid": os.getpid(),
            "command": command,
            "event": event,
            **facts,
        }
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")[:-1]
        seal = hashlib.sha256(body).hexdigest()
        os.lseek(descriptor, 0, os.SEEK_END)
        _write_all(descriptor, body + b',"seal":"' + seal.encode() + b'"}\n')
        os.fsync(descriptor)
        anchor = Anchor(last.seq + 1, seal)
        _keep(self.head_file, anchor)
        return anchor


def sealed_parts(line: bytes) -> tuple[bytes, str | None]:
    """The sealed text of a line and the seal written behind it, None where there is none."""
    match = _LINE.fullmatch(line)
    return (match[1], match[2].decode()) if match else (line, None)


def seal_of(line: bytes) -> str:
    """The seal that the line's text has."""
    return hashlib.sha256(sealed_parts(line)[0]).hexdigest()


def entry_of(line: bytes) -> dict[str, Any] | None:
    """What a line says, None where it cannot be read."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user without a name; the uid stands beside it
        return ""


def _keep(file: Path, anchor: Anchor) -> None:
    """Replace the head file; where the run dies before, it names the line before, which is still true."""
    partial = file.with_name(f"{file.name}.new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write_all(descriptor, f"{anchor.seq} {anchor.seal}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    partial.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_all(descriptor: int, content: bytes) -> None:
    """A nearly full disk may take a part only; the next call then says so."""
    while content:
        content = content[os.write(descriptor, content) :]

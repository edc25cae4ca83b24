"""One home's audit log, and the one way to write into it."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from warehouse.audit import AuditLog
from warehouse.errors import BangfuError
from warehouse.home import Home

DEEPEST_BOOK = 3  # <month>/区镇/<book>; dossiers lie one folder deeper


def audit_log(home: Home) -> AuditLog:
    """The log of a home: `logs/audit.jsonl`."""
    return AuditLog(home.logs / "audit.jsonl")


def record(home: Home, event: str, *, command: str, **facts: Any) -> None:
    """Write an event down; a folder that is no home has no log.

    Raises BangfuError where it cannot be written: nothing happens that nobody can look up.
    """
    if not home.warehouse.is_dir():
        return
    try:
        home.logs.mkdir(mode=0o700, exist_ok=True)
        audit_log(home).append(event, command=command, **facts)
    except OSError as error:
        raise BangfuError(
            where="logs/audit.jsonl",
            found=f"审计日志写不进去({error.strerror})",
            remedy="检查磁盘空间和 logs 目录的权限;没有记录的操作不会进行",
        ) from None


def record_written(home: Home, month: date, books: Iterable[Path], people: Callable[[Path], int]) -> None:
    """Which workbooks lie in the outbox now, each with the number of different people in it.

    Dossiers are named after families: they are told folder by folder, with their number.
    """
    told, dossiers = [], Counter[str]()
    for book in books:
        place = book.relative_to(home.outbox)
        if len(place.parts) > DEEPEST_BOOK:
            dossiers[place.parent.as_posix()] += 1
        else:
            told.append({"file": place.as_posix(), "sha256": _sha256(book), "people": people(book)})
    record(home, "written", command="monthly", month=f"{month:%Y-%m}", books=told, dossiers=dossiers)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()

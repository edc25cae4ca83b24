"""One run at a time per home."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from warehouse.errors import HomeBusy


@contextmanager
def exclusive(lock_file: Path, *, command: str) -> Iterator[None]:
    """Hold the home for one run. The kernel frees the lock when the holder dies, however it dies.

    Raises HomeBusy, saying who holds it.
    """
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeBusy(
                where=str(lock_file.parent.parent),
                found=f"另一个运行正在使用({_holder(lock_file)})",
                remedy="等它结束后再试;一个目录同时只能有一个运行",
            ) from None
        os.ftruncate(descriptor, 0)
        holder = {"pid": os.getpid(), "command": command, "started": datetime.now().isoformat(timespec="seconds")}
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _holder(lock_file: Path) -> str:
    try:
        holder = json.loads(lock_file.read_text(encoding="utf-8"))
        return f"进程 {holder['pid']},命令 {holder['command']},{holder['started']} 开始"
    except (ValueError, KeyError):
        return "刚刚开始,尚未登记"

"""What readers see is replaced whole: build beside, close, flush to disk, rename."""

import os
import shutil
from pathlib import Path

from warehouse.errors import BangfuError

PARTIAL_SUFFIX = ".partial"


def partial_path(published: Path) -> Path:
    """Where the next version of a published file is built."""
    return published.with_name(published.name + PARTIAL_SUFFIX)


def copy_closed_database(source: Path, target: Path) -> Path:
    """Copy a checkpointed, closed database file beside its published place; gives the partial file.

    Raises BangfuError when the source still has a write-ahead log: it was not closed cleanly.
    """
    if source.with_name(source.name + ".wal").exists():
        raise BangfuError(where=source.name, found="工作库没有正常关闭", remedy="重新运行 bangfu nightly")
    partial = partial_path(target)
    shutil.copyfile(source, partial)
    return partial


def replace_published(partial: Path, published: Path, *, mode: int) -> None:
    """Put a finished partial file in place of the published one, durably and at once."""
    partial.chmod(mode)
    flush(partial)
    partial.replace(published)
    flush(published.parent)


def remove_partials(folder: Path) -> None:
    """Clear what a killed run left half-built."""
    for partial in folder.glob(f"*{PARTIAL_SUFFIX}*"):
        partial.unlink()


def flush(path: Path) -> None:
    """Have a file's content, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

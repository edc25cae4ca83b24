"""What a run needs only while it works: what a killed run left is personal data, so it goes first."""

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.encryption.keyring import key_for
from warehouse.encryption.staging import finish_rotation
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.publish import remove_partials

logger = logging.getLogger("bangfu")
OWNER_ONLY = 0o077
FORGOTTEN_AFTER = 24 * 60 * 60  # seconds; no reader lives that long, so its spill is a killed one's


@contextmanager
def private_run(home: Home) -> Iterator[None]:
    """Everything around a run that holds the home's lock.

    What earlier runs left is cleared or finished, what this one makes is its owner's alone, libraries put their
    temporary files into the scratch folder, and nothing of it stays behind.
    """
    finish_rotation(home.root)
    if home.scratch_folder:
        _prepare_scratch(home.scratch_folder)
    elif key_for(home.root):
        logger.warning("内存盘太小,解开的文件这次放在磁盘上,没有加密;请用 BANGFU_SCRATCH 指到内存盘或加密盘")
    _clear(home)
    previous, tempfile.tempdir = tempfile.tempdir, str(home.scratch)
    try:
        with owner_only():
            yield
    finally:
        tempfile.tempdir = previous
        _clear(home)
        if home.scratch_folder:
            home.scratch_folder.rmdir()


@contextmanager
def owner_only() -> Iterator[None]:
    """Files and folders made meanwhile are for their owner alone."""
    previous = os.umask(OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(previous)


def empty_folder(folder: Path) -> None:
    """Remove everything inside a folder, keeping the folder."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _clear(home: Home) -> None:
    for folder in {home.spill, home.scratch}:
        empty_folder(folder)
    remove_partials(home.warehouse)
    for unfinished in home.outbox.glob(".*/"):  # a month's folder that was being written
        shutil.rmtree(unfinished)
    for spilled in home.warehouse.glob("*.duckdb.tmp"):
        if time.time() - spilled.stat().st_mtime > FORGOTTEN_AFTER:
            shutil.rmtree(spilled)


def _prepare_scratch(folder: Path) -> None:
    """The folder may lie where anybody can make one of that name: then it must be ours alone.

    Raises BangfuError where it is not.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.getuid() or found.st_mode & OWNER_ONLY:
        remedy = "删去这个目录,或用 BANGFU_SCRATCH 另指一个只有本用户能进的目录"
        raise BangfuError(where=str(folder), found="临时目录不是本用户独有的", remedy=remedy)

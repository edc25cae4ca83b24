"""A back-up into an empty folder: every content proved before anything is written, and again afterwards."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from flows.backup_store import ALTERED, OTHER_BACKUP, Kept, Snapshot, file_hash, read_manifest, snapshots, verify
from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.encryption.keyring import key_for
from warehouse.encryption.keys import Key
from warehouse.encryption.private_files import copy_with
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.publish import flush
from warehouse.scratch import owner_only

BUILDING = ".restore"


@dataclass(frozen=True)
class RestoreReport:
    """Which back-up, and how many files it has."""

    taken_at: str
    files: int


def restore(
    settings: Settings, folder: Path, *, taken_at: str | None = None, check: bool = False, run_step: RunStep = call
) -> RestoreReport:
    """Make a home of the newest back-up in a folder, or of the one taken at a time; `check`: only prove it whole.

    Raises BangfuError for a folder without back-ups, another key, a home that is not empty, and for any content that
    is not what was backed up; then the home stays empty.
    """
    home = settings.home
    if not check and home.root.exists() and any(entry.name != BUILDING for entry in home.root.iterdir()):
        raise BangfuError(where=str(home.root), found="目录不是空的", remedy="用 --home 指向一个空目录")
    snapshot = _wanted(folder, taken_at)
    key = key_for(home.root)
    kept = read_manifest(snapshot, key)
    run_step("核对备份", verify, snapshot, kept)
    if not check:
        with owner_only():
            run_step("恢复", _build, home, snapshot, kept, key)
    return RestoreReport(snapshot.taken_at, len(kept))


def _wanted(folder: Path, taken_at: str | None) -> Snapshot:
    found = [one for one in snapshots(folder) if taken_at in (None, one.taken_at)]
    if not found:
        raise BangfuError(
            where=str(folder), found="没有这样的备份", remedy="检查 --from 后面的路径和 --snapshot 的时间"
        )
    return found[-1]


def _build(home: Home, snapshot: Snapshot, kept: list[Kept], key: Key | None) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.root.chmod(0o750)
    building = home.root / BUILDING
    shutil.rmtree(building, ignore_errors=True)  # a restore that was killed
    try:
        Home(building).prepare()
        for one in kept:
            _restore(one, snapshot, building, key)
        for folder in (building, *(path for path in building.rglob("*") if path.is_dir())):
            flush(folder)
        for entry in sorted(building.iterdir(), key=lambda path: path.name == "warehouse"):  # makes it a home: last
            entry.replace(home.root / entry.name)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    flush(home.root)


def _restore(one: Kept, snapshot: Snapshot, building: Path, key: Key | None) -> None:
    target = building / one.path
    if not target.resolve().is_relative_to(building.resolve()):
        raise BangfuError(where=one.path, found=ALTERED, remedy=OTHER_BACKUP)
    target.parent.mkdir(parents=True, exist_ok=True)
    stored = snapshot.object_file(one.name)
    if one.sealed:
        copy_with(stored, key, target, None)
    else:
        shutil.copyfile(stored, target)
        flush(target)
    if file_hash(target) != one.sha256:
        raise BangfuError(where=one.path, found=ALTERED, remedy=OTHER_BACKUP)
    target.chmod(one.mode)
    os.utime(target, ns=(one.changed_at, one.changed_at))

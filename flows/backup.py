"""Back-up of a home: a consistent copy of everything that cannot be made again, only what is new since the last."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.backup_store import (
    PART,
    Kept,
    Snapshot,
    file_hash,
    group_of,
    new_snapshot,
    object_name,
    prune,
    read_manifest,
    snapshots,
    write_manifest,
)
from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.connection import connect, is_encrypted
from warehouse.encryption.keyring import key_for
from warehouse.encryption.keys import Key
from warehouse.encryption.private_files import BLOCK, copy_with, settle
from warehouse.encryption.sealed import is_sealed
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.publish import flush
from warehouse.scratch import private_run

LEFT_OUT = frozenset({"inbox", "prefect", ".restore"})  # the departments' files; the server's list of runs; leftovers
# What may lie in a back-up that is not encrypted. Anything else may be secret: passwords/, environment, a server's key.
OPEN_FOLDERS = frozenset({"archive", "warehouse", "outbox", "policy", "logs", "bounces"})
OPEN_SUFFIXES = frozenset({".toml", ".csv", ".json"})
LOCKS = ("run.lock", "pulling.lock", "delivery.lock")  # mail and pulling write down what they did beside a run
UNFINISHED = (".lock", PART, ".new")


@dataclass(frozen=True)
class BackupReport:
    """taken_at names the back-up; copied: files that were new; secrets: files left out because there is no key."""

    taken_at: str
    files: int
    copied: int
    removed: int
    secrets: tuple[str, ...]


def backup(settings: Settings, folder: Path, *, keep: int | None = None, run_step: RunStep = call) -> BackupReport:
    """Add a back-up of the home to a folder; `keep`: how many of the newest stay.

    With a key everything in it is encrypted; without one, passwords are left out. The key file itself never goes in.
    Raises BangfuError where there is no home, and for a folder inside it.
    """
    home, folder = settings.home, folder.resolve()
    if not home.work_database.exists():
        raise BangfuError(where=str(home.root), found="这里没有可备份的数据", remedy="检查 --home 后面的路径")
    if folder.is_relative_to(home.root):
        raise BangfuError(where=str(folder), found="备份放在数据目录里不安全", remedy="换到另一个磁盘上的目录")
    with _locked(home), private_run(home):
        _settle_log(settings)
        key = key_for(home.root)
        snapshot = new_snapshot(folder, key, f"{datetime.now():%Y%m%d-%H%M%S-%f}")
        chosen, secrets = _chosen(home, key)
        kept, copied = run_step("备份", _keep_all, home, chosen, snapshot, _earlier(folder, key), key)
        write_manifest(snapshot, kept, key)
        removed = prune(folder, keep, key) if keep else 0
    return BackupReport(snapshot.taken_at, len(kept), copied, removed, tuple(secrets))


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Nothing of the home changes meanwhile. Raises HomeBusy where something is at work."""
    with ExitStack() as held:
        for lock in LOCKS:
            held.enter_context(exclusive(home.warehouse / lock, command="backup"))
        yield


def _settle_log(settings: Settings) -> None:
    """What a killed run left in the database's log belongs into the database: only that is copied."""
    home = settings.home
    if home.work_database.with_name(home.work_database.name + ".wal").exists():
        with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
            connection.execute("checkpoint")


def _chosen(home: Home, key: Key | None) -> tuple[list[Path], list[str]]:
    """The files to keep, and those left out because without a key they would lie there readable."""
    files = [file for file in _files(home) if not file.name.endswith(UNFINISHED)]
    secret = [file for file in files if _is_secret(file.relative_to(home.root))] if key is None else []
    names = sorted(file.relative_to(home.root).as_posix() for file in secret)
    return sorted(set(files) - set(secret)), names


def _files(home: Home) -> Iterator[Path]:
    for top in home.root.iterdir():
        if top.name in LEFT_OUT:
            continue
        if top.is_file():
            yield top
        yield from (file for file in top.rglob("*") if file.is_file() and not _is_fleeting(file, home))


def _is_fleeting(file: Path, home: Home) -> bool:
    return file.is_relative_to(home.spill) or any(part.endswith(".duckdb.tmp") for part in file.parts)


def _is_secret(path: Path) -> bool:
    return path.parts[0] not in OPEN_FOLDERS if len(path.parts) > 1 else path.suffix not in OPEN_SUFFIXES


def _earlier(folder: Path, key: Key | None) -> dict[str, Kept]:
    """What the last back-up under the same key knew about each path."""
    same = [one for one in snapshots(folder) if one.key == group_of(key)]
    return {kept.path: kept for kept in read_manifest(same[-1], key)} if same else {}


def _keep_all(
    home: Home, files: list[Path], snapshot: Snapshot, earlier: dict[str, Kept], key: Key | None
) -> tuple[list[Kept], int]:
    kept: list[Kept] = []
    copied = 0
    for file in files:
        path = file.relative_to(home.root).as_posix()
        one = _unchanged(file, earlier.get(path), snapshot)
        if one is None:
            one, is_new = _keep(file, path, snapshot, key)
            copied += is_new
        kept.append(one)
    for objects in {snapshot.object_file(one.name).parent for one in kept}:
        flush(objects)
    return kept, copied


def _unchanged(file: Path, before: Kept | None, snapshot: Snapshot) -> Kept | None:
    """The entry of last time where the file is as it was then and its content still lies there."""
    found = file.stat()
    if before is None or (found.st_size, found.st_mtime_ns) != (before.size, before.changed_at):
        return None
    return before if snapshot.object_file(before.name).is_file() else None


def _keep(file: Path, path: str, snapshot: Snapshot, key: Key | None) -> tuple[Kept, bool]:
    """Put one file's content into the store, where it is not there yet."""
    found, sha256 = file.stat(), file_hash(file)
    seal = key is not None and not (is_sealed(file) or is_encrypted(file))
    stored = snapshot.object_file(name := object_name(sha256, key))
    is_new = not stored.exists()
    if is_new:
        stored.parent.mkdir(mode=0o700, exist_ok=True)
        part = stored.with_name(name + PART)
        copy_with(file, None, part, key) if seal else _copy(file, part)
        part.replace(stored)
    mode = found.st_mode & 0o777
    return Kept(path, mode, found.st_size, found.st_mtime_ns, sha256, name, file_hash(stored), seal), is_new


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, BLOCK)
        settle(written)

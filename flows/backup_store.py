"""A folder of back-ups: every content once, and one list per back-up that is written last.

`<key name, or plain>/objects/<first 2>/<name>` holds contents, `…/snapshots/<time>.manifest` the lists. With a key
everything is encrypted, the lists too, and a name says nothing about the content.
"""

import hashlib
import hmac
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.encryption.keys import Key
from warehouse.encryption.private_files import create_with, open_with, settle
from warehouse.errors import BangfuError
from warehouse.publish import flush

PLAIN = "plain"
MANIFEST, PART = ".manifest", ".part"
OWNER_ONLY = 0o700
ALTERED = "备份被改动、不完整或已损坏"
OTHER_BACKUP = "用另一份备份;这一份没有恢复"


@dataclass(frozen=True)
class Kept:
    """One file of a back-up: `path` below the home, its own hash, and the object that holds it with that one's hash.

    sealed: encrypted on its way into the back-up, and to be opened when it is restored.
    """

    path: str
    mode: int
    size: int
    changed_at: int
    sha256: str
    name: str
    stored_sha256: str
    sealed: bool


@dataclass(frozen=True)
class Snapshot:
    """One back-up: where its list lies; `key` is the name of its key, or `plain`."""

    file: Path

    @property
    def key(self) -> str:
        return self.file.parent.parent.name

    @property
    def taken_at(self) -> str:
        return self.file.name.removesuffix(MANIFEST)

    def object_file(self, name: str) -> Path:
        """Where a content lies."""
        return self.file.parent.parent / "objects" / name[:2] / name


def new_snapshot(folder: Path, key: Key | None, taken_at: str) -> Snapshot:
    """A back-up to be filled; its folders are made, for their owner alone."""
    snapshot = Snapshot(folder / group_of(key) / "snapshots" / f"{taken_at}{MANIFEST}")
    for made in (snapshot.file.parent, snapshot.file.parent.parent / "objects"):
        made.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    return snapshot


def snapshots(folder: Path) -> list[Snapshot]:
    """Every finished back-up in a folder, oldest first, whatever its key."""
    return sorted(map(Snapshot, folder.glob(f"*/snapshots/*{MANIFEST}")), key=lambda one: one.taken_at)


def group_of(key: Key | None) -> str:
    """The folder of back-ups under a key."""
    return key.name if key else PLAIN


def object_name(sha256: str, key: Key | None) -> str:
    """The hash itself would let a short content (a password) be guessed."""
    return hmac.new(key.names, sha256.encode(), "sha256").hexdigest() if key else sha256


def write_manifest(snapshot: Snapshot, kept: list[Kept], key: Key | None) -> None:
    """With this the back-up exists; all its contents must be on the disk."""
    content = json.dumps([asdict(one) for one in kept], ensure_ascii=False).encode()
    part = snapshot.file.with_suffix(PART)
    with create_with(part, key) as file:
        file.write(content + b"\n" + hashlib.sha256(content).hexdigest().encode())
        settle(file)
    part.replace(snapshot.file)
    flush(snapshot.file.parent)


def read_manifest(snapshot: Snapshot, key: Key | None) -> list[Kept]:
    """What a back-up holds. Raises BangfuError where its list was altered or the key is another."""
    where = f"{snapshot.key}/{snapshot.taken_at}"
    if snapshot.key not in (group_of(key), PLAIN):
        found = f"备份用密钥 {snapshot.key} 加密,现在{f'用的是 {key.name}' if key else '没有给出密钥'}"
        raise BangfuError(where=where, found=found, remedy="把 BANGFU_KEY_FILE 指向备份时用的密钥文件")
    with open_with(snapshot.file, key) as file:
        content, _, told = file.read().rpartition(b"\n")
    if hashlib.sha256(content).hexdigest().encode() != told:
        raise BangfuError(where=f"{where} 的清单", found=ALTERED, remedy=OTHER_BACKUP)
    return [Kept(**one) for one in json.loads(content)]


def verify(snapshot: Snapshot, kept: list[Kept]) -> None:
    """Read every stored content. Raises BangfuError that names the first file that is missing or altered."""
    for one in kept:
        stored = snapshot.object_file(one.name)
        if not stored.is_file() or file_hash(stored) != one.stored_sha256:
            raise BangfuError(where=one.path, found=ALTERED, remedy=OTHER_BACKUP)


def prune(folder: Path, keep: int, key: Key | None) -> int:
    """Delete all back-ups but the newest `keep` and what only they held; gives how many went.

    Contents under an earlier key go when the last back-up under that key does: its lists cannot be read any more.
    """
    all_snapshots = snapshots(folder)
    old = all_snapshots[: max(0, len(all_snapshots) - keep)]
    for snapshot in old:
        snapshot.file.unlink()
    for group in {snapshot.file.parent.parent for snapshot in all_snapshots}:
        left = [snapshot for snapshot in snapshots(folder) if snapshot.file.parent.parent == group]
        if not left:
            shutil.rmtree(group)
        elif group.name in (group_of(key), PLAIN):
            _remove_unused(group, {one.name for snapshot in left for one in read_manifest(snapshot, key)})
    return len(old)


def file_hash(file: Path) -> str:
    """SHA-256 of a file as it lies there."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _remove_unused(group: Path, used: set[str]) -> None:
    for file in _objects(group):
        if file.name not in used:
            file.unlink()


def _objects(group: Path) -> Iterator[Path]:
    yield from [file for file in (group / "objects").rglob("*") if file.is_file()]

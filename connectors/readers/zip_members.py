"""The files inside a zip, unpacked by content into a private folder; names decoded, bombs and traps refused."""

import errno
import hashlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from connectors.readers.sniffing import ZIP, is_office_package

DEEPEST = 3
MOST_MEMBERS = 10_000
MOST_UNPACKED = 16 << 30
RATIO = 200
RATIO_FROM = 100 << 20
BLOCK = 1 << 20
UNFINISHED = (".part", ".tmp", ".crdownload")
OTHERS = frozenset(("thumbs.db", "desktop.ini"))
SYMLINK = 0o120000
FILE_TYPE = 0o170000

BROKEN = "压缩包不完整或已损坏。处理办法：请重新压缩，并确认复制、上传完成后再报送"
LOCKED = "压缩包设有密码。处理办法：请去掉密码重新压缩，或直接报送解压后的文件"
EMPTY = "压缩包里没有文件。处理办法：请确认选中了数据文件后重新压缩报送"
TOO_DEEP = f"压缩包层层嵌套超过 {DEEPEST} 层。处理办法：请解压后直接报送其中的文件"
TOO_MANY = f"压缩包内文件超过 {MOST_MEMBERS} 个。处理办法：请分成几个压缩包报送"
SWOLLEN = "压缩包解开后异常巨大，疑似损坏或恶意文件。处理办法：请直接报送解压后的文件"
NO_ROOM = "磁盘剩余空间不够解开压缩包。处理办法：请系统管理员清理磁盘后再次运行"
OUTSIDE = "压缩包内的文件路径指向包外。处理办法：请用普通压缩软件重新压缩后报送"


class Unpacked(NamedTuple):
    """A file of the archive: its path inside, its own bytes on disk."""

    name: str
    path: Path
    sha256: str
    modified_at: datetime


class Unusable(NamedTuple):
    """A member, or the whole archive (name ''), that was not taken, and why."""

    name: str
    reason: str


@dataclass
class Budget:
    """What one delivered zip, with all zips inside it, may still unpack."""

    size: int = MOST_UNPACKED
    members: int = MOST_MEMBERS


def is_archive(path: Path) -> bool:
    """A zip that is a bundle of files; a broken zip counts as one unless its first member says workbook."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not is_office_package(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return not any(sign in head for sign in (b"[Content_Types].xml", b"_rels/", b"xl/", b"mimetype"))


def unpack(
    archive: Path, folder: Path, *, budget: Budget | None = None, depth: int = 1
) -> Iterator[Unpacked | Unusable]:
    """Every file of the archive and of zips inside it, in the order of their names."""
    allowed = budget or Budget()
    if depth > DEEPEST:
        yield Unusable("", TOO_DEEP)
        return
    try:
        with zipfile.ZipFile(archive) as opened:
            yield from _members(opened, folder, allowed, depth)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        if _is_full(error):
            raise
        yield Unusable("", BROKEN)


def readable_name(raw: bytes) -> str:
    """A name in the encoding that fits: archivers write UTF-8 or the machine's own, seldom saying which."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def is_ignored(name: str) -> bool:
    """Hidden files, lock files of open workbooks, downloads under way."""
    return name.startswith((".", "~$", "__MACOSX")) or name.lower().endswith(UNFINISHED) or name.lower() in OTHERS


def _members(archive: zipfile.ZipFile, folder: Path, budget: Budget, depth: int) -> Iterator[Unpacked | Unusable]:
    named = sorted(((_name(member), member) for member in archive.infolist()), key=lambda each: each[0])
    files = [(name, member) for name, member in named if not name.endswith("/") and not _skipped(name)]
    if not files:
        yield Unusable("", EMPTY)
        return
    if reason := _refusal(files, folder, budget):
        yield Unusable("", reason)
        return
    seen: dict[str, int] = {}
    for name, member in files:
        seen[name] = seen.get(name, 0) + 1
        distinct = name if seen[name] == 1 else f"{name}#{seen[name]}"
        yield from _member(archive, member, distinct, folder, budget, depth)


def _name(member: zipfile.ZipInfo) -> str:
    named_utf8 = member.flag_bits & 0x800
    name = member.orig_filename if named_utf8 else readable_name(member.orig_filename.encode("cp437"))
    return name.replace("\\", "/")


def _skipped(name: str) -> bool:
    return any(is_ignored(part) for part in name.split("/") if part not in (".", "..", ""))


def _refusal(files: list[tuple[str, zipfile.ZipInfo]], folder: Path, budget: Budget) -> str | None:
    """Why the archive cannot be unpacked at all, told from its list of members alone."""
    unpacked = sum(member.file_size for _, member in files)
    packed = sum(member.compress_size for _, member in files)
    if len(files) > budget.members:
        return TOO_MANY
    if unpacked > budget.size or (unpacked > RATIO_FROM and unpacked > RATIO * packed):
        return SWOLLEN
    return NO_ROOM if unpacked > shutil.disk_usage(folder).free else None


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, folder: Path, budget: Budget, depth: int
) -> Iterator[Unpacked | Unusable]:
    if _leads_outside(name) or (member.external_attr >> 16) & FILE_TYPE == SYMLINK:
        yield Unusable(name, OUTSIDE)
    elif member.flag_bits & 1:
        yield Unusable(name, LOCKED)
    else:
        budget.size -= member.file_size
        budget.members -= 1
        yield from _extracted(archive, member, name, folder, budget, depth)


def _extracted(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, folder: Path, budget: Budget, depth: int
) -> Iterator[Unpacked | Unusable]:
    try:
        path, sha256 = _stored(archive, member, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        if _is_full(error):
            raise
        yield Unusable(name, BROKEN)
        return
    if not is_archive(path):
        yield Unpacked(name, path, sha256, _modified_at(member))
        return
    for inner in unpack(path, folder, budget=budget, depth=depth + 1):
        yield inner._replace(name=f"{name}/{inner.name}".rstrip("/"))


def _stored(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> tuple[Path, str]:
    """Unpack under the content's own hash: no name from the archive ever touches the disk."""
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target, archive.open(member) as source:
        try:
            while block := source.read(BLOCK):
                digest.update(block)
                target.write(block)
        except BaseException:
            Path(target.name).unlink()
            raise
    return Path(target.name).replace(folder / digest.hexdigest()), digest.hexdigest()


def _is_full(error: Exception) -> bool:
    """Our own disk has no room: the archive must not be called damaged."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]


def _modified_at(member: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*member.date_time)
    except ValueError:
        return datetime(1980, 1, 1)

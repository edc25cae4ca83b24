"""What lies in the inbox, file by file; zips are opened, nothing in the inbox is ever changed."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.readers import zip_members
from connectors.readers.zip_members import Unusable, is_ignored, readable_name
from warehouse.home import DEPARTMENTS

ANSWERS = "answers"
LINK_OUTSIDE = "这是指向收件夹以外的链接。处理办法：请把文件本身复制到收件夹"
UNREADABLE = "文件打不开。处理办法：请检查文件的读取权限，或重新复制到收件夹"
NO_FILE = "这不是普通文件。处理办法：请把数据文件本身复制到收件夹"
CHANGING = "文件正在写入。处理办法：不用处理，复制完成后下次运行自动读取"


@dataclass(frozen=True)
class Delivered:
    """One file as delivered, or one member of a zip.

    `department`: the folder it lies in, None outside the five. `source_file`: the path below that folder
    (below the inbox where there is none); in a zip "bundle.zip/inner/name.csv". `path` stays readable as
    long as `spill` is kept. `modified_at` is local time.
    """

    department: str | None
    source_file: str
    path: Path
    sha256: str
    modified_at: datetime


@dataclass(frozen=True)
class Refused:
    """A file that could not be taken; `sha256` is that of the zip for a member, '' if nothing was read."""

    department: str | None
    source_file: str
    sha256: str
    reason: str


def walk(inbox: Path, *, spill: Path) -> Iterator[Delivered | Refused]:
    """Every file of the inbox in the order of their paths; zip members are unpacked into `spill`."""
    folder = spill / "members"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    root = inbox.resolve()
    for path in sorted(_files(root), key=lambda each: each.relative_to(root).as_posix()):
        yield from _taken(path, root, folder)


def _files(root: Path) -> Iterator[Path]:
    """Files and links; a link to a folder inside the inbox is left out, its files come anyway."""
    for parent, folders, names in os.walk(root):
        here = Path(parent)
        links = [each for each in folders if (here / each).is_symlink() and not is_ignored(each)]
        yield from (here / each for each in links if not _inside(here / each, root))
        top = here == root
        folders[:] = [each for each in folders if not is_ignored(each) and not (top and each == ANSWERS)]
        yield from (here / each for each in names if not is_ignored(each))


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def _taken(path: Path, root: Path, folder: Path) -> Iterator[Delivered | Refused]:
    department, source_file = _place(path.relative_to(root))
    if not _inside(path, root):
        yield Refused(department, source_file, "", LINK_OUTSIDE)
        return
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            yield Refused(department, source_file, "", NO_FILE)
            return
        sha256 = _sha256(path)
        after = path.stat()
    except OSError:
        yield Refused(department, source_file, "", UNREADABLE)
        return
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        yield Refused(department, source_file, sha256, CHANGING)
        return
    file = Delivered(department, source_file, path, sha256, datetime.fromtimestamp(after.st_mtime))
    yield from _members(file, folder) if zip_members.is_archive(path) else (file,)


def _members(file: Delivered, folder: Path) -> Iterator[Delivered | Refused]:
    for found in zip_members.unpack(file.path, folder):
        name = f"{file.source_file}/{found.name}".rstrip("/")
        if isinstance(found, Unusable):
            yield Refused(file.department, name, file.sha256, found.reason)
        else:
            yield Delivered(file.department, name, found.path, found.sha256, found.modified_at)


def _place(relative: Path) -> tuple[str | None, str]:
    """Department and the path below it. Names that are not UTF-8 on disk are decoded to be shown."""
    parts = [readable_name(os.fsencode(part)) for part in relative.parts]
    if len(parts) > 1 and parts[0] in DEPARTMENTS:
        return parts[0], "/".join(parts[1:])
    return None, "/".join(parts)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

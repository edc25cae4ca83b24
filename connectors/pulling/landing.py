"""Into the inbox whole or not at all: written under a hidden name, flushed to disk, renamed, never over a file."""

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from connectors.pulling.faults import Cause, PullFault
from connectors.readers.zip_members import is_ignored, readable_name

PULLED = "pulled"
PART = ".pulling.part"  # hidden: the inbox passes over it
LONGEST = 180  # bytes of a name; a date and a number must still find room within the 255 that disks allow
LONGEST_ENDING = 20
LAST_TIME = 1 << 33
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]")
FULL = Cause("磁盘已满,写不进收件夹", "请系统管理员清理磁盘;写了一半的已删去,下次运行再取")
NOT_WRITTEN = Cause("写不进收件夹", "检查收件夹的权限和磁盘;写了一半的已删去,下次运行再取")


def folder_of(inbox: Path, department: str, source: str) -> Path:
    """Where a source's files go; made on the way."""
    folder = inbox / department / PULLED / source
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def remove_parts(inbox: Path) -> None:
    """Clear what a killed run left half-written, of sources that are no longer declared too."""
    for part in inbox.glob(f"*/{PULLED}/*/{PART}"):
        part.unlink()


class Part:
    """A file on its way into a source's folder; Arrow writes to it as to any file."""

    closed = False

    def __init__(self, source: str, folder: Path) -> None:
        self.path = folder / PART
        self._source = source
        self._folder = folder
        self._hash = hashlib.sha256()
        self.size = 0
        with on_disk(source):
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)

    def write(self, block: bytes) -> int:
        """Add bytes."""
        with on_disk(self._source):
            rest = memoryview(block)
            while rest:
                rest = rest[os.write(self._file, rest) :]
        self._hash.update(block)
        self.size += len(block)
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def land(self, parts: Sequence[str], modified: float) -> Path | None:
        """Give it its place below the folder, durably; None where the same content lies there already.

        parts: its path at the source; a name that another content has here gets the time of change added.
        """
        with on_disk(self._source):
            os.fsync(self._file)
            if 0 <= modified < LAST_TIME:  # a server may state any time
                os.utime(self.path, (modified, modified))
            *above, name = clean_path(parts)
            folder = self._folder.joinpath(*above)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for candidate in names(name, modified):
                target = folder / candidate
                if not target.exists() and not target.is_symlink():
                    self.path.rename(target)
                    for made in {folder, *folder.parents} - set(self._folder.parent.parents):
                        flush(made)
                    return target
                if _content(target) == self.sha256:
                    return None
        raise AssertionError("names() never ends")

    def close(self) -> None:
        """Leave nothing behind that did not land."""
        os.close(self._file)
        self.path.unlink(missing_ok=True)


@contextmanager
def part_of(source: str, folder: Path) -> Iterator[Part]:
    """A part that is gone afterwards unless it landed."""
    part = Part(source, folder)
    try:
        yield part
    finally:
        part.close()


@contextmanager
def on_disk(source: str) -> Iterator[None]:
    """Faults of our own disk, told as such."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        code = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise PullFault(source, FULL if full else NOT_WRITTEN, code) from None


def clean_path(parts: Sequence[str]) -> list[str]:
    """A path of a source as one that stays inside a folder here and that the inbox does not pass over."""
    cleaned = [clean_name(part) for part in parts if part not in ("", ".", "..")]
    return cleaned or [clean_name("")]


def clean_name(name: str) -> str:
    """One component: no separator or control character, not hidden, not too long, writable in UTF-8."""
    fit = _UNFIT.sub("_", readable(name)).strip() or "_"
    if is_ignored(fit):
        fit = f"_{fit}_"
    if len(fit.encode()) <= LONGEST:
        return fit
    short = hashlib.sha256(fit.encode()).hexdigest()[:8]  # two long names that begin alike stay two
    stem, ending = _cut(fit)
    return stem.encode()[: LONGEST - 30].decode(errors="ignore") + f"_{short}{ending}"


def readable(name: str) -> str:
    """A name as people would read it; bytes that are not UTF-8 come from Python with a mark on each."""
    try:
        return readable_name(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # half a character
        return name.encode("utf-8", "replace").decode()


def names(name: str, modified: float) -> Iterator[str]:
    """The name, the name with the time of change, and that with a number, without end."""
    yield name
    stem, ending = _cut(name)
    moment = modified if 0 <= modified < LAST_TIME else 0
    stamp = f"{datetime.fromtimestamp(moment):%Y%m%d-%H%M%S}"
    yield f"{stem}_{stamp}{ending}"
    number = 1
    while True:
        number += 1
        yield f"{stem}_{stamp}_{number}{ending}"


def flush(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cut(name: str) -> tuple[str, str]:
    ending = Path(name).suffix
    return (name.removesuffix(ending), ending) if len(ending.encode()) <= LONGEST_ENDING else (name, "")


def _content(file: Path) -> str | None:
    if not file.is_file():
        return None
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

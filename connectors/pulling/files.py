"""The files of one source: which are new and settled, and each of them fetched whole."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from fsspec.spec import AbstractFileSystem

from connectors.pulling.faults import BUSY, FORBIDDEN, MISSING, PullFault, told_as
from connectors.pulling.landing import Part, part_of, readable
from connectors.pulling.memory import Memory, Taken
from connectors.pulling.places import Place
from connectors.pulling.result import Pulled
from connectors.pulling.sources import FileSource
from connectors.readers.zip_members import is_ignored

BLOCK = 1 << 20
DEEPEST = 12


class Remote(NamedTuple):
    """A file as a listing shows it. path: the server's; parts: below the source's folder; modified: seconds."""

    path: str
    parts: tuple[str, ...]
    size: int
    modified: float

    @property
    def name(self) -> str:
        return "/".join(map(readable, self.parts))


@dataclass
class Look:
    """What a source shows at one moment.

    at: that moment by the monotonic clock; fresh: what to fetch; the others are counts as in Pulled.
    """

    at: float = 0.0
    fresh: list[Remote] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    odd: int = 0
    forbidden: int = 0


def look(source: FileSource, place: Place, memory: Memory) -> Look:
    """The files of a source, compared with what was taken before."""
    seen = Look()
    found = {remote.name: remote for remote in _walk(source, place, seen)}
    for name, remote in found.items():
        if _is_marker(source.marker, name) or not any(fnmatchcase(name, pattern) for pattern in source.include):
            continue
        known = memory.last(source.name, name)
        if known and (known.size, known.modified) == (remote.size, remote.modified):
            seen.unchanged += 1
        elif source.marker and not _is_marked(remote, found.get(_marker_of(source.marker, name))):
            seen.waiting += 1
        else:
            seen.fresh.append(remote)
    seen.fresh.sort()
    seen.at = time.monotonic()
    return seen


def _marker_of(marker: str, name: str) -> str:
    """Where the marker of a file would lie; {name} and {stem} stand for the file's name with and without ending."""
    file = PurePosixPath(name)
    return str(file.with_name(marker.replace("{name}", file.name).replace("{stem}", file.stem)))


def _is_marker(marker: str | None, name: str) -> bool:
    return marker is not None and fnmatchcase(PurePosixPath(name).name, _marker_of(marker, "*"))


def _is_marked(remote: Remote, marker: Remote | None) -> bool:
    """A marker older than the file is one of the file's last edition."""
    return marker is not None and marker.modified >= remote.modified


def _walk(source: FileSource, place: Place, seen: Look) -> Iterator[Remote]:
    """Every file below the source's folder; links are not followed, what the inbox would pass over is not shown."""
    folders: list[tuple[str, tuple[str, ...]]] = [(source.path.rstrip("/") or "/", ())]
    while folders:
        folder, above = folders.pop()
        for entry in _listed(source, place, folder, seen, is_top=not above):
            path = str(entry["name"]).rstrip("/")
            name = path.rpartition("/")[2]
            if is_ignored(name) and name != "..":
                continue
            below = path == f"{folder.rstrip('/')}/{name}" and name not in ("", "..")
            if not below or entry["type"] not in ("file", "directory") or entry.get("islink"):
                seen.odd += 1
            elif entry["type"] == "file":
                yield Remote(path, (*above, name), int(entry["size"]), _seconds(entry.get("mtime")))
            elif len(above) < DEEPEST:
                folders.append((path, (*above, name)))
            else:
                seen.odd += 1


def _listed(source: FileSource, place: Place, folder: str, seen: Look, *, is_top: bool) -> list[dict[str, Any]]:
    """A folder's entries; one below the top that we may not open, or that has just gone, stops no other."""
    try:
        with told_as(source.name, place.judge):
            listed: list[dict[str, Any]] = place.files.ls(folder, detail=True)
            return listed
    except PullFault as fault:
        if is_top or fault.cause not in (FORBIDDEN, MISSING):
            raise
        seen.forbidden += fault.cause is FORBIDDEN
        return []


def take(source: FileSource, place: Place, fresh: list[Remote], folder: Path, memory: Memory, result: Pulled) -> None:
    """Fetch what is still as it was at the look; `fresh` shrinks, so that another attempt goes on where one broke.

    What is wrong with one file is counted. What the next files would meet too (connection, our disk) is raised.
    """
    while fresh:
        try:
            with told_as(source.name, place.judge), part_of(source.name, folder) as part:
                _fetch(source, place.files, fresh[0], part, memory, result)
        except PullFault as fault:
            if fault.cause in (MISSING, BUSY):
                result.waiting += 1
            elif fault.cause is FORBIDDEN:
                result.forbidden += 1
            else:
                raise
        del fresh[0]


def _fetch(
    source: FileSource, files: AbstractFileSystem, remote: Remote, part: Part, memory: Memory, result: Pulled
) -> None:
    settled = _is_still(files, remote)
    if settled:
        _copy(files, remote, part)
    if not settled or part.size != remote.size or not _is_still(files, remote):
        result.waiting += 1
        return
    known = memory.last(source.name, remote.name)
    landed = None if known and known.sha256 == part.sha256 else part.land(remote.parts, remote.modified)
    memory.keep(source.name, remote.name, Taken(remote.size, remote.modified, part.sha256))
    if landed is None:
        result.unchanged += 1
    else:
        result.fetched += 1
        result.size += remote.size


def _copy(files: AbstractFileSystem, remote: Remote, part: Part) -> None:
    """No more than was announced: a file that grows is not settled."""
    with files.open(remote.path, "rb", block_size=BLOCK) as content:
        while part.size <= remote.size and (block := content.read(BLOCK)):
            part.write(block)


def _is_still(files: AbstractFileSystem, remote: Remote) -> bool:
    entry = files.info(remote.path)
    return (int(entry["size"]), _seconds(entry.get("mtime"))) == (remote.size, remote.modified)


def _seconds(moment: Any) -> float:
    """A time of change as fsspec's filesystems tell it."""
    return moment.timestamp() if isinstance(moment, datetime) else float(moment or 0)

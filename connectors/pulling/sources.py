"""`pulling.toml`: what is fetched from where. Loaded strictly; a fault in one source leaves the others in force."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url

from connectors.contract import load_contracts
from connectors.pulling import FILE_NAME
from connectors.pulling.declared import FOLDER, VIEW, faults_of
from connectors.pulling.passwords import SecretAt
from warehouse.errors import BangfuError

SETTLE_SECONDS = 30
SILENT_FILES, SILENT_DATABASE = 60, 1800


@dataclass(frozen=True)
class Source:
    """What every source has. title: its table's, where it is declared to hold one table; else ''."""

    name: str
    department: str
    title: str

    @property
    def folder(self) -> str:
        """Its folder in the inbox; a table's title in a path helps to recognise what lies there."""
        return f"{self.title}_{self.name}" if self.title else self.name


@dataclass(frozen=True)
class Server:
    """A machine to log in to. timeout: seconds that it may keep silent. The last four belong to SFTP and SMB alone."""

    host: str
    port: int | None
    user: str
    timeout: int
    secret: SecretAt
    key_file: str | None = None
    host_key: str | None = None
    known_hosts_file: str | None = None
    encrypt: bool | None = None


@dataclass(frozen=True)
class FileSource(Source):
    """A folder, here or on a server (None: here). include: patterns of paths below it.

    marker: name of the file that says another is finished; {name} and {stem} stand for that one's.
    """

    kind: str
    path: str
    include: tuple[str, ...]
    settle_seconds: float
    marker: str | None
    server: Server | None


@dataclass(frozen=True)
class ViewSource(Source):
    """A view or table, or a SELECT in a file of the home. columns: empty for all; timeout in seconds."""

    url: URL
    view: str | None
    select_file: str | None
    columns: tuple[str, ...]
    timeout: int
    secret: SecretAt


@dataclass(frozen=True)
class Pulling:
    """The sources that can be tried, and what is wrong with the others, by name."""

    sources: tuple[FileSource | ViewSource, ...]
    faults: Mapping[str, BangfuError] = field(default_factory=dict)


def read_pulling(root: Path) -> Pulling | None:
    """The sources of a home; None where it has no `pulling.toml`. Raises BangfuError where none can be read."""
    file = root / FILE_NAME
    if not file.exists():
        return None
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line \d+", str(error))  # the rest of the message may quote the file
        found = f"不是 UTF-8 的 TOML 文件({line[0] if line else type(error).__name__})"
        raise BangfuError(where=FILE_NAME, found=found, remedy="照 docs/pulling.md 的样子写") from None
    declared = told.get("source")
    if told.keys() != {"source"} or not isinstance(declared, dict):
        remedy = "每个来源写一节 [source.名称],见 docs/pulling.md"
        raise BangfuError(where=FILE_NAME, found="应当只有 [source.名称] 各节", remedy=remedy)
    titles = {table: (one.title, one.department) for table, one in load_contracts().items()}
    sources: list[FileSource | ViewSource] = []
    faults: dict[str, BangfuError] = {}
    for name, words in declared.items():
        if fault := next(faults_of(name, words, titles, root), None):
            faults[name] = BangfuError(where=f"来源 {name}", found=fault, remedy=f"改正 {FILE_NAME},见 docs/pulling.md")
        else:
            sources.append(_source(name, words, titles))
    return Pulling(tuple(sources), faults)


def _source(name: str, words: Mapping[str, Any], titles: Mapping[str, tuple[str, str]]) -> FileSource | ViewSource:
    title, owner = titles.get(words.get("table", ""), ("", ""))
    common = {"name": name, "department": words.get("department", owner), "title": title}
    secret = SecretAt(words.get("password_file"), words.get("password_env"))
    if words["kind"] == VIEW:
        return ViewSource(
            **common,
            url=make_url(words["url"]),
            view=words.get("view"),
            select_file=words.get("select_file"),
            columns=tuple(words.get("columns", ())),
            timeout=words.get("timeout", SILENT_DATABASE),
            secret=secret,
        )
    return FileSource(
        **common,
        kind=words["kind"],
        path=words["path"],
        include=tuple(words.get("include", ("*",))),
        settle_seconds=words.get("settle_seconds", SETTLE_SECONDS),
        marker=words.get("marker"),
        server=_server(words, secret) if words["kind"] != FOLDER else None,
    )


def _server(words: Mapping[str, Any], secret: SecretAt) -> Server:
    own = ("key_file", "host_key", "known_hosts_file", "encrypt")
    return Server(
        host=words["host"],
        port=words.get("port"),
        user=words["user"],
        timeout=words.get("timeout", SILENT_FILES),
        secret=secret,
        **{word: words[word] for word in own if word in words},
    )

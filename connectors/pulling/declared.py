"""What a source may declare in `pulling.toml`, and what is wrong with one; no value is ever repeated."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from connectors.pulling.databases import DRIVERS
from connectors.readers.zip_members import is_ignored
from warehouse.home import DEPARTMENTS

FOLDER, SFTP, SMB, VIEW = "folder", "sftp", "smb", "view"
LARGEST = 86_400  # of any number here: ports and seconds
_NUMBER = (int, float)
_BOTH = {"kind": str, "department": str, "table": str}
_SECRET = {"password_file": str, "password_env": str}
_FILES = {"path": str, "include": list, "settle_seconds": _NUMBER, "marker": str}
_SERVER = {"host": str, "port": int, "user": str, "timeout": int, **_SECRET}
WORDS: Mapping[str, Mapping[str, Any]] = {
    FOLDER: {**_BOTH, **_FILES},
    SFTP: {**_BOTH, **_FILES, **_SERVER, "key_file": str, "host_key": str, "known_hosts_file": str},
    SMB: {**_BOTH, **_FILES, **_SERVER, "encrypt": bool},
    VIEW: {**_BOTH, "url": str, **_SECRET, "view": str, "select_file": str, "columns": list, "timeout": int},
}
NEEDED = {FOLDER: ("path",), SFTP: ("host", "user", "path"), SMB: ("host", "user", "path"), VIEW: ("url",)}
_NAME = re.compile(r"\w[\w-]{0,39}")
_IN_DATABASE = re.compile(r"[\w$#]+(\.[\w$#]+){0,2}")


def faults_of(name: str, words: Any, titles: Mapping[str, object], root: Path) -> Iterator[str]:
    """What is wrong with one source. titles: the known tables; root: the home."""
    if not _NAME.fullmatch(name):
        yield "名称只用文字、数字、_ 和 -,至多 40 个"
    if not isinstance(words, dict) or str(words.get("kind")) not in WORDS:
        yield f"kind 写 {'、'.join(WORDS)} 之一"
        return
    kind = words["kind"]
    known = WORDS[kind]
    yield from (f"不认识 {word}" for word in sorted(words.keys() - known.keys()))
    yield from (f"缺少 {word}" for word in NEEDED[kind] if word not in words)
    for word in words.keys() & known.keys():
        if not _typed(words[word], known[word]):
            yield f"{word} 写得不对(文字加引号,数字不加,不能为空或 0)"
    if "table" in words and words["table"] not in titles:
        yield "没有 table 所写的这张表"
    if words.get("department", DEPARTMENTS[0]) not in DEPARTMENTS:
        yield f"department 写 {'、'.join(DEPARTMENTS)} 之一"
    if not {"department", "table"} & words.keys():
        yield "department 和 table 至少写一个"
    if {"password_file", "password_env"} <= words.keys():
        yield "password_file 和 password_env 只写一个"
    yield from _view_faults(words) if kind == VIEW else _file_faults(words, root)


def _typed(value: Any, kind: Any) -> bool:
    if kind is list:
        return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, kind) and (value != "" if isinstance(value, str) else 0 < value < LARGEST)


def _file_faults(words: Mapping[str, Any], root: Path) -> Iterator[str]:
    marker = words.get("marker", "{name}.done")
    if "/" in marker or not marker.replace("{name}", "").replace("{stem}", "") or is_ignored(marker):
        yield "marker 是同一目录里的文件名,例如 {name}.done;不能是隐藏文件或 .tmp、.part"
    if words["kind"] == FOLDER:
        path = Path(words["path"])
        if not path.is_absolute():
            yield "path 写绝对路径"
        elif path.resolve().is_relative_to(root.resolve()) or root.resolve().is_relative_to(path.resolve()):
            yield "path 不能是本装置自己的数据目录"
    elif words["kind"] == SMB and not words["path"].startswith("/"):
        yield "path 写作 /共享名/目录"
    elif words["kind"] == SFTP:
        if not {"password_file", "password_env", "key_file"} & words.keys():
            yield "缺少 password_file、password_env 或 key_file"
        if len({"host_key", "known_hosts_file"} & words.keys()) != 1:
            yield "host_key 和 known_hosts_file 写且只写一个:不认识的服务器不连接"
    elif not {"password_file", "password_env"} & words.keys():
        yield "缺少 password_file 或 password_env"


def _view_faults(words: Mapping[str, Any]) -> Iterator[str]:
    if len({"view", "select_file"} & words.keys()) != 1:
        yield "view 和 select_file 写且只写一个"
    names = [words.get("view", "v"), *words.get("columns", ())]
    if not all(_IN_DATABASE.fullmatch(name) for name in names):
        yield "view 和 columns 只写名称,别的写进 select_file"
    if "columns" in words and "select_file" in words:
        yield "有 select_file 就不写 columns"
    try:
        url = make_url(words["url"])
    except ArgumentError:
        yield "url 写作 数据库类型://用户@主机:端口/库名"
        return
    if url.drivername not in DRIVERS:
        yield f"url 的数据库类型写 {'、'.join(sorted(DRIVERS))} 之一"
    if url.password is not None or any(word in key.lower() for key in url.query for word in ("pass", "pwd")):
        yield "url 里不能写口令,改用 password_file 或 password_env"

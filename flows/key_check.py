"""Whether everything a home keeps opens with its key, is what it was, and is its owner's alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.key_rotation import content_hash, private_files, read_through, scratch_connection
from flows.settings import Settings
from warehouse.connection import attach_with, is_encrypted
from warehouse.encryption.keyring import database_secret, key_for
from warehouse.encryption.keys import OTHERS, Key
from warehouse.encryption.sealed import ALTERED, is_sealed
from warehouse.errors import BangfuError
from warehouse.home import Home

GROUP_MAY = {"": 0o050, "warehouse": 0o050, "warehouse/analyst.duckdb": 0o040}
NOT_ENCRYPTED = "没有加密;运行 bangfu key rotate --to 密钥文件"


@dataclass(frozen=True)
class KeyCheck:
    """What was looked at; `faults` as (file below the home, what is wrong). key: its name, None without one."""

    key: str | None
    databases: int
    files: int
    faults: tuple[tuple[str, str], ...]


def check_keys(settings: Settings) -> KeyCheck:
    """Read every table and every kept file to its end; a file of the archive must still hash to its name."""
    home = settings.home
    key = key_for(home.root)
    databases, files = sorted(home.warehouse.glob("*.duckdb")), list(private_files(home))
    faults = [(file, fault) for file in databases if (fault := _database_fault(file, key, home.spill))]
    faults += [(file, fault) for file in files if (fault := _file_fault(file, key, home))]
    faults += _open_to_others(home)
    told = tuple((file.relative_to(home.root).as_posix(), fault) for file, fault in faults)
    return KeyCheck(key.name if key else None, len(databases), len(files), told)


def _database_fault(file: Path, key: Key | None, spill: Path) -> str | None:
    encrypted = is_encrypted(file)
    if key and not encrypted:
        return NOT_ENCRYPTED
    if encrypted and key is None:
        return "已加密,没有给出密钥"
    try:
        with scratch_connection(spill) as connection:
            secret = database_secret(key, file) if key else None
            attach_with(connection, file, name="tried", secret=secret, read_only=True)
            read_through(connection, "tried")
    except BangfuError as error:
        return error.found
    except duckdb.Error as error:
        return f"{ALTERED}({type(error).__name__})"
    return None


def _file_fault(file: Path, key: Key | None, home: Home) -> str | None:
    if not is_sealed(file) and key:
        return NOT_ENCRYPTED
    try:
        found = content_hash(file, key)
    except BangfuError as error:
        return error.found
    by_hash = file.is_relative_to(home.archive) and file.parent.name == file.name[:2]
    return "内容与收到时不同" if by_hash and found != file.name else None


def _open_to_others(home: Home) -> Iterator[tuple[Path, str]]:
    """What others may read; the inbox is the departments' and the administrator's affair."""
    for path in (home.root, *sorted(home.root.rglob("*"))):
        if path.is_symlink() or path.is_relative_to(home.inbox):
            continue
        allowed = GROUP_MAY.get(path.relative_to(home.root).as_posix().removeprefix("."), 0)
        if excess := path.stat().st_mode & OTHERS & ~allowed:
            yield path, f"别的用户也能读写(chmod {'g' if excess & 0o070 else ''}{'o' if excess & 0o007 else ''}-rwx)"

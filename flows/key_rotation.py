"""Every file of a home under a new key: all of them or, whatever happens on the way, none."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.connection import DEFAULT_MEMORY, attach_with, is_encrypted
from warehouse.encryption.keyring import database_secret, key_for, key_in, use_key_file
from warehouse.encryption.keys import Key
from warehouse.encryption.private_files import copy_with, open_with
from warehouse.encryption.sealed import is_sealed, sealed_with
from warehouse.encryption.staging import commit_rotation, finish_rotation, staged
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive
from warehouse.publish import flush
from warehouse.scratch import private_run

ROOM_TO_SPARE = 1.2
NOT_THE_SAME, CHECK_DISK = "写出的内容与原来的不一致", "检查磁盘;数据没有改动"


@dataclass(frozen=True)
class Rotation:
    """What was written anew, and the names of both keys; old None: something was not encrypted before."""

    old: str | None
    new: str
    databases: int
    files: int


def rotate(settings: Settings, new_file: Path, *, run_step: RunStep = call) -> Rotation:
    """Encrypt everything the home keeps with the key in a file; what is encrypted with it already stays.

    Needs as much free space again as the archive and the warehouse take. Until all is written nothing is replaced;
    a run killed later is finished by the next one. Raises BangfuError when a key does not fit or space is short.
    """
    home = settings.home
    if not home.warehouse.is_dir():
        raise BangfuError(where=str(home.root), found="这里没有数据", remedy="检查 --home 后面的路径")
    new = key_in(new_file, home.root)
    with exclusive(home.lock_file, command="key rotate"), private_run(home):
        old = key_for(home.root)
        for unfinished in home.archive.rglob("*.part"):  # of a delivery whose run was killed; it is still in the inbox
            unfinished.unlink()
        databases = [file for file in sorted(home.warehouse.glob("*.duckdb")) if not _opens(file, new, home.spill)]
        files = [file for file in private_files(home) if not (is_sealed(file) and sealed_with(file) == new.name)]
        _require_space([*databases, *files])
        try:
            run_step("重新加密数据库", _stage_databases, home, databases, old, new)
            run_step("重新加密存档", _stage_files, home, files, old, new)
            commit_rotation(home.root)
        finally:
            finish_rotation(home.root)  # into place where all was written, else away with it
        use_key_file(home.root, new_file)
        return Rotation(old.name if old else None, new.name, len(databases), len(files))


def private_files(home: Home) -> Iterator[Path]:
    """What is sealed beside the databases: the archive, and the secret of the row tokens."""
    yield from (file for file in sorted(home.archive.rglob("*")) if file.is_file())
    secret = home.warehouse / "secret.key"
    if secret.exists():
        yield secret


def copy_database(
    source: Path, source_secret: str | None, target: Path, target_secret: str | None, spill: Path
) -> None:
    """The same tables, rows in the same order, under another DuckDB key (None: not encrypted); on the disk at once.

    Raises BangfuError when what was written does not read the same.
    """
    with scratch_connection(spill) as connection:
        attach_with(connection, source, name="old", secret=source_secret, read_only=not _log_of(source).exists())
        attach_with(connection, target, name="new", secret=target_secret)
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
        if read_through(connection, "old") != read_through(connection, "new"):
            raise BangfuError(where=source.name, found=NOT_THE_SAME, remedy=CHECK_DISK)
    target.chmod(source.stat().st_mode)
    flush(target)


def content_hash(file: Path, key: Key | None) -> str:
    """SHA-256 of what a file holds, sealed or not; reading to the end proves a sealed one whole."""
    with open_with(file, key) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read_through(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, tuple[int, int]]:
    """Rows and a hash of them for each table of an attached file; every block's own checksum is compared on the way."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ? and not internal", [name]
    ).fetchall()
    read: dict[str, tuple[int, int]] = {}
    for schema, table in tables:
        whole = f'select count(*) as number, bit_xor(hash(one)) as hashed from {name}."{schema}"."{table}" as one'
        (read[f"{schema}.{table}"],) = connection.execute(whole).fetchall()
    return read


def scratch_connection(spill: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory to attach files to. One thread, so that rows keep their order: the latest state counts."""
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": DEFAULT_MEMORY,
            "temp_directory": str(spill),
            "temp_file_encryption": "true",
            "threads": "1",
        }
    )


def _stage_databases(home: Home, databases: list[Path], old: Key | None, new: Key) -> None:
    for file in databases:
        secret = _present_secret(file, old)
        copy_database(file, secret, staged(home.root, file), database_secret(new, file), home.spill)
        if _log_of(file).exists():  # opening it should have put it into the file; beside the new file it would spoil it
            raise BangfuError(
                where=file.name, found="工作库没有正常关闭", remedy="用现在的密钥运行 bangfu nightly 后再试"
            )


def _stage_files(home: Home, files: list[Path], old: Key | None, new: Key) -> None:
    for file in files:
        written = staged(home.root, file)
        copy_with(file, old, written, new)
        if content_hash(file, old) != content_hash(written, new):
            raise BangfuError(where=file.name, found=NOT_THE_SAME, remedy=CHECK_DISK)


def _present_secret(file: Path, old: Key | None) -> str | None:
    if not is_encrypted(file):
        return None
    if old is None:
        remedy = "把 BANGFU_KEY_FILE 指向现在的密钥文件,--to 指向新的"
        raise BangfuError(where=file.name, found="已加密,没有给出现在的密钥", remedy=remedy)
    return database_secret(old, file)


def _opens(file: Path, key: Key, spill: Path) -> bool:
    """Whether a database is encrypted with this key already."""
    if not is_encrypted(file):
        return False
    try:
        with scratch_connection(spill) as connection:
            attach_with(connection, file, name="tried", secret=database_secret(key, file), read_only=True)
    except BangfuError:
        return False
    return True


def _require_space(files: list[Path]) -> None:
    """Archive and warehouse may lie on one disk or on two."""
    for disk in {file.stat().st_dev for file in files}:
        here = [file for file in files if file.stat().st_dev == disk]
        needed = ROOM_TO_SPARE * sum(file.stat().st_size for file in here)
        if needed > shutil.disk_usage(here[0].parent).free:
            found = f"磁盘空间不够:要再有 {needed / 2**20:.0f} MB"
            raise BangfuError(where=str(here[0].parent), found=found, remedy="清理磁盘后再试;数据没有改动")


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")

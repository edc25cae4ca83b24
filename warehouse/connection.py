"""Opening DuckDB the one way this project does."""

import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.encryption.keyring import database_secret, key_for
from warehouse.errors import BangfuError

if TYPE_CHECKING:
    from warehouse.encryption.keys import Key

SCHEMA_FOLDER = Path(__file__).parent / "schema"
DEFAULT_MEMORY = "1200MB"
Settings = dict[str, str | bool | int | float | list[str]]
MAGIC_AT, MAGIC, FLAGS_AT, ENCRYPTED = 8, b"DUCK", 20, 1


def connect(
    path: Path | None = None, *, read_only: bool = False, spill: Path | None = None, memory_limit: str = DEFAULT_MEMORY
) -> duckdb.DuckDBPyConnection:
    """Open a database file (or one in memory) with our settings.

    Extension auto-install is off: without a network it stalls for seconds. A new file is
    readable by its owner alone. Below a home that has a key, the file, its log and what it spills are encrypted; names
    without a catalog mean the file all the same. Raises BangfuError where the key does not fit the file.
    """
    settings: Settings = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": memory_limit,
        "preserve_insertion_order": "false",
    }
    if spill is not None:
        settings["temp_directory"] = str(spill)
    key = key_for(path) if path else None
    previous = os.umask(0o077)
    try:
        if path and key:
            return _open_encrypted(path, key, settings, read_only=read_only)
        if path and is_encrypted(path):
            raise _refused(path, "已加密,没有给出密钥", "把 BANGFU_KEY_FILE 指向密钥文件")
        return duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=settings)
    finally:
        os.umask(previous)


def attach(connection: duckdb.DuckDBPyConnection, path: Path, *, name: str, read_only: bool = False) -> None:
    """Attach a database file under a name, encrypted where it lies in a home that has a key.

    Raises BangfuError where the key does not fit the file.
    """
    key = key_for(path)
    attach_with(connection, path, name=name, secret=database_secret(key, path) if key else None, read_only=read_only)


def attach_with(
    connection: duckdb.DuckDBPyConnection, path: Path, *, name: str, secret: str | None, read_only: bool = False
) -> None:
    """Attach a database file with a given DuckDB key, or None for one that is not encrypted."""
    if secret and path.exists() and path.stat().st_size and not is_encrypted(path):
        raise _refused(path, "给出了密钥,但是这个数据库没有加密", "运行 bangfu key rotate --to 密钥文件,把全部数据加密")
    options = [f"encryption_key '{secret}'"] if secret else []
    options += ["read_only"] if read_only else []
    quoted = str(path).replace("'", "''")
    if secret:
        _load_openssl(connection)
    try:
        connection.execute(f"attach '{quoted}' as \"{name}\"" + (f" ({', '.join(options)})" if options else ""))
    except duckdb.InvalidInputException as error:
        if "encryption key" not in str(error):
            raise
        raise _refused(path, "密钥不对,打不开", "把 BANGFU_KEY_FILE 指向加密时用的密钥文件") from None


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted DuckDB database; False where there is none."""
    try:
        with path.open("rb") as file:
            head = file.read(FLAGS_AT + 1)
    except FileNotFoundError:
        return False
    return head[MAGIC_AT:].startswith(MAGIC) and len(head) > FLAGS_AT and bool(head[FLAGS_AT] & ENCRYPTED)


def prepare_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the permanent tables that are not there yet (`warehouse/schema/*.sql`, in order of name)."""
    for file in sorted(SCHEMA_FOLDER.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))


def _open_encrypted(path: Path, key: "Key", settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """DuckDB opens an encrypted file only beside a database in memory, which stays empty."""
    spill = {"temp_directory": f"{path}.tmp", "temp_file_encryption": "true"}
    connection = duckdb.connect(":memory:", config={**spill, **settings})
    name = path.name.split(".")[0]
    try:
        attach_with(connection, path, name=name, secret=database_secret(key, path), read_only=read_only)
        connection.execute(f'use "{name}"')
    except BaseException:
        connection.close()
        raise
    return connection


def _load_openssl(connection: duckdb.DuckDBPyConnection) -> None:
    """DuckDB writes encrypted files only with the OpenSSL of this extension; its signature is checked as it loads."""
    try:
        folder = resources.files("duckdb_extension_httpfs") / "extensions" / f"v{duckdb.__version__}"
        connection.execute(f"load '{folder / 'httpfs.duckdb_extension'}'")
    except (ModuleNotFoundError, duckdb.Error):
        found = f"加密要用的 duckdb-extension-httpfs {duckdb.__version__} 没有装好"
        raise BangfuError(where="程序环境", found=found, remedy="按 requirements.lock 重新安装") from None


def _refused(path: Path, found: str, remedy: str) -> BangfuError:
    return BangfuError(where=path.name, found=found, remedy=remedy)

"""Which key opens what: a file is opened with the key of the home it lies in."""

from pathlib import Path

from warehouse.encryption.keys import Key, read_key
from warehouse.errors import BangfuError

ANALYSTS_FILE = "analyst.duckdb"  # also while it is built beside: analyst.duckdb.partial

_key_files: dict[Path, Path | None] = {}


def use_key_file(root: Path, file: Path | None) -> None:
    """From now on what lies below a home's root is encrypted with the key in this file; None: nothing is."""
    _key_files[root.resolve()] = file


def key_for(path: Path) -> Key | None:
    """The key of the home a file lies in, None where it has none. Raises BangfuError for an unusable key file.

    A folder of a home may be a link to another disk, and the home itself be named by a link: both names count.
    """
    for place in (path.absolute(), path.resolve()):
        for root in (place, *place.parents):
            if root in _key_files:
                file = _key_files[root]
                return key_in(file, root) if file else None
    return None


def key_in(file: Path, root: Path) -> Key:
    """The key in a file. Raises BangfuError also where the file lies in the home that it is to protect."""
    if file.resolve().is_relative_to(root.resolve()):
        remedy = "把密钥文件移到数据目录之外,最好在另一个磁盘"
        raise BangfuError(where=str(file), found="密钥和它保护的数据放在一起", remedy=remedy)
    return read_key(file)


def database_secret(key: Key, path: Path) -> str:
    """What DuckDB is given to open or make this file."""
    return key.analysts if path.name.startswith(ANALYSTS_FILE) else key.databases

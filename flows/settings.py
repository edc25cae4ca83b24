"""The only reader of the environment."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from warehouse.connection import DEFAULT_MEMORY
from warehouse.encryption.keyring import use_key_file
from warehouse.home import Home

PROJECT = Path(__file__).resolve().parent.parent
PROJECT_POLICY = PROJECT / "policy"
MEMORY_DISK, LEAST_SCRATCH = Path("/dev/shm"), 1 << 30


@dataclass(frozen=True)
class Settings:
    """What one installation is told from outside."""

    home: Home
    memory_limit: str = DEFAULT_MEMORY


def read_settings(home: str | Path | None = None) -> Settings:
    """Settings from the argument first, then the environment.

    BANGFU_HOME; BANGFU_MEMORY, a DuckDB size such as 4GB; BANGFU_KEY_FILE, with which everything is encrypted (read
    when the first file is opened); BANGFU_SCRATCH, where files are unpacked (with a key: the memory disk).
    """
    root = Path(home or os.environ.get("BANGFU_HOME") or "home").resolve()
    key_file = os.environ.get("BANGFU_KEY_FILE")
    use_key_file(root, Path(key_file).absolute() if key_file else None)
    scratch = os.environ.get("BANGFU_SCRATCH")
    folder = Path(scratch).absolute() if scratch else _memory_disk() if key_file else None
    return Settings(Home(root, _part_of(folder, root)), memory_limit=os.environ.get("BANGFU_MEMORY", DEFAULT_MEMORY))


def _memory_disk() -> Path | None:
    """The system's memory disk; None where it is missing or too small to unpack files in."""
    enough = MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free >= LEAST_SCRATCH
    return MEMORY_DISK if enough else None


def _part_of(folder: Path | None, root: Path) -> Path | None:
    """This home's own part of a folder that others may use too: what lies in it is deleted at every run."""
    return folder and folder / f"bangfu-{os.getuid()}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:12]}"


def environment(name: str) -> str | None:
    """A variable that a home's settings name: secrets may come this way."""
    return os.environ.get(name)

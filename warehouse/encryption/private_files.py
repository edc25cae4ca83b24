"""Files of a home that hold personal data: sealed where the home has a key, plain otherwise."""

import io
import os
import shutil
from pathlib import Path
from typing import BinaryIO, cast

from warehouse.encryption.keyring import key_for
from warehouse.encryption.keys import Key
from warehouse.encryption.sealed import FRAME, SealedReader, SealedWriter, is_sealed, sealed_with
from warehouse.errors import BangfuError

BLOCK = 1 << 20


def create_private(path: Path) -> BinaryIO:
    """A new file readable by its owner alone, sealed with the key of its home; to be ended with `settle`."""
    return create_with(path, key_for(path))


def open_private(path: Path) -> io.BufferedReader:
    """Read a file of a home from any place, whether sealed or not. Raises BangfuError without its key."""
    return open_with(path, key_for(path))


def create_with(path: Path, key: Key | None) -> BinaryIO:
    """`create_private` with a given key."""
    raw = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    return cast(BinaryIO, SealedWriter(raw, key)) if key else raw


def open_with(path: Path, key: Key | None) -> io.BufferedReader:
    """`open_private` with a given key."""
    if not is_sealed(path):
        return path.open("rb")
    if key is None:
        found = f"文件用密钥 {sealed_with(path)} 加密,没有给出密钥"
        raise BangfuError(where=path.name, found=found, remedy="把 BANGFU_KEY_FILE 指向密钥文件")
    return io.BufferedReader(SealedReader(path, key), FRAME)


def settle(file: BinaryIO) -> None:
    """End a file that was written: whole, on the disk, closed."""
    if isinstance(file, SealedWriter):
        file.finish()
    file.flush()
    os.fsync(file.fileno())
    file.close()


def copy_with(source: Path, source_key: Key | None, target: Path, target_key: Key | None) -> None:
    """The same content under another key (or none); on the disk when this returns."""
    written = create_with(target, target_key)
    try:
        with open_with(source, source_key) as read:
            shutil.copyfileobj(read, written, BLOCK)
        settle(written)
    finally:
        written.close()

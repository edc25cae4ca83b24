"""The key of an installation, and the file that holds it."""

import base64
import binascii
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.errors import BangfuError
from warehouse.publish import flush

SHORTEST = 32
LEAST_DISTINCT = 12  # 32 random bytes with fewer distinct values do not happen; a typed-in or padded key has them
OTHERS = 0o077
NEW_KEY = "用 bangfu key new 新文件 生成"


@dataclass(frozen=True)
class Key:
    """A secret of 32 random bytes or more; what is used is derived from it, so no use tells another's key."""

    secret: bytes = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """8 bytes that name the key and tell nothing about it."""
        return self._derived("id")[:8]

    @property
    def name(self) -> str:
        """The key as messages call it."""
        return self.key_id.hex()

    @property
    def files(self) -> bytes:
        """For sealed files."""
        return self._derived("files")

    @property
    def names(self) -> bytes:
        """For hashes that stand in place of a content."""
        return self._derived("names")

    @property
    def databases(self) -> str:
        """DuckDB's ENCRYPTION_KEY of every database but the analysts'."""
        return self._derived("databases").hex()

    @property
    def analysts(self) -> str:
        """DuckDB's ENCRYPTION_KEY of analyst.duckdb; may be handed out, it opens nothing else."""
        return self._derived("analysts").hex()

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, f"bangfu {purpose}".encode(), "sha256")


def read_key(file: Path) -> Key:
    """The key in a file: at least 32 random bytes as hexadecimal digits or base64.

    Raises BangfuError for a file that is missing, unreadable, open to others, or holds no such key.
    """
    try:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_mode & OTHERS:
                raise BangfuError(where=str(file), found="别的用户也能读取密钥文件", remedy=f"chmod 600 {file}")
            text = stream.read(4096)
    except OSError as error:
        found = "没有这个密钥文件" if isinstance(error, FileNotFoundError) else "不能读取密钥文件"
        raise BangfuError(where=str(file), found=found, remedy=f"检查 BANGFU_KEY_FILE;还没有密钥的,{NEW_KEY}") from None
    secret = _decoded(b"".join(text.split()))
    if len(secret) < SHORTEST or len(set(secret)) < LEAST_DISTINCT:
        found = f"里面不是密钥({SHORTEST} 个以上随机字节,写成十六进制或 base64)"
        raise BangfuError(where=str(file), found=found, remedy=NEW_KEY)
    return Key(secret)


def write_new_key(file: Path) -> Key:
    """Make a key and write it to a new file, readable by its owner alone and on the disk when this returns.

    Raises BangfuError when the file exists: a key that is overwritten is lost with all it has encrypted.
    """
    key = Key(secrets.token_bytes(SHORTEST))
    write_secret(file, key.secret.hex())
    return key


def write_secret(file: Path, text: str) -> None:
    """One line into a new file, readable by its owner alone. Raises BangfuError when it exists or cannot be made."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        found = "已有这个文件,不覆盖" if isinstance(error, FileExistsError) else "不能写这个文件"
        raise BangfuError(where=str(file), found=found, remedy="换一个文件名或目录") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(descriptor)
    flush(file.parent)


def _decoded(text: bytes) -> bytes:
    """Hexadecimal where it can be, else base64; empty where it is neither."""
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        pass
    try:
        return base64.b64decode(text, altchars=b"-_" if set(text) & set(b"-_") else None, validate=True)
    except binascii.Error:
        return b""

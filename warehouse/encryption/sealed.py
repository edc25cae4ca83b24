"""Sealed files: encrypted and authenticated, written and read in frames, so that size does not matter.

A head (magic, key id, salt), then frames of 64 KiB, each AES-256-GCM under a key of this file's own (derived with
the salt). A frame's nonce is its number and whether it is the last: frames that were changed, swapped, cut off or
added do not open.
"""

import hmac
import io
import os
import secrets
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from warehouse.encryption.keys import Key
from warehouse.errors import BangfuError

MAGIC = b"BANGFU\x00\x01"
KEY_ID, SALT, TAG = 8, 16, 16
HEAD = len(MAGIC) + KEY_ID + SALT
FRAME = 1 << 16
ALTERED = "内容被改动、不完整或已损坏"
FROM_BACKUP = "用备份里的这个文件替换"


def is_sealed(path: Path) -> bool:
    """Whether a file begins as a sealed one does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def sealed_with(path: Path) -> str:
    """The name of the key a sealed file was sealed with."""
    with path.open("rb") as file:
        return file.read(HEAD)[len(MAGIC) : len(MAGIC) + KEY_ID].hex()


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it. Only after `finish` is the file whole; closing alone leaves it unreadable."""

    def __init__(self, raw: BinaryIO, key: Key) -> None:
        self._raw = raw
        self._head = MAGIC + key.key_id + secrets.token_bytes(SALT)
        self._cipher = _cipher(key, self._head)
        self._pending = bytearray()
        self._frames = self._written = 0
        raw.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        """Take bytes in; a full frame goes to the file once more than it is there."""
        view = memoryview(content).cast("B")
        self._pending += view
        self._written += len(view)
        while len(self._pending) > FRAME:
            self._put(bytes(self._pending[:FRAME]), last=False)
            del self._pending[:FRAME]
        return len(view)

    def tell(self) -> int:
        return self._written

    def fileno(self) -> int:
        return self._raw.fileno()

    def finish(self) -> None:
        """Write the last frame; nothing may be written after it."""
        self._put(bytes(self._pending), last=True)
        self._pending.clear()
        self._raw.flush()

    def close(self) -> None:
        """Close the file underneath, finished or not."""
        self._raw.close()
        super().close()

    def _put(self, content: bytes, *, last: bool) -> None:
        self._raw.write(self._cipher.encrypt(_nonce(self._frames, last=last), content, self._head))
        self._frames += 1


class SealedReader(io.RawIOBase):
    """Reads a sealed file from any place. Raises BangfuError for another key and for what was altered."""

    def __init__(self, path: Path, key: Key) -> None:
        self._where = path.name
        self._raw = path.open("rb")
        self._head = self._raw.read(HEAD)
        if self._head[len(MAGIC) : -SALT] != key.key_id:
            self._raw.close()
            raise wrong_key(path, key)
        body = os.fstat(self._raw.fileno()).st_size - HEAD
        self._count = max(1, -(-body // (FRAME + TAG)))
        self.size = body - self._count * TAG
        self._cipher = _cipher(key, self._head)
        self._at, self._frame_number, self._frame = 0, -1, b""
        if self.size < 0:
            self._raw.close()
            raise BangfuError(where=self._where, found=ALTERED, remedy=FROM_BACKUP)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from one frame; the last frame is always opened, so a cut file never reads as whole."""
        number, within = divmod(min(self._at, self.size), FRAME)
        self._open_frame(min(number, self._count - 1))
        if number >= self._count or self._at >= self.size:
            return 0
        piece = self._frame[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._raw.close()
        super().close()

    def _open_frame(self, number: int) -> None:
        if number == self._frame_number:
            return
        self._raw.seek(HEAD + number * (FRAME + TAG))
        content = self._raw.read(FRAME + TAG)
        try:
            nonce = _nonce(number, last=number == self._count - 1)
            self._frame = self._cipher.decrypt(nonce, content, self._head)
        except InvalidTag:
            raise BangfuError(where=self._where, found=ALTERED, remedy=FROM_BACKUP) from None
        self._frame_number = number


def wrong_key(path: Path, key: Key) -> BangfuError:
    """A file sealed with another key than ours."""
    found = f"密钥不对:文件用密钥 {sealed_with(path)} 加密,现在用的是 {key.name}"
    return BangfuError(where=path.name, found=found, remedy="把 BANGFU_KEY_FILE 指向加密时用的密钥文件")


def _cipher(key: Key, head: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key.files, head, "sha256"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])

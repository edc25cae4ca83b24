"""Workbooks that open only with their recipient's password (agile AES)."""

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import olefile
from msoffcrypto.format.ooxml import OOXMLFile

from warehouse.errors import BangfuError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 255
PRIVATE = 0o077


def lock(content: BytesIO, path: Path, password: str) -> None:
    """Write the finished workbook to path encrypted; no readable workbook lies beside it."""
    with path.open("wb") as file:
        OOXMLFile(content).encrypt(password, file)


def unlock(path: Path, folder: Path, passwords: Iterable[str]) -> Path:
    """A returned workbook made readable in the (private) folder where one of our passwords opens it; else the path."""
    if not passwords or not olefile.isOleFile(str(path)):
        return path
    for password in passwords:
        content = BytesIO()
        try:
            with path.open("rb") as file:
                office = OOXMLFile(file)
                office.load_key(password=password, verify_password=True)
                office.decrypt(content)
        except Exception:  # noqa: BLE001 - damaged files fail in many ways; the reader that comes next says what is wrong
            continue
        target = folder / "unlocked"
        target.unlink(missing_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as plain:
            plain.write(content.getbuffer())
        return target
    return path


def read_passwords(folder: Path) -> dict[str, str]:
    """Passwords by recipient from `<recipient>.txt`: office, a department's code, or a town's name.

    No folder, no passwords. Raises BangfuError for a file others can read, and for an empty, too short or too long one.
    """
    return {file.stem: _read_password(file) for file in sorted(folder.glob("*.txt"))}


def _read_password(file: Path) -> str:
    where = f"passwords/{file.name}"
    if file.stat().st_mode & PRIVATE:
        raise BangfuError(where=where, found="别的用户也能读取这个文件", remedy=f"chmod 600 passwords/{file.name}")
    try:
        password = file.read_text(encoding="utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise BangfuError(where=where, found="不是 UTF-8 文字", remedy="用 UTF-8 编码重新保存") from None
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or "\n" in password:
        remedy = f"只写一行,{SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字"
        raise BangfuError(where=where, found="密码为空、过短、过长或不止一行", remedy=remedy)
    return password

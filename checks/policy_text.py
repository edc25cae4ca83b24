"""TOML files of the policy, written by people in whatever editor is at hand: what cannot be read is told by line."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.errors import BangfuError

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAVE_AS_UTF8 = "用记事本打开,选“另存为”,编码选 UTF-8,保存后再运行一次"
FULL_WIDTH = re.compile("[“”‘’＝，＃［］]")
PLACE = re.compile(r"at line (\d+), column (\d+)")


def read_toml(file: Path, *, where: str, remedy: str) -> dict[str, Any]:
    """The content of a file, numbers with a point as Decimal; a byte order mark at its head does no harm.

    Raises BangfuError with the line where the text is not UTF-8 or not TOML; the text itself is not repeated.
    """
    return parse_toml(read_text(file, where=where), where=where, remedy=remedy)


def read_text(file: Path, *, where: str) -> str:
    """The text of a file. Raises BangfuError with the line that another encoding gave away."""
    content = file.read_bytes()
    if content.startswith(UTF16_MARKS):
        raise BangfuError(where=where, found="第 1 行起是 UTF-16(记事本里叫 Unicode)文字", remedy=SAVE_AS_UTF8)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"第 {line} 行不是 UTF-8 文字,多半是按 ANSI(GBK)保存的"
        raise BangfuError(where=where, found=found, remedy=SAVE_AS_UTF8) from None


def parse_toml(text: str, *, where: str, remedy: str) -> dict[str, Any]:
    """The content of a text. Raises BangfuError as `read_toml` does."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BangfuError(where=where, found=_fault(text, str(error)), remedy=remedy) from None


def _fault(text: str, message: str) -> str:
    place = PLACE.search(message)
    if not place:
        return "写到末尾还没有写完,不是完好的 TOML"
    number, column = int(place[1]), int(place[2])
    line = text.splitlines()[number - 1] if number <= len(text.splitlines()) else ""
    if "overwrite" in message:
        return f"第 {number} 行不是完好的 TOML:同一项写了两次"
    if FULL_WIDTH.search(line):
        return f"第 {number} 行不是完好的 TOML:有全角的引号、等号、逗号或括号,要用半角的"
    return f"第 {number} 行第 {column} 个字处不是完好的 TOML"

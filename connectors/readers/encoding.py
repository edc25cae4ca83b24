"""Which encoding a text file is in, decided over the whole file, and its text block by block.

UTF-8 is strict enough to be believed when every byte fits; GB18030 fits almost anything, so it comes last.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from connectors.readers.sheet import CONTROL_BYTES
from warehouse.errors import BangfuError

# A byte that fits no character becomes this lone surrogate: no encoding can produce it from good bytes.
MARK = "\udcff"
BLOCK = 8 << 20
HEAD = 1 << 16
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROL_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
MARKED_LINE = re.compile(rf"[^\r\n{MARK}]*+{MARK}[^\r\n]*+")
LATIN_ONLY = re.compile(r"[\x00-\u07ff]*+\Z")
MOST_BAD_LINES = 0.01
FEW_BAD_LINES = 3
MOST_CONTROL = 0.05
FEW_CONTROL = 8


@dataclass(frozen=True)
class Encoding:
    """A codec's name and the number of bytes (byte order mark) before the text."""

    name: str
    start: int = 0


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # GB18030 takes the byte after a bad one with it, which may be the delimiter or the line's end.
    return MARK, error.start + 1 if error.encoding == "gb18030" else error.end


codecs.register_error("connectors.mark", _mark)


def detect(path: Path) -> Encoding:
    """The encoding in which every byte, or at least 99 of 100 lines, can be read.

    Raises BangfuError where no encoding fits or the file is no text at all.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    candidates = _candidates(head)
    found = next((each for each in candidates if _fits(path, each)), None) or _least_bad(path, candidates)
    _refuse_binary(path, head[found.start :].decode(found.name, "connectors.mark"))
    return found


def narrowed(head: bytes) -> bytes:
    """First bytes of UTF-16 as UTF-8, any others as they are: a half of 登 (U+767B) looks like a brace."""
    found = _candidates(head)[0]
    if not found.name.startswith("utf-16"):
        return head
    return head[found.start :].decode(found.name, "ignore").encode()


def blocks(path: Path, encoding: Encoding) -> Iterator[str]:
    """The text without control characters; bytes that fit no character are MARK."""
    for text in _decoded(path, encoding, "connectors.mark"):
        yield CONTROL_TEXT.sub("", text) if encoding.name.startswith("utf-16") else text


def _candidates(head: bytes) -> list[Encoding]:
    for sign, name in BYTE_ORDER_MARKS:
        if head.startswith(sign):
            return [Encoding(name, len(sign))]
    if wide := _wide(head):
        return [Encoding(wide)]
    plain = [Encoding("utf-8"), Encoding("gb18030")]
    return plain[::-1] if _chinese_in_disguise(head) else plain


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: digits and commas leave a NUL in every second byte, always the same one."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < max(3, len(head) // 20) or least * 10 > most:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _chinese_in_disguise(head: bytes) -> bool:
    """A short GBK text can be valid UTF-8; then it reads as Latin, Greek or Arabic letters only."""
    if head.isascii():
        return False
    try:
        text = head.decode("utf-8")
        chinese = head.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return bool(LATIN_ONLY.match(text)) and any("\u4e00" <= each <= "\u9fff" for each in chinese)


def _fits(path: Path, encoding: Encoding) -> bool:
    try:
        for _ in _decoded(path, encoding, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: Encoding, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.name)(errors)
    narrow = not encoding.name.startswith("utf-16")
    with path.open("rb") as file:
        file.seek(encoding.start)
        while block := file.read(BLOCK):
            # No character of UTF-8 or GB18030 holds a byte this low, so they can go before decoding.
            yield decoder.decode(block.translate(None, CONTROL_BYTES) if narrow else block)
    yield decoder.decode(b"", final=True)


def _least_bad(path: Path, candidates: list[Encoding]) -> Encoding:
    counted = [(*_bad_lines(path, each), each) for each in candidates]
    bad, lines, best = min(counted, key=lambda each: each[0])
    if bad > MOST_BAD_LINES * lines and (bad > FEW_BAD_LINES or 2 * bad > lines):
        raise BangfuError(
            where=path.name,
            found=f"文字编码无法识别，{lines} 行中有 {bad} 行不能按 UTF-8 或 GB18030 读出",
            remedy="请用 Excel 或 WPS 打开原始数据，另存为“CSV UTF-8”或 xlsx 后重新报送",
        )
    return best


def _bad_lines(path: Path, encoding: Encoding) -> tuple[int, int]:
    bad = lines = 0
    for text in _decoded(path, encoding, "connectors.mark"):
        bad += len(MARKED_LINE.findall(text))
        lines += max(text.count("\n"), text.count("\r"))
    return bad, max(lines, 1)


def _refuse_binary(path: Path, head: str) -> None:
    control = sum(len(each) for each in CONTROL_TEXT.findall(head))
    if control > max(FEW_CONTROL, MOST_CONTROL * len(head)):
        raise BangfuError(
            where=path.name,
            found="内容不是文字表格，含有大量控制字符，文件可能已损坏或不是数据文件",
            remedy="请从业务系统重新导出为 xlsx 或 CSV 后报送",
        )

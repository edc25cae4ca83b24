"""What a file is, by its first bytes. Anything that is no table is refused here, with what to do instead."""

import struct
import zipfile
from enum import Enum, auto
from pathlib import Path

from connectors.readers.encoding import narrowed
from warehouse.errors import BangfuError

HEAD = 1 << 16
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
DBF_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0xCB, 0xF5, 0xFB))
WORKBOOK_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
AS_TABLE = "请从业务系统导出为 xlsx 或 CSV 后报送"
UNPACK = "请解压后直接报送其中的表格，或改用 zip 格式压缩"
FOREIGN = (
    (b"%PDF", "PDF 文件", "请报送原始数据表（xlsx、xls、CSV），不要报送打印件"),
    (b"\x89PNG", "图片", "图片中的数据无法读取，" + AS_TABLE),
    (b"\xff\xd8\xff", "图片", "图片中的数据无法读取，" + AS_TABLE),
    (b"GIF8", "图片", "图片中的数据无法读取，" + AS_TABLE),
    (b"II*\x00", "扫描图片", "图片中的数据无法读取，" + AS_TABLE),
    (b"MM\x00*", "扫描图片", "图片中的数据无法读取，" + AS_TABLE),
    (b"Rar!", "RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf", "7z 压缩包", UNPACK),
    (b"\x1f\x8b", "gzip 压缩包", UNPACK),
    (b"{\\rtf", "Word 文档（RTF）", AS_TABLE),
    (b"\x00\x01\x00\x00Standard", "Access 数据库", "请在 Access 中把表导出为 xlsx 或 CSV 后报送"),
    (b"SQLite format 3", "SQLite 数据库", AS_TABLE),
    (b"MIME-Version:", "单个文件网页（mht）", "请用 Excel 或 WPS 打开，另存为 xlsx 后报送"),
)


class Kind(Enum):
    """The ways there are to read a file."""

    TEXT = auto()
    HTML = auto()
    WORKBOOK_XML = auto()
    WORKBOOK_ZIP = auto()
    WORKBOOK_OLE = auto()
    DBF = auto()
    PARQUET = auto()


def kind_of(path: Path) -> Kind:
    """How to read the file; raises BangfuError where it is empty or no table."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise refused(path, "文件是空的（0 字节）", "请确认导出成功后重新报送")
    for sign, what, remedy in FOREIGN:
        if head.startswith(sign):
            raise refused(path, f"这是{what}，不是数据表", remedy)
    if head.startswith(OLE):
        return Kind.WORKBOOK_OLE
    if head.startswith(ZIP):
        return _zip_kind(path)
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    return Kind.DBF if is_dbf(head) else _text_kind(path, head)


def refused(path: Path, found: str, remedy: str) -> BangfuError:
    return BangfuError(where=path.name, found=found, remedy=remedy)


def is_dbf(head: bytes) -> bool:
    """A DBF says its header's length, ends its list of fields with CR, and its fields fill the record."""
    if len(head) < 33 or head[0] not in DBF_VERSIONS:
        return False
    header, record = struct.unpack_from("<HH", head, 8)
    end = head.find(b"\r", 32, header)
    while end > 0 and (end - 32) % 32:
        end = head.find(b"\r", end + 1, header)
    return 64 <= end < header and record in (1 + short_lengths(head, end), 1 + long_lengths(head, end))


def short_lengths(head: bytes, end: int) -> int:
    """Bytes of all fields when a length is one byte, as dBase has it; `end`: where the list of fields ends."""
    return sum(head[at + 16] for at in range(32, end, 32))


def long_lengths(head: bytes, end: int) -> int:
    """The same when a text's length runs over into the byte for decimals, as FoxPro and Clipper have it."""
    texts = sum(head[at + 17] << 8 for at in range(32, end, 32) if head[at + 11 : at + 12] == b"C")
    return short_lengths(head, end) + texts


def is_office_package(names: list[str]) -> bool:
    """Whether a zip is itself a document (xlsx, docx, ods, ofd), not a bundle of files."""
    return bool({"[Content_Types].xml", "mimetype", "OFD.xml"}.intersection(names))


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refused(
            path, "文件不完整或已损坏（截断的 xlsx 或压缩包）", "请重新导出，并确认复制、上传完成后再报送"
        ) from error
    if any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= set(names):
        return Kind.WORKBOOK_ZIP
    if is_office_package(names):
        raise refused(path, "这是 Word、PPT 或版式文档，不是数据表", AS_TABLE)
    raise refused(path, "这是压缩包，不是数据表", "请解压后报送其中的表格")


def _text_kind(path: Path, head: bytes) -> Kind:
    text = narrowed(head).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"{"):
        raise refused(path, "这是 JSON 文件，不是数据表", AS_TABLE)
    if not text.startswith(b"<"):
        return Kind.TEXT
    if WORKBOOK_2003.encode() in text:
        return Kind.WORKBOOK_XML if b"<html" not in text else Kind.HTML
    if any(tag in text for tag in (b"<html", b"<table", b"<!doctype html", b"<meta", b"<style", b"<tr")):
        return Kind.HTML
    raise refused(path, "这是 XML 文件，不是数据表", AS_TABLE)

"""Files that cannot be read as a whole: each is refused with words that say what it is and what to do."""

import io
import random
import struct

import msoffcrypto.format.ooxml
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from tests.connectors.readers_made import TABLE, cells, csv_text, dbf_bytes, only, package, read, write, zip_bytes
from warehouse.errors import BangfuError


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in TABLE * 20:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "甲")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def encrypted(password: str) -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(workbook())).encrypt(password, target)
    return target.getvalue()


def parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(1000))}), target)
    return target.getvalue()


def compound(stream: str) -> bytes:
    """An OLE document whose main stream is named otherwise than a workbook's."""
    raw = old_workbook()
    entry = raw.index("Workbook".encode("utf-16-le"))
    name = (stream + "\0").encode("utf-16-le")
    return raw[:entry] + name.ljust(64, b"\0") + struct.pack("<H", len(name)) + raw[entry + 66 :]


NOISE = random.Random(1).randbytes(50_000)
DBF = dbf_bytes([("姓名", "C", 8)], [["张三"]] * 50)
BAD = {
    "empty": (lambda: b"", "0 字节.*重新报送"),
    "pdf": (lambda: b"%PDF-1.7\n%....", "PDF.*原始数据表"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n....", "图片.*导出为 xlsx"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0..JFIF", "图片"),
    "gif": (lambda: b"GIF89a....", "图片"),
    "scan": (lambda: b"II*\x00\x08\x00", "扫描图片"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00", "RAR.*zip"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c", "7z.*解压"),
    "gzip": (lambda: b"\x1f\x8b\x08\x00", "gzip.*解压"),
    "rtf": (lambda: b"{\\rtf1\\ansi", "RTF"),
    "access": (lambda: b"\x00\x01\x00\x00Standard Jet DB\x00", "Access.*导出"),
    "sqlite": (lambda: b"SQLite format 3\x00", "SQLite"),
    "mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht.*另存为 xlsx"),
    "json": (lambda: '{"姓名": "张三"}'.encode(), "JSON"),
    "other xml": (lambda: b"<?xml version='1.0'?><rows><row/></rows>", "XML 文件"),
    "page without table": (lambda: "<html><body>登录超时</body></html>".encode(), "没有表格"),
    "page with empty table": (lambda: b"<table></table>", "没有表格"),
    "docx": (lambda: zip_bytes({"[Content_Types].xml": "", "word/document.xml": "x"}), "Word.*不是数据表"),
    "ofd": (lambda: zip_bytes({"OFD.xml": "x"}), "版式文档"),
    "zip": (lambda: zip_bytes({"a.csv": "x"}), "压缩包"),
    "cut xlsx": (lambda: workbook()[:3000], "不完整.*重新导出"),
    "xlsx without its end": (lambda: workbook()[:-30], "不完整"),
    "xlsx with a broken sheet": (lambda: _spoiled(workbook()), "已损坏.*另存为"),
    "xlsx without parts": (lambda: zip_bytes({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "已损坏"),
    "xlsx with a password": (lambda: encrypted("secret"), "打开密码.*取消"),
    "cut encrypted xlsx": (lambda: encrypted("secret")[:2000], "不完整|打开密码"),
    "doc": (lambda: compound("WordDocument"), "Word、PPT.*不是数据表"),
    "cut xls": (lambda: old_workbook()[:1000], "不完整|损坏"),
    "ole head alone": (lambda: bytes.fromhex("d0cf11e0a1b11ae1"), "不完整"),
    "xls of noise": (lambda: old_workbook()[:1024] + NOISE, "不完整|损坏"),
    "cut parquet": (lambda: parquet()[:-20], "Parquet.*不完整"),
    "parquet head alone": (lambda: b"PAR1", "Parquet"),
    "cut dbf header": (lambda: DBF[:60], "控制字符"),
    "noise": (lambda: NOISE, "编码无法识别|控制字符"),
    "half noise": (lambda: csv_text(TABLE * 9).encode() + NOISE, "编码无法识别|控制字符"),
    "nul bytes": (lambda: bytes(5000), "控制字符"),
    "one endless line": (lambda: b"a,b," * (3 << 20), "没有正常换行"),
    "executable": (lambda: b"\x7fELF" + bytes(100) + NOISE, "编码无法识别|控制字符"),
    "cut xml workbook": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Work',
        "已损坏",
    ),
}


def _spoiled(raw: bytes) -> bytes:
    """The same package with one bit of the sheet's packed bytes turned."""
    place = raw.index(b"xl/worksheets/sheet1.xml") + 60
    return raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("ending", ["csv"])
def test_it_is_refused_with_a_reason_and_a_remedy(tmp_path, name, ending):
    make, words = BAD[name]
    with pytest.raises(BangfuError, match=words) as refused:
        read(write(tmp_path, make(), f"file.{ending}"), tmp_path / "spill")
    assert refused.value.remedy
    assert "张三" not in str(refused.value)
    assert not (tmp_path / "spill").exists() or list((tmp_path / "spill").iterdir()) == []


def test_there_are_many_of_them():
    assert len(BAD) >= 35


def test_a_workbook_encrypted_with_the_password_every_program_knows_is_read(tmp_path):
    (sheet,) = read(write(tmp_path, encrypted("VelvetSweatshop"), "a.xlsx"))
    assert len(sheet["rows"]) == 80


def test_a_file_that_is_gone_is_refused_and_not_raised(tmp_path):
    with pytest.raises(BangfuError, match="打不开"):
        read(tmp_path / "gone.csv")


def test_encrypted_parts_inside_a_package_are_told(tmp_path):
    raw = package(tmp_path / "a.xlsx", "").read_bytes()
    flagged = raw.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert flagged != raw
    with pytest.raises(BangfuError, match="打开密码"):
        read(write(tmp_path, flagged, "b.xlsx"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("first", ["登记编号", "死亡日期", "㰁"])
def test_half_a_character_that_looks_like_a_brace_or_a_tag_is_part_of_the_text(tmp_path, encoding, first):
    table = [[first, "a,b", "姓名"], ["1", "2024-05-06", "张三"]]
    path = write(tmp_path, csv_text(table), encoding=encoding)
    assert cells(only(path)) == table

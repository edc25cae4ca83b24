"""Files for the readers' tests, made in code, and one way to read them back."""

import csv
import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from connectors.readers import open_file

HEADING = ["统计月份", "家庭编号", "姓名", "身份证号码", "本人月保障金", "家庭住址"]
PEOPLE = [
    ["2024-03", "F001", "张三", "11010519491231002X", "320.50", "玉山镇一号"],
    ["2024-03", "F002", "李四", "440524188001010014", "100", "巴城镇二号"],
    ["2024-03", "F003", "欧阳㐂", "320583198501010012", "", "周市镇三号"],
]
TABLE = [HEADING, *PEOPLE]


def read(path: Path, spill: Path | None = None) -> list[dict]:
    """Every sheet as {name, visible, columns, rows: [(source_row, problem, [cells])]}."""
    with open_file(path, spill=spill or path.parent / "spill") as sheets:
        return [
            {
                "name": sheet.name,
                "visible": sheet.visible,
                "columns": sheet.columns,
                "rows": [row for batch in sheet.batches for row in _rows(batch)],
            }
            for sheet in sheets
        ]


def _rows(batch) -> list[tuple[int, str | None, list[str | None]]]:
    columns = [column.to_pylist() for column in batch.columns]
    return [(row[0], row[1], list(row[2:])) for row in zip(*columns, strict=True)]


def only(path: Path) -> list[tuple[int, str | None, list[str | None]]]:
    """The rows of the only sheet."""
    (sheet,) = read(path)
    return sheet["rows"]


def cells(rows: Iterable[tuple]) -> list[list[str]]:
    """Just the cells, '' where empty."""
    return [[cell or "" for cell in row[2]] for row in rows]


def problems(rows: Iterable[tuple]) -> dict[int, str]:
    return {row[0]: row[1] for row in rows if row[1]}


def write(folder: Path, content: bytes | str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def csv_text(table: Sequence[Sequence[str]], **options) -> str:
    target = io.StringIO()
    csv.writer(target, **options).writerows(table)
    return target.getvalue()


def dbf_bytes(fields, records, *, page=0x4D, version=0x03, encoding="gb18030", count=None, ending=b"\x1a") -> bytes:
    """fields: (name, type, length); records: lists of bytes or text, a leading '*' item marks a deleted one."""
    size = 1 + sum(length for _, _, length in fields)
    head = struct.pack(
        "<4BIHH20x", version, 124, 3, 1, len(records) if count is None else count, 32 + 32 * len(fields) + 1, size
    )
    head = head[:29] + bytes([page]) + head[30:]
    for name, kind, length in fields:
        raw = name.encode(encoding)[:10].ljust(11, b"\x00")
        head += raw + kind.encode() + bytes(4) + bytes([length, 0]) + bytes(14)
    body = b""
    for record in records:
        deleted = record[0] == "*"
        body += b"*" if deleted else b" "
        for value, (_, kind, length) in zip(record[deleted:], fields, strict=True):
            raw = value if isinstance(value, bytes) else value.encode(encoding)
            body += raw[:length].rjust(length) if kind in "NF" else raw[:length].ljust(length)
    return head + b"\r" + body + ending


def package(path: Path, rows_xml: str, *, extra: dict[str, bytes] | None = None) -> Path:
    """A minimal xlsx with one sheet of this XML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets>'
        '<sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows_xml}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in (members | (extra or {})).items():
            target.writestr(name, text)
    return path


def zip_bytes(members: dict[str, bytes | str], *, compression=zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content, compress_type=compression)
    return target.getvalue()

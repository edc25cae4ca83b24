"""The bytes of CSV, tab-separated, HTML, Parquet and zip files; nothing in them depends on the clock."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.demo_city.printing import EXCEL_EPOCH

Cells = Sequence[Any]
FIXED_TIME = (2026, 7, 1, 9, 0, 0)


def delimited(rows: Sequence[Cells], encoding: str, delimiter: str = ",") -> bytes:
    """Rows as CSV or tab-separated text, quoted where a cell needs it."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def html_table(title: str, rows: Sequence[Cells]) -> bytes:
    """What a web system calls an Excel export: an HTML table, in UTF-8 by its own word."""
    lines = [
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}</title></head>'
        '<body><table border="1">'
    ]
    for cells in rows:
        inner = "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in cells)
        lines.append(f"<tr>{inner}</tr>")
    return "\n".join([*lines, "</table></body></html>"]).encode()


def parquet(headings: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """All columns as text, as a platform exports a view."""
    texts = [pa.array([None if cell is None else str(cell) for cell in column], pa.string())
             for column in zip(*rows, strict=True)]
    buffer = io.BytesIO()
    pq.write_table(pa.table(texts, names=list(headings)), buffer)
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), content, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


def dbf(headings: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """A dBase III table in GBK: names cut to ten bytes, texts C, days D, numbers N with two places.

    Whole numbers above 10**15 become N(18,0), which is how old systems keep resident numbers.
    """
    columns = list(zip(*rows, strict=True))
    fields = [_dbf_field(heading, column) for heading, column in zip(headings, columns, strict=True)]
    width = 1 + sum(field[2] for field in fields)
    head = bytes([3, 126, 7, 1]) + len(rows).to_bytes(4, "little")
    head += (32 + 32 * len(fields) + 1).to_bytes(2, "little") + width.to_bytes(2, "little")
    head += bytes(17) + b"\x4d" + bytes(2)
    described = b"".join(
        name.ljust(11, b"\0") + kind + bytes(4) + bytes([size, places]) + bytes(14)
        for name, kind, size, places, _ in fields
    )
    printed = zip(*(field[4] for field in fields), strict=True)
    return head + described + b"\r" + b"".join(b" " + b"".join(cells) for cells in printed) + b"\x1a"


def _dbf_field(heading: str, column: Cells) -> tuple[bytes, bytes, int, int, list[bytes]]:
    name = heading.encode("gbk")[:10].decode("gbk", "ignore").encode("gbk")
    filled = [cell for cell in column if cell is not None]
    if filled and all(isinstance(cell, date) for cell in filled):
        return name, b"D", 8, 0, [f"{cell:%Y%m%d}".encode() if cell else b" " * 8 for cell in column]
    if filled and all(isinstance(cell, int) and cell > 10**15 for cell in filled):
        return name, b"N", 18, 0, [str("" if cell is None else cell).rjust(18).encode() for cell in column]
    if filled and all(isinstance(cell, int | float) for cell in filled):
        return name, b"N", 12, 2, [b" " * 12 if cell is None else f"{cell:12.2f}".encode() for cell in column]
    texts = [("" if cell is None else str(cell)).encode("gb18030") for cell in column]
    size = max(1, max(len(text) for text in texts))
    return name, b"C", size, 0, [text.ljust(size) for text in texts]


def excel_number(day: date) -> int:
    """A day as Excel keeps it."""
    return (day - EXCEL_EPOCH).days

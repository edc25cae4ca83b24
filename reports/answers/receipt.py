"""回执: a workbook for every file that came back, saying what became of it, row by row where somebody must act.

It holds files, sheets, rows and reasons, nothing that was typed. It is written from the tables alone: written again
after a killed run it says the same.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from reports.headings import heading_of
from reports.placing import building_beside, move_into_place
from reports.table import MOST_ROWS, Table
from reports.writer import Sheet, write_workbook

SQL = Path(__file__).parent / "sql"
ONCE = "每条答复只登记一次;退回的行没有登记,改好后交回即可,不用整份重填。"
GUIDE_COLUMNS = ("item", "meaning")
ROW_COLUMNS = ("number", "outcome_label", "sheet", "source_row", "reason")


def write_receipts(connection: duckdb.DuckDBPyConnection, outbox: Path) -> list[Path]:
    """Write every receipt that is still due to `outbox/<month>/` and mark it written; gives the paths."""
    due = connection.execute(
        "select file_id, month, reply, source_file, sha256, reason, received_on from answers.file "
        "where not is_replied order by file_id"
    ).fetchall()
    written = []
    for file_id, month, reply, *about in due:
        target = outbox / f"{month:%Y-%m}"
        with building_beside(target) as folder:
            _write(connection, folder / reply, file_id, *about)
            written += move_into_place(folder, target)
        connection.execute("update answers.file set is_replied = true where file_id = ?", [file_id])
    return written


def _write(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    file_id: int,
    source_file: str,
    sha256: str,
    reason: str | None,
    received_on: Any,
) -> None:
    told = (SQL / "receipt_guide.sql").read_text(encoding="utf-8")
    counts = connection.execute(told, {"file_id": file_id}).fetchall()
    rows = connection.execute((SQL / "receipt_rows.sql").read_text(encoding="utf-8"), {"file_id": file_id}).fetchall()
    lines = [
        ("文件", source_file),
        ("文件编号", f"{file_id}"),
        ("内容指纹", sha256[:12]),
        ("读取日期", f"{received_on}"),
    ]
    lines += [("没有读取", reason)] if reason else counts
    guide = _table("答复回执", ONCE, GUIDE_COLUMNS, lines, is_text=True)
    listed = _table("需要处理的行", "行号按交回的文件数,标题行也算一行。先列退回的,后列重复的。", ROW_COLUMNS, rows)
    issued = datetime.combine(received_on, datetime.min.time())
    write_workbook(path, [Sheet("回执", [guide]), Sheet("需要处理的行", [listed])], title=path.stem, issued=issued)


def _table(
    title: str, note: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, is_text: bool = False
) -> Table:
    return Table(
        title=title,
        note=note,
        headings=[heading_of(column) for column in columns],
        rows=rows[:MOST_ROWS],
        empty="没有需要处理的行",
        is_text=is_text,
        found=len(rows),
    )

"""`bangfu status`: what was delivered, refused, run and found. Counts and file names, no persons."""

from datetime import datetime
from pathlib import Path

import duckdb

STATUS_FOLDER = Path(__file__).parent / "status"
SECTIONS = {
    "deliveries": ("收到的数据", ("部门", "数据表", "最近收到", "文件", "行数")),
    "refused": ("未能接收", ("部门", "文件", "工作表", "原因和处理办法")),
    "runs": ("最近的运行", ("编号", "核对日", "开始", "完成", "新行")),
    "findings": ("核对结果", ("性质", "规则", "情形", "状态", "条数")),
}
EMPTY_MARK = "—"


def status(connection: duckdb.DuckDBPyConnection) -> str:
    """The state of a home as text, from its published warehouse."""
    parts = []
    for name, (title, headings) in SECTIONS.items():
        rows = connection.execute((STATUS_FOLDER / f"{name}.sql").read_text(encoding="utf-8")).fetchall()
        parts.append(f"【{title}】" + ("" if rows else " 无"))
        if rows:
            parts.append(" | ".join(headings))
            parts.extend(" | ".join(_shown(cell) for cell in row) for row in rows)
        parts.append("")
    return "\n".join(parts)


def _shown(cell: object) -> str:
    if cell is None:
        return EMPTY_MARK
    return cell.isoformat(sep=" ", timespec="minutes") if isinstance(cell, datetime) else str(cell)

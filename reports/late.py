"""Which deliveries are due and which are late, by the rhythm that `rhythm.toml` and the home's own file declare."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from warehouse.errors import BangfuError

FILE_NAME = "rhythm.toml"
PROJECT_RHYTHM = Path(__file__).with_name(FILE_NAME)
EXPECTED = Path(__file__).parent / "status" / "expected.sql"
WORDS = {"month_due": int, "every_days": int, "expected": bool}
LATEST_DUE_DAY = 28  # every month has it
DUE_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Expected:
    """A delivery that is wanted now.

    last: the month or the day of the last one, due_on: the last day in time; empty and None where none ever came.
    """

    department: str
    source_table: str
    title: str
    last: str
    due_on: date | None
    is_late: bool


def expected_deliveries(connection: duckdb.DuckDBPyConnection, root: Path, today: date) -> list[Expected]:
    """What is due within a week or late, from a published warehouse; by department and table.

    A table that never came is late at once. Raises BangfuError for a home's rhythm.toml that cannot be used.
    """
    rhythm = read_rhythm(root)
    rows = connection.execute(EXPECTED.read_text(encoding="utf-8"), [today]).fetchall()
    wanted = []
    for department, table, title, last_received, newest_month in rows:
        told = rhythm.get(table, {})
        if not told.get("expected", bool(told)):
            continue
        last, due_on = _next(told, last_received, newest_month)
        if due_on is None or due_on - DUE_SOON <= today:
            is_late = due_on is None or due_on < today
            wanted.append(Expected(department, table, title, last, due_on, is_late))
    return wanted


def _next(told: Mapping[str, int], last_received: date | None, newest_month: date | None) -> tuple[str, date | None]:
    """The last delivery as people name it, and by when the next is due; ("", None) where none ever came."""
    if "month_due" in told:
        due_day = timedelta(days=told["month_due"] - 1)
        return (f"{newest_month:%Y-%m}", _month_after(newest_month, 2) + due_day) if newest_month else ("", None)
    return (
        (last_received.isoformat(), last_received + timedelta(days=told["every_days"])) if last_received else ("", None)
    )


def _month_after(month: date, count: int) -> date:
    years, zero_based = divmod(month.month - 1 + count, 12)
    return date(month.year + years, zero_based + 1, 1)


def read_rhythm(root: Path) -> dict[str, Mapping[str, int]]:
    """By table: `month_due` or `every_days`, and `expected = false` where a home says that a table never comes."""
    rhythm = _tables(PROJECT_RHYTHM)
    file = root / FILE_NAME
    if file.exists():
        for table, told in _tables(file).items():
            if table not in rhythm:
                raise _fault(f"不认识数据表 {table}", "数据表的名称见 bangfu status 或 docs/operations.md")
            rhythm[table] = told
    return rhythm


def _tables(file: Path) -> dict[str, Mapping[str, int]]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _fault("不是 UTF-8 的 TOML 文件", "写成 [health] 下面 deaths = { every_days = 45 } 的样子") from None
    tables: dict[str, Mapping[str, int]] = {}
    for department, declared in content.items():
        if not isinstance(declared, dict):
            raise _fault(f"{department} 不是部门一节", "先写 [部门代码],再在下面每个数据表写一行")
        for table, told in declared.items():
            if not _is_usable(told):
                raise _fault(
                    f"{department}.{table} 写得不对",
                    f"写 {{ month_due = 1 到 {LATEST_DUE_DAY} }}、{{ every_days = 天数 }} 或 {{ expected = false }}",
                )
            tables[table] = told
    return tables


def _is_usable(told: object) -> bool:
    if not isinstance(told, dict) or any(type(value) is not WORDS.get(word) for word, value in told.items()):
        return False
    if told == {"expected": False}:
        return True
    if told.keys() == {"month_due"}:
        return bool(1 <= told["month_due"] <= LATEST_DUE_DAY)
    return told.keys() == {"every_days"} and told["every_days"] >= 1


def _fault(found: str, remedy: str) -> BangfuError:
    return BangfuError(where=FILE_NAME, found=found, remedy=remedy)

"""The words that fill the head lines of sheets."""

from datetime import date

import duckdb

from reports.session import Request


def common_names(connection: duckdb.DuckDBPyConnection, request: Request) -> dict[str, str]:
    """Month, days and the day the data stands at, as people write them."""
    ((as_of,),) = connection.execute("select max(as_of) from run.context").fetchall()
    return {
        "month_label": f"{request.month.year}年{request.month.month}月",
        "as_of_label": chinese_day(as_of) if as_of else "(无)",
        "issued_label": chinese_day(request.issued_on),
        "due_label": chinese_day(request.due_on),
    }


def chinese_day(day: date) -> str:
    """2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def label(connection: duckdb.DuckDBPyConnection, kind: str, code: str) -> str:
    """The word for a code, as the sheets use it."""
    ((word,),) = connection.execute("select label_of(?, ?)", [kind, code]).fetchall()
    return word

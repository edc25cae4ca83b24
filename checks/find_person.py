"""Who is meant: a person_id, a number, or a name with a birth date. No message repeats what was typed."""

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import BangfuError
from warehouse.resident_number import upgrade_15

SQL_FOLDER = Path(__file__).parent / "explaining"
NUMBER = re.compile(r"\d{14,17}[\dX]")
NAME_AND_DATE = re.compile(
    r"(?P<name>.+?)[\s,、;]+(?P<year>\d{4})[-./年]?(?P<month>\d{1,2})[-./月]?(?P<day>\d{1,2})日?"
)


def find_people(connection: duckdb.DuckDBPyConnection, given: str) -> list[str]:
    """The person_ids that fit, in order.

    Raises BangfuError when nobody fits or the birth date is none; the text given is not repeated.
    """
    text = unicodedata.normalize("NFKC", given).strip()
    people = rows(connection, "by_id", given=text.upper())
    if not people and NUMBER.fullmatch(text.upper()):
        people = rows(connection, "by_number", given=upgrade_15(text) or text.upper())
    elif not people and text:
        name, birth_date = _name_and_date(text)
        people = rows(connection, "by_name", name=name, birth_date=birth_date)
    if not people:
        raise BangfuError(
            where="bangfu explain",
            found="没有找到这个人",
            remedy="写人员编号、完整的身份证号码,或姓名加出生日期(如 张三 1980-05-05);姓名要与登记的写法一致",
        )
    return sorted(person for (person,) in people)


def _name_and_date(text: str) -> tuple[str, date | None]:
    match = NAME_AND_DATE.fullmatch(text)
    if not match:
        return text, None
    try:
        return match["name"].strip(), date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise BangfuError(
            where="bangfu explain", found="出生日期不是一个日期", remedy="写成 1980-05-05 的样子"
        ) from None


def rows(connection: duckdb.DuckDBPyConnection, select: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of one SELECT of this folder."""
    statement = (SQL_FOLDER / f"{select}.sql").read_text(encoding="utf-8")
    return connection.execute(statement, parameters).fetchall()

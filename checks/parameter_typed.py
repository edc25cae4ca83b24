"""What somebody typed for a value, as the cells of a parameter's columns."""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from checks.parameter import Parameter
from checks.parameter_values import KINDS, refusal

LIST_MARKS = re.compile("[、,;]")


def typed_cells(where: str, parameter: Parameter, row: str) -> dict[str, Any]:
    """The cells of one row: "1170" where the parameter has one column, else "scope=own,value=30000".

    Full-width digits and signs count as plain ones. Raises BangfuError for a column nobody knows, one that is
    missing, or text that is no number.
    """
    text = unicodedata.normalize("NFKC", row).strip()
    if len(parameter.columns) == 1:
        (name,) = parameter.columns
        return {name: _typed(where, parameter, name, text.removeprefix(f"{name}="))}
    example = ",".join(f"{name}=…" for name in parameter.columns)
    cells = dict(_split(where, part, example) for part in text.split(","))
    if cells.keys() != parameter.columns.keys():
        raise refusal(where, "各项不齐或有不认识的项", f"每组写成 {example} 的样子,中间不留空格")
    return {name: _typed(where, parameter, name, cells[name]) for name in parameter.columns}


def _split(where: str, part: str, example: str) -> tuple[str, str]:
    name, sign, text = part.partition("=")
    if not sign:
        raise refusal(where, "取值没有写明是哪一项", f"每组写成 {example} 的样子,中间不留空格")
    return name.strip(), text.strip()


def _typed(where: str, parameter: Parameter, name: str, text: str) -> Any:
    kind = parameter.columns[name]
    try:
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            return _plain(Decimal(text))
        if kind == "date":
            return datetime.date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        remedy = (
            f"只写数字,不带单位、百分号和千分位逗号,日期写成 2026-07-01;单位是 {parameter.unit}(比例写成 0.5 的样子)"
        )
        raise refusal(where, f"{name} 不是{KINDS[kind]}", remedy) from None
    return [part.strip() for part in LIST_MARKS.split(text) if part.strip()] if kind == "text_list" else text


def _plain(number: Decimal) -> Decimal:
    """1E+3 as 1000. Raises ValueError for NaN and infinity."""
    if not number.is_finite():
        raise ValueError
    return Decimal(f"{number:f}")

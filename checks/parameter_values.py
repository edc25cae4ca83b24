"""What a dated value must be: dated, cited, of the parameter's type, unit and limits, and alone at its date."""

import datetime
from decimal import Decimal
from typing import Any

from checks.parameter import Parameter, Value
from warehouse.errors import BangfuError

FIXED_KEYS = {"from", "cite"}
# A date outside is a slip of the pen: no figure of this policy is older, and none is decreed so far ahead.
FIRST_YEAR, LAST_YEAR = 1949, 2099
# What the tables hold: DECIMAL(18,4), INTEGER. More would be cut off or stop the night.
DECIMALS, LARGEST = Decimal("0.0001"), 10**9
KINDS = {"integer": "整数", "decimal": "数(至多四位小数)", "text": "文字", "date": "日期", "text_list": "文字的列表"}


def read_values(where: str, parameter: Parameter, entries: Any, *, is_local: bool) -> list[Value]:
    """The `[[value]]` entries of one file. Raises BangfuError for the first that is not understood."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refusal(where, "取值没有写成 [[value]] 的段落", "每个取值以单独一行 [[value]] 开头")
    values = [_value(where, parameter, entry, place, is_local) for place, entry in enumerate(entries, start=1)]
    seen: set[tuple[Any, ...]] = set()
    for value in values:
        if parameter.slot(value) in seen:
            raise refusal(where, f"{value.valid_from} 起有两个取值", "同一天只能有一个取值,删去一个或改正日期")
        seen.add(parameter.slot(value))
    _whole_tiers(where, parameter, values)
    return values


def _whole_tiers(where: str, parameter: Parameter, values: list[Value]) -> None:
    """The tiers of one date stand together in one file: from 0 on, and alike in every chosen text."""
    if parameter.tier is None:
        return
    for day in sorted({value.valid_from for value in values}):
        tiers = [value.cells for value in values if value.valid_from == day]
        if min(cells[parameter.tier] for cells in tiers) != 0:
            raise refusal(where, f"{day} 起的分段不从 0 开始", f"补上 {parameter.tier} = 0 的一段")
        if any(len({cells[name] for cells in tiers}) > 1 for name in parameter.choices):
            raise refusal(where, f"{day} 起的各段{'、'.join(parameter.choices)}不一致", "同一天起的各段要写成一样")


def _value(where: str, parameter: Parameter, entry: dict[str, Any], place: int, is_local: bool) -> Value:
    inside = f"第 {place} 个取值"
    only_known(where, entry, FIXED_KEYS | parameter.columns.keys(), inside=inside)
    valid_from = entry.get("from")
    if type(valid_from) is not datetime.date or not FIRST_YEAR <= valid_from.year <= LAST_YEAR:
        remedy = f"写成 from = 2017-05-04 的样子,不加引号,年份在 {FIRST_YEAR} 到 {LAST_YEAR} 之间"
        raise refusal(where, f"{inside}的 from 不是日期或年份不对", remedy)
    if not isinstance(entry.get("cite"), str) or not entry["cite"].strip():
        raise refusal(where, f"{inside}没有 cite", "写明依据的文件和条款")
    for name in parameter.columns:
        _check_cell(where, parameter, name, entry.get(name), inside)
    return Value(valid_from, {name: entry[name] for name in parameter.columns}, entry["cite"], is_local)


def _check_cell(where: str, parameter: Parameter, name: str, cell: Any, inside: str) -> None:
    kind = parameter.columns[name]
    if not _fits(cell, kind):
        raise refusal(where, f"{inside}的 {name} 缺少或类型不对", f"应为{KINDS[kind]},单位 {parameter.unit}")
    texts = cell if kind == "text_list" else [cell]
    if not set(texts) <= set(parameter.choices.get(name, texts)):
        raise refusal(where, f"{inside}的 {name} 不认识", f"写成 {'、'.join(parameter.choices[name])} 之一")
    if kind in ("integer", "decimal"):
        least, most = [*parameter.limits.get(name, [0]), LARGEST][:2]
        if not least <= cell <= most:
            raise refusal(where, f"{inside}的 {name} 超出范围", f"应在 {least} 到 {most} 之间,单位 {parameter.unit}")


def _fits(value: Any, kind: str) -> bool:
    if kind == "integer":
        return type(value) is int
    if kind == "decimal":
        return type(value) is int or (isinstance(value, Decimal) and value.is_finite() and value % DECIMALS == 0)
    if kind == "date":
        return type(value) is datetime.date
    if kind == "text_list":
        return isinstance(value, list) and bool(value) and all(isinstance(text, str) and text for text in value)
    return isinstance(value, str) and bool(value)


def only_known(where: str, content: dict[str, Any], known: set[str], *, inside: str = "文件") -> None:
    """Raises BangfuError for a key nobody knows: what is not understood is not passed over."""
    unknown = sorted(content.keys() - known)
    if unknown:
        raise refusal(where, f"{inside}里有不认识的项 {'、'.join(unknown)}", f"只能有 {'、'.join(sorted(known))}")


def refusal(where: str, found: str, remedy: str) -> BangfuError:
    """An error about a parameter file or a value somebody typed."""
    return BangfuError(where=where, found=found, remedy=remedy)

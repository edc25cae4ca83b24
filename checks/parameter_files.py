"""The law's figures: dated, cited values from `policy/parameters/*.toml`, overridden by a home's own files.

Nothing in code carries a figure; a figure nobody gave is an empty table, never a default.
"""

import datetime
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.errors import BangfuError

COLUMN_TYPES = {
    "integer": "INTEGER",
    "decimal": "DECIMAL(18,4)",
    "text": "VARCHAR",
    "date": "DATE",
    "text_list": "VARCHAR[]",
}
HEAD_KEYS = {"label", "unit", "clause", "type", "columns", "key", "why_unset", "value", "choices", "tier"}
HOME_KEYS = {"unit", "value", "label", "clause", "note"}
FIXED_VALUE_KEYS = {"from", "cite"}


@dataclass(frozen=True)
class Value:
    """One dated value: the cells of a row of `policy.<name>`, without the date and the citation."""

    valid_from: datetime.date
    cells: dict[str, Any]
    cite: str


@dataclass(frozen=True)
class Parameter:
    """One parameter: its columns (name → type of COLUMN_TYPES), and its values in order of date.

    choices: the only texts a column may hold. tier: the column with the lower edge of each tier of one date; the
    first tier begins at 0, each ends where the next begins, so that no gap can be written.
    """

    name: str
    label: str
    unit: str
    clause: str
    columns: dict[str, str]
    key: tuple[str, ...]
    why_unset: str | None
    values: tuple[Value, ...]
    choices: dict[str, list[str]] = field(default_factory=dict)
    tier: str | None = None

    def slot(self, value: Value) -> tuple[Any, ...]:
        """What two values of one parameter may not share: the date, and the key cells of a table of values."""
        return (value.valid_from, *(value.cells[name] for name in self.key))


def read_parameters(project_policy: Path, home_policy: Path | None) -> list[Parameter]:
    """Every parameter with the home's values laid over the project's.

    A home value replaces the project's of the same date (and key) and stands beside the others.
    Raises BangfuError naming the file when a value is not understood.
    """
    parameters = {file.stem: read_file(file) for file in sorted((project_policy / "parameters").glob("*.toml"))}
    for file in sorted((home_policy / "parameters").glob("*.toml")) if home_policy else []:
        if file.stem not in parameters:
            raise _refusal(file, "没有叫这个名字的参数", "文件名要与 policy/parameters 里的一个文件相同")
        parameters[file.stem] = overlay(parameters[file.stem], file)
    return list(parameters.values())


def read_file(file: Path) -> Parameter:
    """One parameter of the project. Raises BangfuError."""
    content = _parse(file)
    _only_known(file, content, HEAD_KEYS)
    for key in ("label", "unit", "clause"):
        if not isinstance(content.get(key), str) or not content[key]:
            raise _refusal(file, f"缺少 {key}", "补上这一行文字")
    columns = content.get("columns") or {"value": content.get("type", "")}
    unknown = [kind for kind in columns.values() if kind not in COLUMN_TYPES]
    if unknown:
        raise _refusal(file, f"类型 {unknown[0] or '(空)'} 不认识", f"写成 {'、'.join(COLUMN_TYPES)} 之一")
    parameter = Parameter(
        name=file.stem,
        label=content["label"],
        unit=content["unit"],
        clause=content["clause"],
        columns=columns,
        key=tuple(content.get("key", ())),
        why_unset=content.get("why_unset"),
        values=(),
        choices=content.get("choices", {}),
        tier=content.get("tier"),
    )
    values = _values(file, parameter, content.get("value", []))
    if not values and not parameter.why_unset:
        raise _refusal(file, "没有任何取值,也没有说明原因", "加一段 [[value]],或用 why_unset 说明为何未定")
    return _with_values(parameter, values)


def overlay(parameter: Parameter, file: Path) -> Parameter:
    """The parameter with a home file's values laid over it by date. Raises BangfuError."""
    content = _parse(file)
    _only_known(file, content, HOME_KEYS)
    if content.get("unit", parameter.unit) != parameter.unit:
        raise _refusal(file, "单位与规定的不同", f'改成 unit = "{parameter.unit}",并按这个单位填写数值')
    local = _values(file, parameter, content.get("value", []))
    taken = {parameter.slot(value) for value in local}
    kept = [value for value in parameter.values if parameter.slot(value) not in taken]
    return _with_values(parameter, [*kept, *local])


def _with_values(parameter: Parameter, values: list[Value]) -> Parameter:
    ordered = tuple(sorted(values, key=lambda value: value.valid_from))
    return Parameter(**{**vars(parameter), "values": ordered})


def _values(file: Path, parameter: Parameter, entries: list[dict[str, Any]]) -> list[Value]:
    values = [_value(file, parameter, entry, place) for place, entry in enumerate(entries, start=1)]
    seen: set[tuple[Any, ...]] = set()
    for value in values:
        if parameter.slot(value) in seen:
            raise _refusal(file, f"{value.valid_from} 起有两个取值", "同一天只能有一个取值,删去一个或改正日期")
        seen.add(parameter.slot(value))
    _whole_tiers(file, parameter, values)
    return values


def _whole_tiers(file: Path, parameter: Parameter, values: list[Value]) -> None:
    """The tiers of one date stand together in one file: from 0 on, and alike in every chosen text."""
    if parameter.tier is None:
        return
    for day in sorted({value.valid_from for value in values}):
        tiers = [value.cells for value in values if value.valid_from == day]
        if min(cells[parameter.tier] for cells in tiers) != 0:
            raise _refusal(file, f"{day} 起的分段不从 0 开始", f"补上 {parameter.tier} = 0 的一段")
        if any(len({cells[name] for cells in tiers}) > 1 for name in parameter.choices):
            raise _refusal(file, f"{day} 起的各段{'、'.join(parameter.choices)}不一致", "同一天起的各段要写成一样")


def _value(file: Path, parameter: Parameter, entry: dict[str, Any], place: int) -> Value:
    where = f"第 {place} 个取值"
    _only_known(file, entry, FIXED_VALUE_KEYS | parameter.columns.keys(), inside=where)
    valid_from = entry.get("from")
    if type(valid_from) is not datetime.date:
        raise _refusal(file, f"{where}的 from 不是日期", "写成 from = 2017-05-04 的样子,不加引号")
    if not isinstance(entry.get("cite"), str) or not entry["cite"].strip():
        raise _refusal(file, f"{where}没有 cite", "写明依据的文件和条款")
    for name, kind in parameter.columns.items():
        if not _fits(entry.get(name), kind):
            raise _refusal(file, f"{where}的 {name} 缺少或类型不对", f"应为 {kind}")
        if entry[name] not in parameter.choices.get(name, [entry[name]]):
            raise _refusal(file, f"{where}的 {name} 不认识", f"写成 {'、'.join(parameter.choices[name])} 之一")
    return Value(valid_from, {name: entry[name] for name in parameter.columns}, entry["cite"])


def _fits(value: Any, kind: str) -> bool:
    if kind == "integer":
        return type(value) is int
    if kind == "decimal":
        return type(value) is int or isinstance(value, Decimal)
    if kind == "date":
        return type(value) is datetime.date
    if kind == "text_list":
        return isinstance(value, list) and bool(value) and all(isinstance(text, str) and text for text in value)
    return isinstance(value, str) and bool(value)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refusal(file, f"不是完好的 TOML({error})", "按 policy/parameters 里其他文件的样子改正") from error


def _only_known(file: Path, content: dict[str, Any], known: set[str], *, inside: str = "文件") -> None:
    unknown = sorted(content.keys() - known)
    if unknown:
        raise _refusal(file, f"{inside}里有不认识的项 {'、'.join(unknown)}", f"只能有 {'、'.join(sorted(known))}")


def _refusal(file: Path, found: str, remedy: str) -> BangfuError:
    return BangfuError(where=f"参数文件 {file}", found=found, remedy=remedy)

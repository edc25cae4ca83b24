"""The law's figures: dated, cited values from `policy/parameters/*.toml`, overridden by a home's own files.

Nothing in code carries a figure; a figure nobody gave is an empty table, never a default.
"""

import difflib
from pathlib import Path
from typing import Any

from checks.parameter import COLUMN_TYPES, Parameter
from checks.parameter_values import only_known, read_values, refusal
from checks.policy_text import read_toml

HEAD_KEYS = {"label", "unit", "clause", "type", "columns", "key", "why_unset", "value"}
HEAD_KEYS |= {"choices", "limits", "tier", "partial"}
HOME_KEYS = {"unit", "value", "label", "clause", "note"}
LIKE_THE_OTHERS = "对照 policy/parameters 里其他文件改正这一行:日期写成 2026-07-01,文字用半角双引号括起"


def read_parameters(project_policy: Path, home_policy: Path | None) -> list[Parameter]:
    """Every parameter with the home's values laid over the project's.

    A home value replaces the project's of the same date (and key) and stands beside the others; a home file that
    says label, unit, clause and type is a parameter of the home's own. Raises BangfuError naming the file when a
    value is not understood.
    """
    parameters = read_project(project_policy)
    local = [read_home_file(parameters, file) for file in home_files(home_policy)]
    return list((parameters | {parameter.name: parameter for parameter in local}).values())


def read_project(project_policy: Path) -> dict[str, Parameter]:
    """The project's parameters by name. Raises BangfuError."""
    return {file.stem: read_file(file) for file in sorted((project_policy / "parameters").glob("*.toml"))}


def home_files(home_policy: Path | None) -> list[Path]:
    """The home's parameter files. Raises BangfuError for a name that Notepad lengthened by .txt."""
    folder = home_policy / "parameters" if home_policy else None
    if folder is None or not folder.is_dir():
        return []
    for file in sorted(folder.glob("*.toml.txt")):
        raise refusal(where_of(file), "文件名以 .txt 结尾,没有被读到", "改名,去掉末尾的 .txt")
    return sorted(folder.glob("*.toml"))


def read_home_file(parameters: dict[str, Parameter], file: Path) -> Parameter:
    """The parameter that a home's file sets or, where the project has none of the name, defines. Raises BangfuError."""
    content = read_toml(file, where=where_of(file), remedy=LIKE_THE_OTHERS)
    return interpret(parameters, file.stem, content, where=where_of(file))


def interpret(parameters: dict[str, Parameter], name: str, content: dict[str, Any], *, where: str) -> Parameter:
    """What the content of a home's file makes of the project's parameters. Raises BangfuError."""
    if name in parameters:
        return overlay(parameters[name], content, where=where)
    if {"type", "columns"} & content.keys():
        return define(name, content, where=where, is_local=True)
    near = difflib.get_close_matches(name, parameters, n=1)
    remedy = f"改名为 {near[0]}.toml" if near else "文件名要与 bangfu settings 列出的一个参数代号相同"
    raise refusal(where, "没有叫这个名字的参数", f"{remedy};新参数要写明 label、unit、clause、type")


def read_file(file: Path) -> Parameter:
    """One parameter of the project. Raises BangfuError."""
    content = read_toml(file, where=where_of(file), remedy=LIKE_THE_OTHERS)
    return define(file.stem, content, where=where_of(file))


def define(name: str, content: dict[str, Any], *, where: str, is_local: bool = False) -> Parameter:
    """A parameter as a whole file defines it. Raises BangfuError."""
    only_known(where, content, HEAD_KEYS)
    for key in ("label", "unit", "clause"):
        if not isinstance(content.get(key), str) or not content[key]:
            raise refusal(where, f"缺少 {key}", "补上这一行文字")
    columns = content.get("columns") or {"value": content.get("type", "")}
    unknown = [kind for kind in columns.values() if kind not in COLUMN_TYPES]
    if unknown:
        raise refusal(where, f"类型 {unknown[0] or '(空)'} 不认识", f"写成 {'、'.join(COLUMN_TYPES)} 之一")
    parameter = Parameter(
        name=name,
        label=content["label"],
        unit=content["unit"],
        clause=content["clause"],
        columns=columns,
        key=tuple(content.get("key", ())),
        why_unset=content.get("why_unset"),
        values=(),
        choices=content.get("choices", {}),
        limits=content.get("limits", {}),
        tier=content.get("tier"),
        partial=content.get("partial", False),
        is_local=is_local,
    )
    values = read_values(where, parameter, content.get("value", []), is_local=is_local)
    if not values and not parameter.why_unset:
        raise refusal(where, "没有任何取值,也没有说明原因", "加一段 [[value]],或用 why_unset 说明为何未定")
    return parameter.with_values(values)


def overlay(parameter: Parameter, content: dict[str, Any], *, where: str) -> Parameter:
    """The parameter with a home file's values laid over it by date. Raises BangfuError."""
    only_known(where, content, HOME_KEYS)
    if content.get("unit", parameter.unit) != parameter.unit:
        raise refusal(where, "单位与规定的不同", f'改成 unit = "{parameter.unit}",并按这个单位填写数值')
    local = read_values(where, parameter, content.get("value", []), is_local=True)
    taken = {parameter.slot(value) for value in local}
    whole_days = {value.valid_from for value in local} if parameter.tier else set()
    kept = [
        value for value in parameter.values if parameter.slot(value) not in taken and value.valid_from not in whole_days
    ]
    return parameter.with_values([*kept, *local])


def where_of(file: Path) -> str:
    """How an error names a parameter file."""
    return f"参数文件 {file}"

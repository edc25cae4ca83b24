"""`bangfu settings`: what is set, from when, by whose word; what is not, and which rules wait for it."""

from collections.abc import Sequence
from pathlib import Path

from checks.clause import Clause
from checks.parameter import Parameter, Value
from checks.parameter_files import read_parameters

MOST_CHOICES, SHOWN_CHOICES = 8, 2
HOW = "设定:bangfu settings set {name} {rows} --from 日期 --cite 文件和条款"


def describe_settings(project_policy: Path, home_policy: Path | None, clauses: Sequence[Clause]) -> str:
    """Every parameter: first those without a value, with the rules that wait for them and how to set one.

    Raises BangfuError for a policy file that is not understood.
    """
    parameters = read_parameters(project_policy, home_policy)
    unset = [parameter for parameter in parameters if parameter.unset_series()]
    given = [parameter for parameter in parameters if not parameter.unset_series()]
    lines = [f"【未设定 {len(unset)} 项:不据此计算任何金额或资格】"]
    for parameter in unset:
        lines += [*_head(parameter), *_missing(parameter, clauses)]
    lines += ["", f"【已设定 {len(given)} 项】"]
    for parameter in given:
        lines += _head(parameter)
    return "\n".join(lines)


def describe_values(parameter: Parameter) -> list[str]:
    """A line a dated value, the home's own marked."""
    return [f"      {_dated(parameter, value)}" for value in parameter.values]


def _head(parameter: Parameter) -> list[str]:
    return [f"{parameter.name}  {parameter.label}({parameter.unit},{parameter.clause})", *describe_values(parameter)]


def _dated(parameter: Parameter, value: Value) -> str:
    origin = "本地设定,依据" if value.is_local else "依据"
    return f"{value.valid_from} 起:{value.shown}  {origin}:{value.cite}"


def _missing(parameter: Parameter, clauses: Sequence[Clause]) -> list[str]:
    series = "、".join(filter(None, parameter.unset_series()))
    why = parameter.why_unset or "没有给出取值"
    waiting = [clause.title for clause in clauses if parameter.name in clause.uses]
    return [
        f"      未设定{f'({series})' if series else ''}:{why}",
        f"      等待它的规则:{'、'.join(waiting) or '无'}",
        f"      {HOW.format(name=parameter.name, rows=_form(parameter))}",
    ]


def _form(parameter: Parameter) -> str:
    """What to type in place of the value, e.g. `scope=own,value=数值`."""
    if len(parameter.columns) == 1:
        return "数值"
    cells = [f"{name}={_choice(parameter.choices.get(name, ['数值']))}" for name in parameter.columns]
    return f"'{','.join(cells)}'" + (" …(每段一组)" if parameter.tier else "")


def _choice(choices: Sequence[str]) -> str:
    """All of them, or the first of a list that is too long to be read."""
    if len(choices) <= MOST_CHOICES:
        return "|".join(choices)
    return f"{'|'.join(choices[:SHOWN_CHOICES])}|…(共 {len(choices)} 种)"

"""What an office has said about changed exports: `<home>/headings.toml`, laid over the contracts.

Every line is a whole statement of its own, so that a line proposed in a refusal can be added at the end,
and so that a faulty line costs itself alone:

    health.medical_settlements.total = ["医疗总费用额"]                  this heading is that column
    health.medical_settlements.visit_type."日间手术" = "inpatient"       this word is that code
    health.medical_settlements.settled_on.layout = "日月年"              dates are printed in this order
    health.medical_settlements.id_no.damaged = true                      the numbers come ruined: take them
    health.medical_settlements.hospital = false                          this column comes no more
    health.medical_settlements.unused = ["备用字段"]                     this heading is no column of ours
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from connectors.contract import Column, Contract
from connectors.date_layouts import LAYOUTS
from connectors.headings import plain, unknown_unit
from connectors.values import fold_code

FILE = "headings.toml"
UNUSED = "unused"
NUMBERS = ("id_no", "disability_no")
SYNTAX = '每行要写全,如 health.medical_settlements.total = ["医疗总费用额"],不能跨行,也不用[ ]分节'


@dataclass(frozen=True)
class Declared:
    """The contracts with what the office has added, and a Chinese sentence for every line that was left out."""

    contracts: dict[str, Contract]
    faults: tuple[str, ...]


def may_hold(column: Column, layout: str) -> bool:
    """A birth in two digits may be of either century."""
    return layout != "两位年" or not column.year_is_enough


class _Fault(Exception):
    """Why a line cannot be used; Chinese, quotes nothing but the line's own words."""


def declared(contracts: Mapping[str, Contract], home: Path) -> Declared:
    """Lay `headings.toml` over the contracts; without the file they stay as they are."""
    file = home / FILE
    if not file.exists():
        return Declared(dict(contracts), ())
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (UnicodeDecodeError, OSError):
        return Declared(dict(contracts), ("整个文件读不出,请另存为UTF-8编码的文本",))
    changed = dict(contracts)
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            _apply(line, changed)
        except _Fault as fault:
            faults.append(f"第{number}行:{fault}")
    return Declared(changed, tuple(faults))


def _apply(line: str, contracts: dict[str, Contract]) -> None:
    try:
        content = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        raise _Fault(f"读不懂。{SYNTAX}") from None
    if not content:
        return
    department, below = _only(content)
    table, below = _only(below)
    column, said = _only(below)
    contract = contracts.get(table)
    if contract is None or contract.department != department:
        raise _Fault(f"没有{department}.{table}这种表")
    contracts[table] = _unused(contract, said) if column == UNUSED else _column(contract, column, said)


def _only(content: Any) -> tuple[str, Any]:
    """The one key of a table and what stands below it."""
    if not isinstance(content, dict) or len(content) != 1:
        raise _Fault(SYNTAX)
    return next(iter(content.items()))


def _unused(contract: Contract, said: Any) -> Contract:
    return replace(contract, unused=contract.unused | {plain(heading) for heading in _headings(said)})


def _headings(said: Any) -> list[str]:
    if not isinstance(said, list) or not said or not all(isinstance(one, str) and plain(one) for one in said):
        raise _Fault('表头要写成 ["表头"] 的样子')
    return said


def _column(contract: Contract, name: str, said: Any) -> Contract:
    column = contract.columns.get(name)
    if column is None:
        raise _Fault(f"{contract.title}没有{name}这一列,可写:{'、'.join(contract.columns)}")
    if said is False:
        if column.required:
            raise _Fault(f"{name}({column.headings[0]})是必填列,不能没有")
        return replace(contract, gone=contract.gone | {name})
    if isinstance(said, dict):
        changed = _saying(column, *_only(said))
    else:
        changed = _with_headings(contract, column, _headings(said))
    return replace(contract, columns={**contract.columns, name: changed})


def _with_headings(contract: Contract, column: Column, headings: list[str]) -> Column:
    owner = {plain(heading): one for one in contract.columns.values() for heading in one.headings}
    for heading in headings:
        other = owner.get(plain(heading), column)
        if other.name != column.name:
            raise _Fault(f"表头“{heading}”已属于{other.name}({other.headings[0]}),不能又是{column.name}")
        if column.type == "yuan" and unknown_unit(heading):
            raise _Fault(f"表头“{heading}”写着不认识的单位,请部门改成元、万元、千元、角或分")
    new = dict.fromkeys(heading for heading in headings if plain(heading) not in owner)
    return replace(column, headings=(*column.headings, *new))


def _saying(column: Column, word: str, meaning: Any) -> Column:
    """A code of a code column; the layout of dates; numbers known to be damaged."""
    if column.type == "code":
        return _with_code(column, word, meaning)
    if column.type in ("date", "month") and word == "layout":
        possible = [layout for layout in LAYOUTS if may_hold(column, layout)]
        if meaning not in possible:
            raise _Fault(f"layout只能是{'、'.join(possible)}")
        if column.layout not in (None, meaning):
            raise _Fault(f"前面已写明layout是{column.layout}")
        return replace(column, layout=meaning)
    if column.type in NUMBERS and word == "damaged" and meaning is True:
        return replace(column, damaged=True)
    raise _Fault(f"{column.name}不是代码列,不能写{word}")


def _with_code(column: Column, word: str, meaning: Any) -> Column:
    known = list(dict.fromkeys(column.codes.values()))
    if meaning not in known or isinstance(meaning, bool):
        raise _Fault(f"{column.name}没有这个代码,可写:{'、'.join(map(str, known))}")
    if column.codes.get(fold_code(word), meaning) != meaning:
        raise _Fault(f"“{word}”已是代码{column.codes[fold_code(word)]}")
    return replace(column, codes={**column.codes, fold_code(word): meaning})

"""Where measures may lie: the project's bounds.toml, single bounds moved by the home's quality.toml.

A line of the home is `bound.<table or any>.[<column>.]<measure>.<severity>_<side> = <number, or false: no bound>` or
`accept.<start of the file's SHA-256> = "<why>"`. Nothing else may stand there.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from checks.quality.measures import read_measures
from warehouse.errors import BangfuError

BOUNDS_FILE = Path(__file__).parent / "bounds.toml"
HOME_FILE = "quality.toml"
SEVERITIES, SIDES = ("critical", "warning", "info"), ("lower", "upper")
WORDS = {f"{severity}_{side}": (severity, side) for severity in SEVERITIES for side in SIDES}
SHORTEST_HASH = 12
ANY_TABLE = "any"
LARGEST = 1e15  # what no figure of a city reaches; nan and infinity are no bounds either
Columns = Mapping[str, Collection[str]]  # table -> its columns


@dataclass(frozen=True)
class Bound:
    """One bound. None in source_table, column_name, types, delivery_kind: any; in bound: none. Highest rank counts."""

    rank: int
    source_table: str | None
    column_name: str | None
    types: tuple[str, ...] | None
    delivery_kind: str | None
    measure: str
    severity: str
    side: str
    bound: float | None
    least: int


@dataclass(frozen=True)
class HomeLines:
    """What a home's quality.toml says. accepted: start of a hash -> why."""

    bounds: tuple[Bound, ...]
    accepted: Mapping[str, str]

    def accepts(self, sha256: str) -> bool:
        return any(sha256.startswith(start) for start in self.accepted)


@cache
def read_settings() -> Mapping[str, Mapping[str, float]]:
    """The [history] and [proposal] of bounds.toml."""
    content = tomllib.loads(BOUNDS_FILE.read_text(encoding="utf-8"))
    return {name: content[name] for name in ("history", "proposal")}


@cache
def project_bounds() -> tuple[Bound, ...]:
    """Every bound of bounds.toml; one that names types outranks one for all."""
    content = tomllib.loads(BOUNDS_FILE.read_text(encoding="utf-8"))
    return tuple(bound for entry in content["bound"] for bound in _of_entry(entry))


def _of_entry(entry: Mapping[str, Any]) -> Iterator[Bound]:
    types = tuple(entry["types"]) if "types" in entry else None
    for word, (severity, side) in WORDS.items():
        if word in entry:
            yield Bound(
                rank=1 if types else 0,
                source_table=None,
                column_name=None,
                types=types,
                delivery_kind=entry.get("delivery_kind"),
                measure=entry["measure"],
                severity=severity,
                side=side,
                bound=float(entry[word]),
                least=entry.get("least", 0),
            )


def read_home(root: Path, columns: Columns) -> HomeLines:
    """The home's own lines. columns: the columns of every table.

    Raises BangfuError that lists every wrong line: a bound somebody believes in must not be silently without effect.
    """
    file = root / HOME_FILE
    if not file.exists():
        return HomeLines((), {})
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong([f"不是有效的 TOML({error})"]) from None
    faults: list[str] = [f"{word}:不认识的项目,只能是 accept 或 bound" for word in content.keys() - {"accept", "bound"}]
    accepted = _accepted(content.get("accept", {}), faults)
    bounds = [one for place, told in _leaves(content.get("bound", {})) for one in _moved(place, told, columns, faults)]
    if faults:
        raise _wrong(sorted(faults))
    return HomeLines(tuple(bounds), accepted)


def _wrong(faults: list[str]) -> BangfuError:
    return BangfuError(where=HOME_FILE, found=";".join(faults), remedy="改正或删去这些行后重新运行")


def _accepted(told: Any, faults: list[str]) -> dict[str, str]:
    accepted = {}
    for start, why in told.items() if isinstance(told, dict) else [("", told)]:
        if len(start) < SHORTEST_HASH or set(start) - set("0123456789abcdef"):
            faults.append(f"accept.{start}:应是文件内容指纹的前 {SHORTEST_HASH} 位或更多")
        elif not isinstance(why, str) or not why.strip():
            faults.append(f"accept.{start}:等号后面写明照收的原因")
        else:
            accepted[start] = why
    return accepted


def _leaves(told: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(told, dict):
        for name, inner in told.items():
            yield from _leaves(inner, (*place, name))
    else:
        yield place, told


def _moved(place: tuple[str, ...], told: Any, columns: Columns, faults: list[str]) -> Iterator[Bound]:
    """The project's bounds of this measure, severity and side as the home wants them for its table or column."""
    fault = _fault(place, told, columns)
    if fault:
        faults.append(f"bound.{'.'.join(place)}:{fault}")
        return
    table, *column, measure, word = place
    severity, side = WORDS[word]
    alike = [one for one in project_bounds() if (one.measure, one.severity, one.side) == (measure, severity, side)]
    least = int(read_settings()["history"]["least"])
    fresh = Bound(0, None, None, None, None, measure, severity, side, None, least)
    for one in alike or [fresh]:
        yield replace(
            one,
            rank=one.rank + (8 if column else 2 if table == ANY_TABLE else 4),
            source_table=None if table == ANY_TABLE else table,
            column_name=column[0] if column else None,
            bound=None if told is False else float(told),
        )


def _fault(place: tuple[str, ...], told: Any, columns: Columns) -> str | None:
    if len(place) not in (3, 4):
        return "应写作 bound.表.指标.级别_方向 或 bound.表.列.指标.级别_方向"
    table, *column, measure, word = place
    if word not in WORDS:
        return f"级别和方向只能是{'、'.join(WORDS)}"
    if measure not in read_measures() or read_measures()[measure].layer:
        return f"交付没有 {measure} 这项指标"
    if table != ANY_TABLE and table not in columns:
        return f"没有 {table} 这张表"
    if column and (table == ANY_TABLE or column[0] not in columns[table] or not read_measures()[measure].of_columns):
        return f"{column[0]} 不是这张表里可按列设界限的列"
    if told is not False and (isinstance(told, bool) or not isinstance(told, int | float) or not abs(told) < LARGEST):
        return "等号后面应是数字,或 false(不设界限)"
    return None

"""What a kind of file looks like: one TOML file per table, loaded strictly (unknown words are errors)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.headings import plain
from connectors.values import fold_code
from warehouse.errors import BangfuError
from warehouse.home import DEPARTMENTS

FOLDER = Path(__file__).parent
TYPES = ("text", "id_no", "disability_no", "date", "month", "int", "number", "yuan", "code")
DELIVERIES = ("snapshot", "increment")
TABLE_WORDS = {"title", "delivery", "key", "fill_down", "columns"}
COLUMN_WORDS = {"headings", "type", "required", "unreadable", "open_end", "year_is_enough", "codes"}
STAGING_WORDS = {"row_id", "delivery_id", "source_row", "row_key", "superseded_by"}
Code = str | int


@dataclass(frozen=True)
class Column:
    """One column of a table.

    headings: accepted headings, the preferred one first. codes: printed word (folded) -> our code.
    keep_unreadable: an optional cell that cannot be read becomes unknown (NULL) instead of costing the row.
    open_end: "长期" and far years mean "no end". year_is_enough: a year alone is worth having (birth dates).
    layout, damaged: what the office has said about the dates or the person numbers of this column (`declared`).
    """

    name: str
    headings: tuple[str, ...]
    type: str
    required: bool
    keep_unreadable: bool
    open_end: bool
    year_is_enough: bool
    codes: Mapping[str, Code]
    layout: str | None = None
    damaged: bool = False

    @property
    def staging_type(self) -> str:
        """The column's type in the staging table."""
        if self.type == "code":
            return "integer" if all(isinstance(code, int) for code in self.codes.values()) else "varchar"
        amounts = {"number": "decimal(12, 2)", "yuan": "decimal(12, 2)"}
        return {"date": "date", "month": "date", "int": "integer", **amounts}.get(self.type, "varchar")


@dataclass(frozen=True)
class Contract:
    """One of the tables the departments deliver.

    fill_down: columns that town ledgers print once per family (merged cells).
    gone: columns that the office has said come no more. unused: headings (as `plain`; a repeated one numbered as in
    the archive) that it has said are no column here.
    """

    department: str
    table: str
    title: str
    delivery: str
    key: tuple[str, ...]
    fill_down: tuple[str, ...]
    columns: Mapping[str, Column]
    gone: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns.values() if column.required)

    @property
    def month_column(self) -> str | None:
        """The column that says which month a snapshot stands for."""
        return next((column.name for column in self.required if column.type == "month"), None)

    @property
    def event_dates(self) -> tuple[str, ...]:
        """Dates of things that had happened when the file was made: neither births nor ends still to come."""
        dated = (column for column in self.columns.values() if column.type == "date")
        return tuple(one.name for one in dated if not one.open_end and not one.year_is_enough)


def load_contracts(folder: Path = FOLDER) -> dict[str, Contract]:
    """Every `<department>/<table>.toml` below a folder, by table name; BangfuError lists all faults at once."""
    contracts: dict[str, Contract] = {}
    faults: list[str] = []
    for file in (file for department in DEPARTMENTS for file in sorted((folder / department).glob("*.toml"))):
        where = f"{file.parent.name}/{file.name}"
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{where}不是有效的TOML({error})")
            continue
        found = [f"{where}的{fault}" for fault in _faults(content)]
        if file.stem in contracts:
            found.append(f"{where}的表名{file.stem}与另一部门重复")
        faults += found
        if not found:
            contracts[file.stem] = _contract(file, content)
    if faults:
        raise BangfuError(where="数据约定", found=";".join(faults), remedy="按提示改正这些TOML文件后重新运行")
    return contracts


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{word}:不认识的项目" for word in sorted(content.keys() - TABLE_WORDS))
    missing = TABLE_WORDS - {"fill_down"} - content.keys()
    yield from (f"{word}:缺少这一项" for word in sorted(missing))
    if missing:
        return
    if content["delivery"] not in DELIVERIES:
        yield f"delivery:只能是{'、'.join(DELIVERIES)}"
    for word in ("key", "fill_down"):
        unknown = [name for name in content.get(word, []) if name not in content["columns"]]
        yield from (f"{word}:{name}不是本表的列" for name in unknown)
    if not content["key"]:
        yield "key:不能为空"
    for name, column in content["columns"].items():
        yield from (f"columns.{name}.{fault}" for fault in _column_faults(name, column))
    yield from _doubled_headings(content["columns"])


def _column_faults(name: str, column: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{word}:不认识的项目" for word in sorted(column.keys() - COLUMN_WORDS))
    if name in STAGING_WORDS:
        yield "列名:与系统自用的列重名"
    if not column.get("headings"):
        yield "headings:至少写一个表头"
    if column.get("type") not in TYPES:
        yield f"type:只能是{'、'.join(TYPES)}"
    if column.get("unreadable", "reject") not in ("reject", "keep"):
        yield "unreadable:只能是reject或keep"
    if column.get("required") and "unreadable" in column:
        yield "unreadable:必填列读不出时总是拒收该行,不能另写"
    if (column.get("type") == "code") != bool(column.get("codes")):
        yield "codes:代码列必须有代码表,其他列不能有"
    yield from _code_faults(column.get("codes", {}))


def _code_faults(codes: Mapping[str, Code]) -> Iterator[str]:
    if len({type(code) for code in codes.values()}) > 1:
        yield "codes:代码必须全是文字或全是整数"
    seen: dict[str, Code] = {}
    for printed, code in codes.items():
        if seen.setdefault(fold_code(printed), code) != code:
            yield f"codes.{printed}:同一写法对应两个代码"


def _doubled_headings(columns: Mapping[str, Any]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, column in columns.items():
        for heading in column.get("headings", []):
            if owner.setdefault(plain(heading), name) != name:
                yield f"columns.{name}.headings:表头“{heading}”已属于{owner[plain(heading)]}"


def _contract(file: Path, content: Mapping[str, Any]) -> Contract:
    return Contract(
        department=file.parent.name,
        table=file.stem,
        title=content["title"],
        delivery=content["delivery"],
        key=tuple(content["key"]),
        fill_down=tuple(content.get("fill_down", ())),
        columns={name: _column(name, column) for name, column in content["columns"].items()},
    )


def _column(name: str, content: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        headings=tuple(content["headings"]),
        type=content["type"],
        required=content.get("required", False),
        keep_unreadable=content.get("unreadable", "reject") == "keep",
        open_end=content.get("open_end", False),
        year_is_enough=content.get("year_is_enough", False),
        codes={fold_code(printed): code for printed, code in content.get("codes", {}).items()},
    )

"""Local dated values, set without touching the program: typed, checked as a whole, then written or refused."""

import datetime
import difflib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks.parameter import Parameter, Value
from checks.parameter_files import LIKE_THE_OTHERS, home_files, interpret, read_home_file, read_project, where_of
from checks.parameter_typed import typed_cells
from checks.parameter_values import read_values, refusal
from checks.parameter_writing import entry_text, file_text, put_in_place
from checks.policy_text import parse_toml, read_text, read_toml
from warehouse.errors import BangfuError

WHERE = "bangfu settings"
Entry = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """A value as it was typed. rows: "1170", or "scope=own,value=30000" for each row of several columns."""

    rows: Sequence[str]
    valid_from: datetime.date
    cite: str


class LocalSettings:
    """The home's own values of one parameter. Every change is proved before it is written; refused, nothing changes."""

    def __init__(self, project_policy: Path, home_policy: Path, name: str) -> None:
        """Raises BangfuError for a name nobody knows, or a file of the home that is wrong already."""
        self.file = home_policy / "parameters" / f"{name}.toml"
        self.project = read_project(project_policy)
        if not re.fullmatch(r"[a-z0-9_]+", name) or (name not in self.project and not self.file.exists()):
            near = difflib.get_close_matches(name, self.project, n=1)
            meant = f"是不是 {near[0]};" if near else ""
            raise refusal(WHERE, "没有叫这个名字的参数", f"{meant}用 bangfu settings 查看全部参数的代号")
        self.parameter = read_home_file(self.project, self.file) if self.file.exists() else self.project[name]

    def set(self, typed: Typed, *, unit: str | None = None, replace: bool = False) -> Parameter:
        """Add a dated value (tiers: all of them at once). Raises BangfuError.

        unit: what the giver believes the unit to be. replace: whether values of the same date may give way.
        """
        cells = [typed_cells(WHERE, self.parameter, row) for row in typed.rows]
        return self._add(
            [{"from": typed.valid_from, **row, "cite": typed.cite.strip()} for row in cells], unit, replace=replace
        )

    def take(self, source: Path, *, replace: bool = False) -> Parameter:
        """Add the values of a prepared file, written as a home's file is. Raises BangfuError."""
        if not source.is_file():
            raise refusal(WHERE, "没有找到 --file 指明的文件", "检查文件的路径")
        content = read_toml(source, where=where_of(source), remedy=LIKE_THE_OTHERS)
        read_values(where_of(source), self.parameter, content.get("value", []), is_local=True)
        return self._add(content.get("value", []), content.get("unit"), replace=replace)

    def remove(self, valid_from: datetime.date) -> None:
        """Take the home's values of a date away; the project's, if any, hold again. Raises BangfuError if none is."""
        gone = [value for value in self._local() if value.valid_from == valid_from]
        if not gone:
            raise refusal(WHERE, f"没有本地设定的 {valid_from} 起的取值", "用 bangfu settings 查看已设定的日期")
        self._put(self._rewritten(gone, []))

    def _add(self, entries: list[Entry], unit: str | None, *, replace: bool) -> Parameter:
        if unit not in (None, self.parameter.unit):
            raise refusal(WHERE, "单位与规定的不同", f"单位是 {self.parameter.unit},请按这个单位填写数值")
        if not entries:
            raise refusal(WHERE, "没有给出取值", "写上数值,或用 --file 指明取值的文件")
        clash = [value for value in self._local() if self._stands_where(value, entries)]
        if clash and not replace:
            raise refusal(WHERE, f"{clash[0].valid_from} 起已有本地取值", "改用另一个日期,或加 --replace 换掉它")
        return self._put(self._rewritten(clash, entries) if clash else self._appended(entries))

    def _local(self) -> list[Value]:
        return [value for value in self.parameter.values if value.is_local]

    def _stands_where(self, value: Value, entries: list[Entry]) -> bool:
        """Whether a value stands where an entry wants to: the tiers of one date are one thing."""
        if self.parameter.tier:
            return value.valid_from in {entry.get("from") for entry in entries}
        wanted = [tuple(entry.get(name) for name in ("from", *self.parameter.key)) for entry in entries]
        return self.parameter.slot(value) in wanted

    def _appended(self, entries: list[Entry]) -> str:
        """The file with the entries behind what stands there, remarks and all."""
        if not self.file.exists():
            return file_text(self.parameter.unit, entries)
        text = read_text(self.file, where=where_of(self.file)).rstrip("\r\n")
        return "\n\n".join([text, *(entry_text(entry) for entry in entries)])

    def _rewritten(self, gone: list[Value], entries: list[Entry]) -> str:
        """The file with some values gone; of its remarks those at its head stay."""
        if self.parameter.is_local:
            raise refusal(WHERE, "这是本地自定的参数", f"直接修改文件 {self.file}")
        kept = [value for value in self._local() if value not in gone]
        entries = [*({"from": value.valid_from, **value.cells, "cite": value.cite} for value in kept), *entries]
        lines = read_text(self.file, where=where_of(self.file)).splitlines()
        head = list(itertools.takewhile(lambda line: line.startswith("#"), lines))
        return file_text(self.parameter.unit, entries, comments=head)

    def _put(self, text: str) -> Parameter:
        """Read the text as a night would, then put it in place."""
        content = parse_toml(text, where=where_of(self.file), remedy=LIKE_THE_OTHERS)
        self.parameter = interpret(self.project, self.file.stem, content, where=WHERE)
        put_in_place(self.file, text)
        return self.parameter


def problems(project_policy: Path, home_policy: Path) -> list[str]:
    """What is wrong with the home's parameter files: the first fault of each."""
    try:
        project, files = read_project(project_policy), home_files(home_policy)
    except BangfuError as error:
        return [str(error)]
    found = []
    for file in files:
        try:
            read_home_file(project, file)
        except BangfuError as error:
            found.append(str(error))
    return found

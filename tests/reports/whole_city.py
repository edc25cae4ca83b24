"""A sample city taken all the way, with a mark planted in every text its departments delivered."""

import html
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from flows.demo import demo
from flows.settings import read_settings
from flows.steps import call

PEOPLE = 1_000
NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
MARK = re.compile(r"禁(\d{3})密")
# Joined on, compared or repaired: a mark there would change what is found. Numbers are looked for by themselves.
NOT_MARKED = ("name", "head_name", "family_no")


@dataclass
class WholeCity:
    """The published warehouse, the workbooks, and where each mark was planted: number → (department, table, column)."""

    database: Path = Path()
    workbooks: list[Path] = field(default_factory=list)
    marks: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def query(self, statement: str, *values: Any) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(statement, list(values)).fetchall()

    def make(self, home: Path, *, seed: int) -> "WholeCity":
        settings = read_settings(home)

        def step(name: str, function: Any, *arguments: Any, **more: Any) -> Any:
            if name == "归并人员":
                self._plant(arguments[0])
            return call(name, function, *arguments, **more)

        _, self.workbooks = demo(settings, people=PEOPLE, seed=seed, run_step=step)
        self.database = settings.home.full_database
        return self

    def _plant(self, connection: duckdb.DuckDBPyConnection) -> None:
        """After intake, before anything is derived: every text column of every source table."""
        columns = connection.execute(
            "select department, source_table, column_name from raw.contract_column where type = 'text' order by all"
        ).fetchall()
        for number, (department, table, column) in enumerate(columns, start=100):
            if column not in NOT_MARKED:
                self.marks[number] = (department, table, column)
                connection.execute(f"update staging.{table} set {column} = {column} || '禁{number}密'")


def content_of(path: Path) -> str:
    """Every part of a workbook's file: cells, names, comments, properties, what charts remember."""
    with zipfile.ZipFile(path) as file:
        parts = (file.read(name).decode(errors="replace") for name in file.namelist())
        return "\n".join([*file.namelist(), *map(html.unescape, parts)])


def recipient_of(path: Path) -> str:
    """Whose book it is."""
    if path.parent.name == "区镇":
        return "town"
    return path.stem.split("_", maxsplit=1)[1].rsplit("_", maxsplit=1)[0] if "例外清单" in path.name else "office"

"""Least disclosure by construction: a recipient gets a column only if disclosure.toml names it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.errors import BangfuError
from warehouse.home import DEPARTMENTS

DISCLOSURE_FILE = Path(__file__).parent / "disclosure.toml"
OFFICE, TOWN = "office", "town"
RECIPIENTS = (OFFICE, TOWN, *DEPARTMENTS)


@dataclass(frozen=True)
class Disclosure:
    """`columns`: column → recipients; `facts`: source table → recipients besides its owner."""

    columns: dict[str, frozenset[str]]
    facts: dict[str, tuple[str, ...]]

    def may_see(self, recipient: str, column: str) -> bool:
        """Raises BangfuError for a column nobody has decided about."""
        try:
            return recipient in self.columns[column]
        except KeyError:
            raise BangfuError(
                where="reports/disclosure.toml", found=f"没有规定谁可以看列 {column}", remedy="在文件中写明可以看的部门"
            ) from None


@cache
def load_disclosure() -> Disclosure:
    """The one declaration of who may see what."""
    with DISCLOSURE_FILE.open("rb") as file:
        groups = tomllib.load(file)
    facts = {table: tuple(recipients) for table, recipients in groups.pop("facts").items()}
    columns: dict[str, frozenset[str]] = {}
    for name, group in groups.items():
        recipients = frozenset(group.get("recipients", RECIPIENTS))
        for column in group["columns"]:
            if column in columns:
                where = f"reports/disclosure.toml [{name}]"
                raise BangfuError(where=where, found=f"列 {column} 写了两次", remedy="只留一处")
            columns[column] = recipients
    return Disclosure(columns=columns, facts=facts)

"""The dictionary of what is published: every mart table and column once, with its meaning in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import BangfuError

DICTIONARY_FILE = Path(__file__).parent / "dictionary.toml"
TABLE_KEYS = {"heading", "zh", "en"}
COLUMN_KEYS = TABLE_KEYS | {"type", "personal"}


@dataclass(frozen=True)
class Entry:
    """One table, one column (`birth_date`), or one column where it means something else (`parameter.value`)."""

    entry: str
    is_table: bool
    type: str | None
    heading: str
    zh: str
    en: str
    personal: bool


@cache
def read_dictionary() -> tuple[Entry, ...]:
    """Every entry of dictionary.toml. Raises BangfuError for an entry that lacks or adds a key."""
    content = tomllib.loads(DICTIONARY_FILE.read_text(encoding="utf-8"))
    tables = [_entry(name, told, TABLE_KEYS) for name, told in content["tables"].items()]
    columns = [_entry(name, told, COLUMN_KEYS) for name, told in content["columns"].items()]
    return (*tables, *columns)


def column_entry(table: str, column: str) -> Entry:
    """What a column of a mart table means. Raises BangfuError when nobody has said."""
    entries = {entry.entry: entry for entry in read_dictionary() if not entry.is_table}
    found = entries.get(f"{table}.{column}") or entries.get(column)
    if found is None:
        raise BangfuError(
            where="warehouse/dictionary.toml",
            found=f"列 {table}.{column} 没有说明",
            remedy=f"在 [columns] 里增加一行 {column} = {{ … }},写明类型、中文名、含义和是否涉及个人",
        )
    return found


def load(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `mart.dictionary(entry, is_table, type, heading, meaning_zh, meaning_en, personal)` anew."""
    connection.execute(
        "create or replace table mart.dictionary (entry VARCHAR, is_table BOOLEAN, type VARCHAR, heading VARCHAR, "
        "meaning_zh VARCHAR, meaning_en VARCHAR, personal BOOLEAN)"
    )
    rows = [
        [entry.entry, entry.is_table, entry.type, entry.heading, entry.zh, entry.en, entry.personal]
        for entry in read_dictionary()
    ]
    connection.executemany("insert into mart.dictionary values (?, ?, ?, ?, ?, ?, ?)", rows)


def _entry(name: str, told: dict[str, str | bool], keys: set[str]) -> Entry:
    if told.keys() != keys:
        raise BangfuError(
            where=f"warehouse/dictionary.toml {name}",
            found=f"缺少或多出 {'、'.join(sorted(told.keys() ^ keys))}",
            remedy=f"每项写明 {'、'.join(sorted(keys))}",
        )
    return Entry(
        entry=name,
        is_table=keys == TABLE_KEYS,
        type=str(told["type"]) if "type" in told else None,
        heading=str(told["heading"]),
        zh=str(told["zh"]),
        en=str(told["en"]),
        personal=bool(told.get("personal", False)),
    )

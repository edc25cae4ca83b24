"""What a home offers to its readers, without the moments at which it was made."""

import hashlib
from collections import Counter
from pathlib import Path

import duckdb
from openpyxl import load_workbook

from warehouse.home import Home

# When something was written, and by the how-manieth run, differs; nothing else may.
RUN = "run_id"
TIMES = ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE")
Contents = dict[str, Counter[str]]


def published(database: Path) -> Contents:
    """Every row of every mart table of a published file, as text, with how often it stands there."""
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, list(column_name order by ordinal_position) from information_schema.columns"
            " where table_schema = 'mart' and not list_contains(?, data_type) and column_name <> ? group by table_name",
            [list(TIMES), RUN],
        ).fetchall()
        found = {}
        for table, names in columns:
            chosen = ", ".join(f'"{name}"' for name in names)
            found[table] = Counter(
                repr(row) for row in connection.execute(f"select {chosen} from mart.{table}").fetchall()
            )
        return found


def digest(contents: Contents) -> str:
    """One short name of a state, the same for the same rows in any order."""
    text = "\n".join(
        f"{table}:{row}:{count}" for table in sorted(contents) for row, count in sorted(contents[table].items())
    )
    return hashlib.sha256(text.encode()).hexdigest()


def workbooks(outbox: Path) -> Contents:
    """The cells of every workbook below the outbox; receipts carry their moment in the name, so only their cells."""
    found = {}
    for path in sorted(outbox.rglob("*.xlsx")):
        book = load_workbook(path)
        cells = Counter(
            f"{sheet.title}!{cell.coordinate}={cell.value!r}"
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        )
        found[path.relative_to(outbox).as_posix()] = cells
    return found


def offered(home: Home) -> Contents:
    """Published tables and workbooks of a home together."""
    return published(home.full_database) | workbooks(home.outbox)


def differences(expected: Contents, found: Contents) -> list[str]:
    """What is lost or doubled, by table: counts alone."""
    told = []
    for table in sorted(expected.keys() | found.keys()):
        one, other = expected.get(table, Counter()), found.get(table, Counter())
        lost, added = (one - other).total(), (other - one).total()
        if lost or added:
            told.append(f"{table}: {lost} lost, {added} not expected")
    return told

"""Writing workbooks, measured: `python -m benchmarks.workbooks` prints figures as Markdown.

Two sizes: the month of a sample city of 20 000 people, all workbooks; and one department's workbook with 50 000
matters, made by repeating the findings of that city. Each is a process of its own, so that the peak is its own.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.whole_way import BANGFU, Measured, measure
from reports.exceptions import write_exceptions
from reports.session import Request, open_session
from warehouse.connection import connect

MONTH, DEPARTMENT = date(2026, 6, 1), "civil_affairs"
REPEATED = {
    "findings.evidence": "finding_id || '-' || copy.number as finding_id",
    "mart.finding": "finding_id || '-' || copy.number as finding_id",
}


def repeat_findings(database: Path, wanted: int) -> None:
    """As many copies of every finding as give the department at least the wanted number of matters."""
    with connect(database) as connection:
        statement = """select count(*) from mart.finding as finding join policy.rule as rule using (rule)
            where list_contains(rule.recipients, ?)"""
        ((have,),) = connection.execute(statement, [DEPARTMENT]).fetchall()
        copies = -(-wanted // have)
        for table, renamed in REPEATED.items():
            connection.execute(
                f"create or replace table {table} as select one.* replace ({renamed}) "
                f"from {table} as one cross join range({copies}) as copy(number)"
            )


def write_one(database: Path, folder: Path) -> None:
    """The department's workbook alone."""
    request = Request(month=MONTH, issued_on=MONTH, due_on=MONTH, secret=bytes(32))
    with open_session(database, request) as connection:
        write_exceptions(connection, request, folder, department=DEPARTMENT)


def matters_in(folder: Path) -> int:
    """Rows of the written workbook's rule sheets, counted from their totals."""
    (path,) = folder.glob("*.xlsx")
    book = load_workbook(path, read_only=True)
    return sum(int(str(page["A3"].value).split()[1]) for page in book.worksheets[1:-2])


def line(what: str, figure: Measured) -> str:
    """One row of the table."""
    return f"| {what} | {figure.seconds:.1f} | {figure.peak_mb:.0f} |"


def main() -> None:
    """Run both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--database", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.database:
        write_one(options.database, options.folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        home, database, folder = (Path(scratch) / name for name in ("home", "many.duckdb", "many"))
        measure([*BANGFU, "demo", "--home", str(home), "--people", str(options.people), "--quiet"])
        month = measure([*BANGFU, "monthly", "--home", str(home), "--month", f"{MONTH:%Y-%m}", "--quiet"])
        shutil.copy(home / "warehouse" / "full.duckdb", database)
        repeat_findings(database, options.rows)
        folder.mkdir()
        alone = [sys.executable, "-m", "benchmarks.workbooks", "--database", str(database), "--folder", str(folder)]
        many = measure(alone)
        print("| workbooks | seconds | peak MB |\n|---|---|---|")
        print(
            line(f"the month of {options.people} people, {len(list((home / 'outbox').rglob('*.xlsx')))} books", month)
        )
        print(line(f"one department's book with {matters_in(folder)} matters", many))


if __name__ == "__main__":
    main()

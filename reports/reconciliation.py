"""月度核对总表: the coordinating office's workbook."""

from pathlib import Path

import duckdb

from reports.disclosure import OFFICE
from reports.names import common_names
from reports.session import Request
from reports.workbook import GUIDE, Binder


def write_reconciliation(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path) -> Path:
    """Write the month's workbook; the session must still be the office's."""
    names = common_names(connection, request)
    binder = Binder(connection, request, OFFICE, "reconciliation", names)
    for slug in binder.files:
        if slug != GUIDE:
            binder.add(slug)
    return binder.write(folder / f"月度核对总表_{request.month:%Y-%m}.xlsx")

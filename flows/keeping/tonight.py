"""What a night does about keeping: forgotten rows that came back go again, and what is due where the home says so."""

from datetime import date

import duckdb

from flows.audit_log import record
from flows.fingerprint import last_committed
from flows.keeping.due import delete_due
from flows.keeping.erasing import erase
from flows.keeping.forgotten import forgotten_rows
from flows.keeping.schedule import load_schedule
from warehouse.home import Home


def keep_tonight(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Right after the intake, before anything is built from the rows. Each part commits by itself."""
    today = date.today()
    if rows := forgotten_rows(home):
        connection.execute("begin")
        try:
            if erased := erase(connection, home, rows, today):
                record(home, "forgotten_again", command="nightly", rows=erased)
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
    schedule = load_schedule(home.root)
    if schedule.nightly and last_committed(connection):
        delete_due(connection, home, schedule, today, command="nightly")

"""The door: the month's workbooks from the published warehouse."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from reports.dossiers import write_dossiers
from reports.due_date import working_days_after
from reports.exceptions import write_exceptions
from reports.placing import building_beside, move_into_place
from reports.reconciliation import write_reconciliation
from reports.session import Request, open_session
from warehouse.home import DEPARTMENTS

Progress = Callable[[str], None]


def write_month(
    full_database: Path,
    outbox: Path,
    month: date,
    *,
    secret: bytes,
    issued_on: date | None = None,
    dossiers: bool = False,
    on_progress: Progress | None = None,
) -> list[Path]:
    """Write `outbox/<YYYY-MM>/`; writing again replaces file by file, and a failed run changes nothing.

    `secret` is the home's own (at least 16 bytes): it makes the tokens that bind answers to findings.
    `issued_on` (today) is the day the ten working days count from. Gives the files written.
    Raises BangfuError when nothing has been published yet.
    """
    issued_on = issued_on or date.today()
    request = Request(month.replace(day=1), issued_on, working_days_after(issued_on), secret)
    tell = on_progress or (lambda message: None)
    target = outbox / f"{request.month:%Y-%m}"
    with building_beside(target) as folder:
        with open_session(full_database, request) as connection:
            tell("月度核对总表")
            write_reconciliation(connection, request, folder)
            for department in DEPARTMENTS:
                tell(f"例外清单 {department}")
                write_exceptions(connection, request, folder, department=department)
            if dossiers:
                tell("一户一档")
                write_dossiers(connection, request, folder)
        return move_into_place(folder, target)

"""The door: the month's workbooks from the published warehouse."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from reports.dossiers import write_dossiers
from reports.due_date import due_date
from reports.exceptions import write_exceptions, write_town_exceptions
from reports.index_page import write_index
from reports.issuing import IssuedFact, facts_of
from reports.placing import building_beside, move_into_place
from reports.reconciliation import write_reconciliation
from reports.session import Request, open_session
from warehouse.home import DEPARTMENTS

Progress = Callable[[str], None]
Remember = Callable[[list[IssuedFact]], None]


def write_month(
    full_database: Path,
    outbox: Path,
    month: date,
    *,
    secret: bytes,
    issued_on: date | None = None,
    dossiers: bool = False,
    protected: frozenset[str] = frozenset(),
    passwords: Mapping[str, str] | None = None,
    remember: Remember | None = None,
    on_progress: Progress | None = None,
) -> list[Path]:
    """Write `outbox/<YYYY-MM>/`; writing again replaces file by file, and a failed run changes nothing.

    `secret` is the home's own (at least 16 bytes): it makes the tokens that bind answers to findings.
    `issued_on` (today) is the day the working days for an answer count from. `protected`: person ids and numbers of
    people shown without community. `passwords`: by recipient (office, a department, a town); its books open only with
    it.
    `remember` is told of every row that got a token before any book is in its place: no answer can come to an unknown
    one. Gives the workbooks written; beside them lies `index.html`, the month's figures without anybody's name.
    Raises BangfuError when nothing has been published yet.
    """
    issued_on = issued_on or date.today()
    request = Request(
        month=month.replace(day=1),
        issued_on=issued_on,
        due_on=due_date(full_database, issued_on),
        secret=secret,
        protected=protected,
        passwords=passwords or {},
    )
    tell = on_progress or (lambda message: None)
    target = outbox / f"{request.month:%Y-%m}"
    with building_beside(target) as folder:
        with open_session(full_database, request) as connection:
            tell("月度核对总表")
            write_reconciliation(connection, request, folder)
            write_index(connection, request, folder)
            for department in DEPARTMENTS:
                tell(f"例外清单 {department}")
                write_exceptions(connection, request, folder, department=department)
            tell("区镇清单")
            write_town_exceptions(connection, request, folder)
            if dossiers:
                tell("一户一档")
                write_dossiers(connection, request, folder)
            if remember:
                remember(facts_of(connection, request))
        return [path for path in move_into_place(folder, target) if path.suffix == ".xlsx"]

"""The monthly workbooks, made from the published warehouse."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

from flows.audit_log import record, record_written
from flows.home_secret import home_secret
from flows.keeping.books import people_in
from flows.settings import Settings
from flows.steps import RunStep, call
from reports.answers.issued import keep_issued
from reports.issuing import IssuedFact
from reports.locking import read_passwords
from reports.monthly import write_month
from reports.protected_list import read_protected
from warehouse.connection import connect, prepare_schema
from warehouse.errors import BangfuError
from warehouse.lock import exclusive
from warehouse.scratch import private_run


def monthly(settings: Settings, month: date, *, dossiers: bool = False, run_step: RunStep = call) -> list[Path]:
    """Write every workbook of a month into the outbox; gives their paths.

    Raises BangfuError when nothing is published yet.
    """
    home = settings.home
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly")
    home.prepare()
    with exclusive(home.lock_file, command="monthly"), private_run(home):
        passwords = read_passwords(home.root / "passwords")
        record(home, "writing", command="monthly", month=f"{month:%Y-%m}")
        books = run_step(
            "月度工作簿", write_month, home.full_database, home.outbox, month,
            secret=home_secret(home), dossiers=dossiers,
            protected=read_protected(home.root), passwords=passwords,
            remember=lambda issued: remember_issued(settings, issued),
        )  # fmt: skip
        record_written(home, month, books, partial(people_in, passwords=passwords.values()))
    return books


def remember_issued(settings: Settings, issued: list[IssuedFact]) -> None:
    """Keep in the working file what each token stands for, so that answers find their finding."""
    home = settings.home
    with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        prepare_schema(connection)
        keep_issued(connection, issued, datetime.now())
        connection.execute("checkpoint")

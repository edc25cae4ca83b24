"""The monthly workbooks, made from the published warehouse."""

import os
import secrets
from datetime import date, datetime
from pathlib import Path

from flows.settings import Settings
from flows.steps import RunStep, call
from reports.answers.issued import keep_issued
from reports.issuing import IssuedFact
from reports.locking import read_passwords
from reports.monthly import write_month
from reports.protected_list import read_protected
from warehouse.connection import connect, prepare_schema
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive


def monthly(settings: Settings, month: date, *, dossiers: bool = False, run_step: RunStep = call) -> list[Path]:
    """Write every workbook of a month into the outbox; gives their paths.

    Raises BangfuError when nothing is published yet.
    """
    home = settings.home
    if not home.full_database.exists():
        raise BangfuError(where=str(home.root), found="还没有发布过数据", remedy="先运行 bangfu nightly")
    home.prepare()
    with exclusive(home.lock_file, command="monthly"):
        return run_step(
            "月度工作簿", write_month, home.full_database, home.outbox, month,
            secret=home_secret(home), dossiers=dossiers,
            protected=read_protected(home.root), passwords=read_passwords(home.root / "passwords"),
            remember=lambda issued: remember_issued(settings, issued),
        )  # fmt: skip


def remember_issued(settings: Settings, issued: list[IssuedFact]) -> None:
    """Keep in the working file what each token stands for, so that answers find their finding."""
    home = settings.home
    with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        prepare_schema(connection)
        keep_issued(connection, issued, datetime.now())
        connection.execute("checkpoint")


def home_secret(home: Home) -> bytes:
    """The secret that makes row tokens unguessable; made once per home, readable by its owner alone."""
    file = home.warehouse / "secret.key"
    if not file.exists():
        partial = file.with_suffix(".new")
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(32))
            stream.flush()
            os.fsync(descriptor)
        partial.replace(file)
    return file.read_bytes()

"""A month's workbooks by e-mail, where the home has a `delivery.toml`."""

from datetime import date

from flows.audit_log import record
from flows.home_secret import home_secret
from flows.settings import Settings
from flows.steps import RunStep, call
from reports.delivery.mail_settings import FILE_NAME, read_mail_settings
from reports.delivery.mailing import Mailed, mail_month
from reports.locking import read_passwords
from warehouse.errors import BangfuError
from warehouse.lock import exclusive


def deliver(settings: Settings, month: date, *, run_step: RunStep = call) -> list[Mailed] | None:
    """Mail what was not mailed yet; gives what became of each recipient's workbook, None where mail is not set up.

    Holds a lock of its own: waiting for a mail server keeps no nightly run waiting. Raises BangfuError for settings
    that cannot be used and where the month was not written.
    """
    home = settings.home
    mail = read_mail_settings(home.root)
    if mail is None:
        return None
    if not (home.outbox / f"{month:%Y-%m}").is_dir():
        remedy = f"先运行 bangfu monthly --month {month:%Y-%m}"
        raise BangfuError(where=f"{month:%Y-%m}", found="还没有这个月的工作簿", remedy=remedy)
    with exclusive(home.warehouse / "delivery.lock", command="deliver"):
        record(home, "mailing", command="deliver", month=f"{month:%Y-%m}", recipients=list(mail.recipients))
        mailed = run_step(
            "邮件送达", mail_month, home, month, mail,
            secret=home_secret(home), passwords=read_passwords(home.root / "passwords"),
        )  # fmt: skip
        told = [
            {"recipient": one.entry.recipient, "state": one.entry.state, "message_id": one.entry.message_id}
            for one in mailed
            if one.is_new
        ]
        record(home, "mailed", command="deliver", month=f"{month:%Y-%m}", letters=told)
    return mailed


def required(mailed: list[Mailed] | None) -> list[Mailed]:
    """For who asked for mail: raises BangfuError where it is not set up."""
    if mailed is None:
        raise BangfuError(where=FILE_NAME, found="没有设定邮件送达", remedy="按 README 写好后再运行 bangfu deliver")
    return mailed

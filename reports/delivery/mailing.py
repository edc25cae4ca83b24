"""The door: a month's workbooks to everybody who has an address, each content once."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.delivery.bounces import new_bounces
from reports.delivery.ledger import REFUSED, SENDING, SENT, UNSENT, WITHHELD, Entry, Ledger
from reports.delivery.letter import Letter, NotMailable, read_letter, write_message
from reports.delivery.mail_settings import MailSettings
from reports.delivery.post import Broken, Refused, Unreachable, send
from warehouse.home import Home

logger = logging.getLogger("bangfu")
AGAIN = "上次交寄时中断,是否寄到不能确定;这次用同一邮件编号重寄"


@dataclass(frozen=True)
class Mailed:
    """What became of one recipient's workbook; `is_new` is false where it had been sent before this run."""

    entry: Entry
    is_new: bool = True


def mail_month(
    home: Home, month: date, settings: MailSettings, *, secret: bytes, passwords: Mapping[str, str]
) -> list[Mailed]:
    """Mail the month's workbooks from the outbox; gives one Mailed per recipient of the settings, in their order.

    Sent ones are not sent again; refused, bounced, unsent and interrupted ones are tried again. When the server cannot
    be reached the others are not tried. `secret` is the home's own. Only one run at a time: the caller sees to it.
    """
    ledger = Ledger(home)
    for entry in new_bounces(ledger, home):
        ledger.add(entry)
    run = _Run(ledger, settings)
    told = []
    for recipient, address in settings.recipients.items():
        try:
            letter = read_letter(
                home.outbox / f"{month:%Y-%m}",
                month,
                recipient,
                address=address,
                password=passwords.get(recipient),
                secret=secret,
                host=settings.sender.rpartition("@")[2],
            )
        except NotMailable as reason:
            told.append(Mailed(run.note(month, recipient, WITHHELD, why=str(reason))))
        else:
            told.append(run.mail(letter))
        logger.info("邮件 %s:%s", recipient, told[-1].entry.state)
    return told


class _Run:
    """One run over the recipients; remembers that the server is out of reach."""

    def __init__(self, ledger: Ledger, settings: MailSettings) -> None:
        self.ledger = ledger
        self.settings = settings
        self.obstacle = ""

    def note(self, month: date, recipient: str, state: str, *, message_id: str = "", why: str = "") -> Entry:
        entry = Entry(f"{month:%Y-%m}", recipient, state, message_id, why)
        self.ledger.add(entry)
        return entry

    def mail(self, letter: Letter) -> Mailed:
        known = self.ledger.letter(letter.message_id)
        if known and known.state == SENT:
            return Mailed(known, is_new=False)
        state, why = self._hand_over(letter, is_again=bool(known and known.state == SENDING))
        return Mailed(self.note(letter.month, letter.recipient, state, message_id=letter.message_id, why=why))

    def _hand_over(self, letter: Letter, *, is_again: bool) -> tuple[str, str]:
        """The state the letter is in now, and why. An interrupted letter stays interrupted until it is taken."""
        waiting = SENDING if is_again else UNSENT
        if self.obstacle:
            return waiting, self.obstacle
        message = write_message(letter, sender=self.settings.sender)
        self.note(letter.month, letter.recipient, SENDING, message_id=letter.message_id)
        try:
            send(self.settings, message)
        except Unreachable as reason:
            self.obstacle = str(reason)
            return waiting, self.obstacle
        except Broken as reason:
            return SENDING, str(reason)
        except Refused as reason:
            return REFUSED, str(reason)
        return SENT, AGAIN if is_again else ""

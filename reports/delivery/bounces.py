"""Notices of mail that came back, put into `<home>/bounces` as files (.eml, a Maildir): which letter, and why.

A notice counts when it quotes the Message-ID of a letter of ours, which nobody can guess. Addresses are not read.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from reports.delivery.ledger import BOUNCED, Entry, Ledger
from warehouse.home import Home

FOLDER = "bounces"
LONGEST = 50_000_000  # bytes; a notice may carry the whole letter
FAILED = "failed"
_OURS = re.compile(rb"<bangfu\.[0-9a-f]{40}@[A-Za-z0-9.-]+>")
_STATUS = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
_ROBOTS = re.compile(r"\b(?:mailer-daemon|postmaster)@", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """One notice: the letter it is about, the enhanced status code (may be empty), the hash of the file."""

    message_id: str
    status: str
    sha256: str


def new_bounces(ledger: Ledger, home: Home) -> list[Entry]:
    """What the notices of failure say of letters of ours, each notice once.

    A notice stays in its folder; a letter that was sent again since is not undone by it.
    """
    known = {entry.bounce for entry in ledger.entries}
    found = {}
    for bounce in read_bounces(home.root):
        letter = ledger.letter(bounce.message_id)
        if letter and bounce.sha256 not in known:
            why = f"退信({bounce.status or '原因见退信'})"
            found[bounce.sha256] = Entry(
                letter.month, letter.recipient, BOUNCED, letter.message_id, why, bounce=bounce.sha256
            )
    return list(found.values())


def read_bounces(root: Path) -> list[Bounce]:
    """Every notice of a failure in the folder, in the order of file names. What is no such notice is passed over."""
    folder = root / FOLDER
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size <= LONGEST)
    return [bounce for path in files if (bounce := _read(path.read_bytes()))]


def _read(content: bytes) -> Bounce | None:
    notice = message_from_bytes(content)
    letters = set(_OURS.findall(content)).union(*map(_OURS.findall, _texts(notice)))
    if len(letters) != 1:
        return None
    status = _reported(notice) if notice.get_content_type() == "multipart/report" else _plain(notice)
    if status is None:
        return None
    return Bounce(letters.pop().decode(), status, hashlib.sha256(content).hexdigest())


def _texts(notice: Message) -> Iterator[bytes]:
    """The texts of a notice as written; in Chinese they usually travel as base64."""
    for part in notice.walk():
        if part.get_content_maintype() == "text":
            words = part.get_payload(decode=True)
            yield words if isinstance(words, bytes) else b""


def _reported(notice: Message) -> str | None:
    """The status of the recipient that failed; None where the report only tells of a delay or of success."""
    for part in notice.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.walk():
            if str(block.get("Action", "")).strip().lower() == FAILED:
                found = _STATUS.search(str(block.get("Status", "")))
                return found.group() if found else ""
    return None


def _plain(notice: Message) -> str | None:
    """Many providers send no report but a letter of their own; an answer of a person is none."""
    is_robot = str(notice.get("Return-Path", "")).strip() == "<>" or _ROBOTS.search(str(notice.get("From", "")))
    return "" if is_robot else None

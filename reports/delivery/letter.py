"""One recipient's workbook as a letter: only an encrypted one, and nothing about a person outside it."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from email.utils import localtime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import olefile
from msoffcrypto.format.ooxml import OOXMLFile

from reports.exceptions import TOWN_FOLDER
from reports.tabs import file_name
from warehouse.home import DEPARTMENTS

OFFICE_KEY = "office"
WRITTEN_AT = "docProps/core.xml"  # holds the second of writing: no content


class NotMailable(Exception):
    """Why a workbook may not be mailed, in Chinese."""


@dataclass(frozen=True)
class Letter:
    """What one recipient is sent; `content` is the encrypted workbook."""

    recipient: str
    address: str = field(repr=False)
    month: date
    attachment: str
    content: bytes = field(repr=False)
    message_id: str


def read_letter(
    folder: Path, month: date, recipient: str, *, address: str, password: str | None, secret: bytes, host: str
) -> Letter:
    """The recipient's workbook of a month's folder. `host`: what stands behind the @ of the Message-ID.

    Its Message-ID follows from the home's secret, month, recipient, address and readable content: a book written again
    with nothing changed is the same letter, although encryption makes other bytes of it; to a corrected address it is
    another. Raises NotMailable.
    """
    path = folder / workbook_name(month, recipient)
    if not path.is_file():
        raise NotMailable("本月没有它的工作簿:先运行 bangfu monthly,或核对 delivery.toml 里的名称")
    if password is None:
        raise NotMailable(f"没有设口令(passwords/{recipient}.txt),未加密的工作簿不寄:设好后重新运行 bangfu monthly")
    content = path.read_bytes()
    about = f"{month:%Y-%m}|{recipient}|{address}|{_content_hash(content, password)}"
    told = hmac.new(secret, about.encode(), hashlib.sha256).hexdigest()[:40]
    return Letter(recipient, address, month, path.name, content, f"<bangfu.{told}@{host}>")


def workbook_name(month: date, recipient: str) -> str:
    """Where below the month's folder a recipient's workbook lies."""
    if recipient == OFFICE_KEY:
        return f"月度核对总表_{month:%Y-%m}.xlsx"
    if recipient in DEPARTMENTS:
        return f"例外清单_{recipient}_{month:%Y-%m}.xlsx"
    return f"{TOWN_FOLDER}/区镇清单_{file_name(recipient)}_{month:%Y-%m}.xlsx"


def write_message(letter: Letter, *, sender: str) -> EmailMessage:
    """The letter as a message; asks mail programs not to answer by themselves."""
    message = EmailMessage()
    message["Subject"] = f"帮扶 {letter.month:%Y-%m} 月度清单"
    message["From"], message["To"] = sender, letter.address
    message["Date"], message["Message-ID"] = localtime(), letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        f"附件是 {letter.month.year} 年 {letter.month.month} 月的清单,已加密,用另行告知的口令打开。\n"
        "填写后原样交回协调办公室,不要改表头;请勿转发,也不要把口令写在邮件里。\n"
        "同一月份收到多份时,以最后一份为准。\n"
    )
    message.add_attachment(
        letter.content,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=letter.attachment,
    )
    return message


def _content_hash(content: bytes, password: str) -> str:
    """sha256 over what the workbook holds; that the recipient's own password opens it proves it theirs and locked."""
    readable = BytesIO()
    if not olefile.isOleFile(content):
        raise NotMailable("工作簿没有加密,不寄:设好口令后重新运行 bangfu monthly")
    try:
        book = OOXMLFile(BytesIO(content))
        book.load_key(password=password, verify_password=True)
        book.decrypt(readable)
    except Exception:  # noqa: BLE001 - msoffcrypto fails in many ways; whichever, it is not to be mailed
        raise NotMailable("现在的口令打不开它的工作簿,不寄:重新运行 bangfu monthly") from None
    told = hashlib.sha256()
    with ZipFile(readable) as parts:
        for name in sorted(set(parts.namelist()) - {WRITTEN_AT}):
            told.update(f"{name}|{hashlib.sha256(parts.read(name)).hexdigest()}\n".encode())
    return told.hexdigest()

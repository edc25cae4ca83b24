"""One notice over one channel. What the other side says is kept as its number: its words may quote addresses."""

import json
import ssl
from email.message import EmailMessage
from email.utils import localtime
from http import HTTPStatus
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from flows.notices.ledger import Waiting
from flows.notices.notice_settings import MAIL, WEBHOOK, NoticeSettings, Webhook
from reports.delivery import post
from reports.delivery.mail_settings import MailSettings

WORTH_RETRYING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class NotSent(Exception):
    """Why a notice did not get through, in Chinese; `again`: a second try may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


def send(settings: NoticeSettings, waiting: Waiting) -> None:
    """Send one notice over its channel. Raises NotSent."""
    if waiting.channel == WEBHOOK and settings.webhook:
        _post(settings.webhook, waiting)
    elif settings.server:
        _mail(settings.server, settings.addresses[waiting.channel.removeprefix(MAIL)], waiting)


def _mail(server: MailSettings, address: str, waiting: Waiting) -> None:
    message = EmailMessage()
    message["Subject"] = f"帮扶通知:{waiting.subject}"
    message["From"], message["To"] = server.sender, address
    message["Date"] = localtime()
    message["Message-ID"] = f"<bangfu.notice.{waiting.notice_id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{waiting.text}\n\n{waiting.raised_at.replace('T', ' ')}\n")
    try:
        post.send(server, message)
    except (post.Unreachable, post.Broken) as reason:
        raise NotSent(str(reason), again=True) from None
    except post.Refused as reason:
        raise NotSent(str(reason), again=False) from None


class _NoRedirect(HTTPRedirectHandler):
    """The secret goes to the configured place and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        return None


def _post(webhook: Webhook, waiting: Waiting) -> None:
    """POST as JSON, past any proxy: the receiver is on the intranet."""
    body = {"id": waiting.notice_id, "subject": waiting.subject, "text": waiting.text, "at": waiting.raised_at}
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if webhook.secret:
        headers["Authorization"] = f"Bearer {webhook.secret}"
    try:
        trusted = ssl.create_default_context(cafile=webhook.ca_file)
        opener = build_opener(ProxyHandler({}), HTTPSHandler(context=trusted), _NoRedirect)
        request = Request(webhook.url, json.dumps(body, ensure_ascii=False).encode(), headers, method="POST")
        with opener.open(request, timeout=webhook.timeout):
            pass
    except HTTPError as error:
        error.close()
        again = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code in WORTH_RETRYING
        raise NotSent(f"webhook 没有接收({error.code})", again=again) from None
    except (OSError, HTTPException, ValueError) as error:  # ValueError: a URL that urllib cannot take apart
        raise NotSent(f"连不上 webhook({type(error).__name__})", again=True) from None

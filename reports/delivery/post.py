"""Handing one message to the mail server. What the server says is kept as its numbers: its words quote addresses."""

import re
import ssl
from contextlib import suppress
from email.message import EmailMessage
from smtplib import SMTP, SMTP_SSL, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from reports.delivery.mail_settings import STARTTLS, TLS, MailSettings

PERMANENT = 500
_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


class Unreachable(Exception):
    """The server could not be reached or would not let us in: nothing was handed over."""


class Refused(Exception):
    """The server refused this message: it was not delivered."""


class Broken(Exception):
    """The talk broke off while the message was handed over: it may have been taken."""


def send(settings: MailSettings, message: EmailMessage) -> None:
    """Hand over a message to the one recipient it names; returns when the server has taken charge of it.

    Raises Unreachable, Refused or Broken, with the reason in Chinese.
    """
    server = _open(settings)
    try:
        server.send_message(message)
    except SMTPRecipientsRefused as error:
        ((code, words),) = error.recipients.values()
        raise Refused(_reason("收件地址", code, words)) from None
    except SMTPResponseException as error:
        raise Refused(_reason("邮件", error.smtp_code, error.smtp_error)) from None
    except OSError as error:  # SMTPServerDisconnected is one too
        raise Broken(f"交寄中连接断开({type(error).__name__}),是否寄到不能确定") from None
    finally:
        # What happens while saying goodbye changes nothing about the message.
        with suppress(OSError):
            server.quit()
        server.close()


def _open(settings: MailSettings) -> SMTP:
    server: SMTP | None = None
    try:
        trusted = ssl.create_default_context(cafile=settings.ca_file)
        if settings.security == TLS:
            server = SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=trusted)
        else:
            server = SMTP(settings.host, settings.port, timeout=settings.timeout)
        if settings.security == STARTTLS:
            server.starttls(context=trusted)
        if settings.user and settings.password:
            server.login(settings.user, settings.password)
        return server
    except OSError as error:
        if server:
            server.close()
        raise Unreachable(_obstacle(error)) from None


def _obstacle(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "邮件服务器的证书不可信:核对 host,或用 ca_file 指明本单位的根证书"
    if isinstance(error, SMTPResponseException):
        return _reason("连接或登录", error.smtp_code, error.smtp_error)
    if isinstance(error, SMTPNotSupportedError):
        return "邮件服务器不支持所设的加密或登录方式"
    return f"连不上邮件服务器({type(error).__name__}):核对 host、port 和网络"


def _reason(what: str, code: int, words: bytes | str) -> str:
    enhanced = _ENHANCED.search(words if isinstance(words, bytes) else words.encode())
    number = f"{code} {enhanced.group().decode()}" if enhanced else f"{code}"
    return f"{what}{'被拒收' if code >= PERMANENT else '暂时不收'}({number})"

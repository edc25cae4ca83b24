"""`notices.toml`: whom a home tells, and after how many hours without a good night."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports.delivery import mail_settings
from reports.delivery.mail_settings import MailSettings, read_mail_settings
from reports.locking import PRIVATE
from warehouse.errors import BangfuError

FILE_NAME = "notices.toml"
MAIL, WEBHOOK = "mail:", "webhook"
HOURS_WITHOUT_NIGHT = 30
WORDS: Mapping[str, type] = {"hours_without_night": int, "mail": dict, "webhook": dict}
WEBHOOK_WORDS: Mapping[str, type] = {"url": str, "secret_file": str, "ca_file": str, "timeout": int}
SECONDS = 20
_URL = re.compile(r"https?://[^\s@]+")  # no login inside: it would end up in logs


@dataclass(frozen=True)
class Webhook:
    """Where to POST; `secret` goes into the header Authorization, `timeout` is in seconds."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: int = SECONDS


@dataclass(frozen=True)
class NoticeSettings:
    """The channels of a home. `addresses`: key people gave it → address; the mail server is that of delivery.toml."""

    addresses: Mapping[str, str] = field(default_factory=dict, repr=False)
    server: MailSettings | None = None
    webhook: Webhook | None = None
    hours_without_night: int = HOURS_WITHOUT_NIGHT

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels as the ledger keeps them: no address, no URL."""
        return (*(f"{MAIL}{key}" for key in self.addresses), *((WEBHOOK,) if self.webhook else ()))


def read_notice_settings(root: Path) -> NoticeSettings | None:
    """The settings of a home; None without `notices.toml`. Raises BangfuError, which quotes no address or URL."""
    file = root / FILE_NAME
    if not file.exists():
        return None
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _fault("不是 UTF-8 的 TOML 文件", "照 docs/operations.md 的样子写") from None
    _check_words(told, WORDS, "")
    addresses = _addresses(told.get("mail", {}))
    server = read_mail_settings(root) if addresses else None
    if addresses and server is None:
        raise _fault("写了 [mail],但没有邮件服务器", f"邮件服务器写在 {mail_settings.FILE_NAME}")
    return NoticeSettings(addresses, server, _webhook(root, told), told.get("hours_without_night", HOURS_WITHOUT_NIGHT))


def _addresses(told: Mapping[str, Any]) -> dict[str, str]:
    for key, address in told.items():
        if not isinstance(address, str) or not mail_settings.is_address(address):
            raise _fault(f"mail.{key} 的邮箱写得不对", "每个收件人写一个邮箱地址")
    return dict(told)


def _webhook(root: Path, told: Mapping[str, Any]) -> Webhook | None:
    if "webhook" not in told:
        return None
    words = told["webhook"]
    _check_words(words, WEBHOOK_WORDS, "webhook.")
    if not _URL.fullmatch(words.get("url", "")):
        raise _fault("webhook.url 写得不对", "以 http:// 或 https:// 开头,不含用户名和口令")
    return Webhook(
        words["url"],
        _secret(root, words["secret_file"]) if "secret_file" in words else None,
        str(root / words["ca_file"]) if "ca_file" in words else None,
        words.get("timeout", SECONDS),
    )


def _secret(root: Path, name: str) -> str:
    file = root / name
    if not file.is_file():
        raise _fault("secret_file 指的文件不存在", "把密钥写进那个文件,只写一行")
    if file.stat().st_mode & PRIVATE:
        raise _fault("别的用户也能读取 secret_file 指的文件", "chmod 600 这个文件")
    secret = file.read_text(encoding="utf-8-sig").strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise _fault("secret_file 里的密钥不能用", "只写一行字母、数字和符号")
    return secret


def _check_words(told: Mapping[str, Any], known: Mapping[str, type], prefix: str) -> None:
    for word, value in told.items():
        if word not in known:
            raise _fault(f"不认识 {prefix}{word}", f"只写 {'、'.join(known)}")
        if type(value) is not known[word] or not value or (isinstance(value, int) and value < 0):
            raise _fault(f"{prefix}{word} 写得不对", "文字加引号,数字不加,都不能为空")


def _fault(found: str, remedy: str) -> BangfuError:
    return BangfuError(where=FILE_NAME, found=found, remedy=remedy)

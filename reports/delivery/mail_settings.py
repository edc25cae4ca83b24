"""`delivery.toml`: the mail server of a home and the address of each recipient."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports.locking import PRIVATE
from warehouse.errors import BangfuError

FILE_NAME = "delivery.toml"
STARTTLS, TLS, PLAIN = "starttls", "ssl", "none"
PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}
KINDS = {"host": str, "port": int, "security": str, "from": str, "user": str, "password_file": str, "ca_file": str,
         "timeout": int, "recipients": dict}  # fmt: skip
NEEDED = ("host", "security", "from", "recipients")
SECONDS = 30
# No sign that could end a header line or open a second address; one address each: a list is the mail server's business.
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", "[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")


@dataclass(frozen=True)
class MailSettings:
    """How to reach the server, and recipient → address; `timeout` in seconds holds for each step of the talk."""

    host: str
    port: int
    security: str
    sender: str
    recipients: Mapping[str, str] = field(repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: int = SECONDS


def read_mail_settings(root: Path) -> MailSettings | None:
    """The settings of a home; None where it has no `delivery.toml`. Raises BangfuError, which quotes no address."""
    file = root / FILE_NAME
    if not file.exists():
        return None
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _fault("不是 UTF-8 的 TOML 文件", "照 README 的样子写") from None
    _check(told)
    user, password = told.get("user"), _password(root, told)
    if (user is None) != (password is None):
        raise _fault("user 和 password_file 只写了一个", "两个都写,或都不写")
    if user and told["security"] == PLAIN:
        raise _fault("不加密的连接不能登录:口令会被旁人看到", "security 写 starttls 或 ssl")
    return MailSettings(
        host=told["host"],
        port=told.get("port", PORTS[told["security"]]),
        security=told["security"],
        sender=told["from"],
        recipients=told["recipients"],
        user=user,
        password=password,
        ca_file=str(root / told["ca_file"]) if "ca_file" in told else None,
        timeout=told.get("timeout", SECONDS),
    )


def _check(told: Mapping[str, Any]) -> None:
    if unknown := sorted(told.keys() - KINDS.keys()):
        raise _fault(f"不认识 {'、'.join(unknown)}", f"只写 {'、'.join(KINDS)}")
    if missing := [name for name in NEEDED if name not in told]:
        raise _fault(f"缺少 {'、'.join(missing)}", "补上后再运行 bangfu deliver")
    for name, value in told.items():
        if type(value) is not KINDS[name] or not value:
            raise _fault(f"{name} 写得不对", "文字加引号,数字不加,都不能为空")
    if told["security"] not in PORTS:
        raise _fault("security 写得不对", f"写 {'、'.join(PORTS)} 之一")
    for name, address in {"from": told["from"], **told["recipients"]}.items():
        if not isinstance(address, str) or not is_address(address):
            raise _fault(f"{name} 的邮箱写得不对", "每个收件人写一个邮箱地址")


def is_address(text: str) -> bool:
    """One plain address that nothing can be smuggled into a header with."""
    return _ADDRESS.fullmatch(text) is not None


def _password(root: Path, told: Mapping[str, Any]) -> str | None:
    if "password_file" not in told:
        return None
    file = root / told["password_file"]
    if not file.is_file():
        raise _fault("password_file 指的文件不存在", "把邮箱口令写进那个文件,只写一行")
    if file.stat().st_mode & PRIVATE:
        raise _fault("别的用户也能读取 password_file 指的文件", "chmod 600 这个文件")
    return file.read_text(encoding="utf-8-sig").strip("\r\n")


def _fault(found: str, remedy: str) -> BangfuError:
    return BangfuError(where=FILE_NAME, found=found, remedy=remedy)

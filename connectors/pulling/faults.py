"""Why a source could not be pulled: a cause people can act on, and whether trying again can help.

Messages of paramiko, smbprotocol and database drivers carry hosts, users, statements and values: of a foreign
error only its kind is kept.
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from warehouse.errors import BangfuError

Result = TypeVar("Result")
ATTEMPTS = 3
FIRST_WAIT = 5.0
WAIT_GROWS = 3


@dataclass(frozen=True)
class Cause:
    """What is wrong, what to do, and whether another attempt in the same run makes sense."""

    found: str
    remedy: str
    retry: bool = False


class PullFault(BangfuError):
    """A fault of one source; `where` is the source's name in pulling.toml."""

    def __init__(self, source: str, cause: Cause, code: str = "") -> None:
        found = f"{cause.found}({code})" if code else cause.found
        super().__init__(where=f"来源 {source}", found=found, remedy=cause.remedy)
        self.cause = cause


Judge = Callable[[BaseException], Cause | None]
KEPT = "已经收到的不受影响,下次运行再取"
MISSING = Cause("对方没有这个目录", "核对 pulling.toml 的 path;共享目录没有挂上的先挂上", retry=True)
FORBIDDEN = Cause("没有读取的权限", "请对方给这个用户开通只读权限")
BUSY = Cause("对方正在写这个文件", KEPT)
NAMES = Cause("对方有不是 UTF-8 编码的文件名", "请对方改掉文件名,或把服务器的文件名编码设成 UTF-8")
NETWORK = Cause("连接不上或中途断开", f"检查网络和对方的服务器;{KEPT}", retry=True)
_ERRNO = {
    errno.ENOENT: MISSING,
    errno.ENOTDIR: MISSING,
    errno.EISDIR: MISSING,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
}


def general(error: BaseException) -> Cause | None:
    """What the system's own errors mean; None for what no source explains."""
    if isinstance(error, UnicodeDecodeError):
        return NAMES
    if isinstance(error, (OSError, EOFError)):
        return _ERRNO.get(getattr(error, "errno", None) or 0, NETWORK)
    return None


@contextmanager
def told_as(source: str, own: Judge = general) -> Iterator[None]:
    """Turn what a source's library raises into a PullFault; `own`: the library's meaning of its errors, asked first."""
    try:
        yield
    except BangfuError:
        raise
    except Exception as error:
        cause = own(error) or general(error)
        if cause is None:
            raise
        raise PullFault(source, cause, code_of(error)) from None


def code_of(error: BaseException) -> str:
    """The kind of a foreign error and its number, without any of its text."""
    number = getattr(error, "errno", None)
    name = errno.errorcode.get(number) if isinstance(number, int) else None
    return f"{type(error).__name__} {name}" if name else type(error).__name__


def again(work: Callable[[], Result], sleep: Callable[[float], None]) -> Result:
    """Do it, and once or twice more after a growing wait where the fault says that can help."""
    wait = FIRST_WAIT
    for _ in range(ATTEMPTS - 1):
        try:
            return work()
        except PullFault as fault:
            if not fault.cause.retry:
                raise
        sleep(wait)
        wait *= WAIT_GROWS
    return work()

"""Secrets of the sources: from a file of the home that only its owner reads, or an environment variable."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from connectors.pulling.faults import Cause, PullFault

OTHERS = stat.S_IRWXG | stat.S_IRWXO
NO_FILE = Cause("口令或密钥的文件不存在", "把它放进本装置的数据目录,只写一行口令,并 chmod 600")
NOT_PRIVATE = Cause("别的用户也能读取口令或密钥的文件", "chmod 600 这个文件")
OUTSIDE = Cause("口令或密钥的文件不在本装置的数据目录里", "把它放进数据目录,pulling.toml 里写相对路径")
NOT_TEXT = Cause("口令文件不是 UTF-8 的文字", "用 UTF-8 重新保存,只写一行口令")
NO_VARIABLE = Cause("password_env 指的环境变量没有设定", "在运行 bangfu 的服务里设定它,或改用 password_file")


@dataclass(frozen=True)
class SecretAt:
    """Where a secret is: a file of the home or a variable; neither: there is none."""

    file: str | None = None
    variable: str | None = None


@dataclass(frozen=True)
class Vault:
    """Reads secrets. root: the home; environment: value of a variable or None."""

    root: Path
    environment: Callable[[str], str | None]

    def secret(self, source: str, at: SecretAt) -> str | None:
        """The secret itself; raises PullFault where it is declared and cannot be had."""
        if at.variable is not None:
            value = self.environment(at.variable)
            if not value:
                raise PullFault(source, NO_VARIABLE)
            return value
        if at.file is None:
            return None
        try:
            return self.private_file(source, at.file).read_text(encoding="utf-8-sig").strip("\r\n")
        except UnicodeDecodeError:
            raise PullFault(source, NOT_TEXT) from None

    def private_file(self, source: str, name: str) -> Path:
        """A file of the home that nobody else can read."""
        file = (self.root / name).resolve()
        if not file.is_relative_to(self.root.resolve()):
            raise PullFault(source, OUTSIDE)
        if not file.is_file():
            raise PullFault(source, NO_FILE)
        if file.stat().st_mode & OTHERS:
            raise PullFault(source, NOT_PRIVATE)
        return file

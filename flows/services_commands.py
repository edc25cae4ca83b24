"""`bangfu services --write DIR`: the systemd units, filled in for this installation."""

import argparse
import os
import pwd
import re
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from flows.settings import PROJECT, Settings
from warehouse.errors import BangfuError

TEMPLATES = Path(__file__).parent / "services"
PREFECT_PORT = 4200
BACKUP = "@BACKUP@"
# Anything else would have to be escaped in a unit, differently from line to line.
_PLAIN = re.compile(r"[\w./+@:-]+")


def add_services(subcommands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the program's parser."""
    services = subcommands.add_parser("services", parents=[shared], help="写出本装置的 systemd 服务文件")
    services.add_argument("--write", type=Path, required=True, metavar="DIR", help="写到哪个目录")
    services.add_argument("--user", default=pwd.getpwuid(os.getuid()).pw_name, help="以哪个用户运行(默认当前用户)")
    services.add_argument("--backup", type=Path, metavar="DIR", help="备份到哪个目录(不写就没有备份的服务)")
    services.add_argument("--port", type=int, default=PREFECT_PORT, help="Prefect 服务器的端口(默认 4200)")
    services.set_defaults(run=run_services)


def run_services(settings: Settings, options: Namespace) -> int:
    """`bangfu services --write DIR [--user NAME] [--backup DIR] [--port PORT]`."""
    values = {
        "USER": options.user,
        "HOME": str(settings.home.root),
        "PROJECT": str(PROJECT),
        "PYTHON": sys.executable,
        "PORT": str(options.port),
    } | ({"BACKUP": str(options.backup.absolute())} if options.backup else {})
    for written in write_units(options.write, values):
        print(f"  {written}")
    print(f"已写到 {options.write};下一步见 docs/operations.md")
    return 0


def write_units(folder: Path, values: dict[str, str]) -> list[Path]:
    """Fill the templates into the folder, those for back-ups only where one is wanted; gives the paths below it.

    Raises BangfuError for a value that no unit can hold.
    """
    for name, value in values.items():
        if not _PLAIN.fullmatch(value):
            remedy = "换成只有字母、数字、文字和 . / + @ : _ - 的路径或名称"
            raise BangfuError(where="bangfu services", found=f"{name} 里有服务文件不能写的字符", remedy=remedy)
    written = []
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        text = template.read_text(encoding="utf-8")
        if BACKUP in text and "BACKUP" not in values:
            continue
        for name, value in values.items():
            text = text.replace(f"@{name}@", value)
        target = folder / template.relative_to(TEMPLATES)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        target.chmod(template.stat().st_mode & 0o777)
        written.append(target.relative_to(folder))
    return written

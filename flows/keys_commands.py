"""`bangfu key`: make a key, put everything under it, see whether all is well."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from flows.settings import Settings
from warehouse.encryption.keyring import key_for
from warehouse.encryption.keys import write_new_key, write_secret
from warehouse.errors import BangfuError

Action = Callable[[Settings, Namespace], int]
DONE, FAILED = 0, 1
SHOWN_FAULTS = 20
KEEP_SAFE = "请另存一份在别处:丢了它,数据谁也打不开"


def add_keys(
    subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    """`bangfu key …`; `--home` may stand before or behind the action."""
    key = subcommands.add_parser("key", parents=[shared], help="加密:生成、更换、检查密钥")
    behind = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    behind.add_argument("--home", help=argparse.SUPPRESS)
    behind.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    actions = key.add_subparsers(dest="action", required=True, metavar="动作")

    def action(name: str, run: Action, told: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, parents=[behind], help=told)
        made.set_defaults(run=run)
        return made

    action("new", run_new, "生成密钥文件").add_argument("file", type=Path, help="新的密钥文件")
    rotate = action("rotate", run_rotate, "用另一把密钥重新加密全部数据(还没有加密的,第一次加密)")
    rotate.add_argument("--to", type=Path, required=True, help="新的密钥文件")
    action("check", run_check, "检查全部数据:打得开、没有改动、别人读不到")
    analyst = action("analyst", run_analyst, "写出只能打开分析库的密钥,交给分析人员")
    analyst.add_argument("--to", type=Path, required=True, help="写到哪个新文件")
    opened = action("open", run_open, "把存档中的一个文件解密出来查看")
    opened.add_argument("file", type=Path, help="存档中的文件")
    opened.add_argument("--to", type=Path, required=True, help="写到哪个新文件")


def run_new(settings: Settings, options: Namespace) -> int:
    """`bangfu key new FILE`."""
    if options.file.resolve().is_relative_to(settings.home.root):
        raise BangfuError(where=str(options.file), found="密钥不能放在数据目录里", remedy="换一个目录,最好在另一个磁盘")
    key = write_new_key(options.file)
    print(f"已生成密钥 {key.name}:{options.file}。{KEEP_SAFE}")
    print(f"  新装置:设 BANGFU_KEY_FILE={options.file};已有数据的,先运行 bangfu key rotate --to {options.file}")
    return DONE


def run_rotate(settings: Settings, options: Namespace) -> int:
    """`bangfu key rotate --to FILE`."""
    from flows.key_rotation import rotate

    told = rotate(settings, options.to)
    if not told.databases and not told.files:
        print(f"全部数据已经是用密钥 {told.new} 加密的")
        return DONE
    print(f"已用密钥 {told.new} 重新加密 {told.databases} 个数据库、{told.files} 个文件。{KEEP_SAFE}")
    print(f"  从现在起设 BANGFU_KEY_FILE={options.to};分析人员的密钥要重新写出(bangfu key analyst)")
    print("  以前的备份仍用以前的密钥:备份还在,旧密钥就不能丢")
    return DONE


def run_check(settings: Settings, options: Namespace) -> int:
    """`bangfu key check`."""
    from flows.key_check import check_keys

    told = check_keys(settings)
    print(f"密钥 {told.key}" if told.key else "没有设 BANGFU_KEY_FILE")
    result = f"{len(told.faults)} 处不对" if told.faults else "都好"
    print(f"看过 {told.databases} 个数据库、{told.files} 个存档文件:{result}")
    for file, fault in told.faults[:SHOWN_FAULTS]:
        print(f"  {file}:{fault}")
    return FAILED if told.faults else DONE


def run_analyst(settings: Settings, options: Namespace) -> int:
    """`bangfu key analyst --to FILE`."""
    key = key_for(settings.home.root)
    if key is None:
        raise BangfuError(where="分析库", found="没有加密,不用密钥", remedy="直接用 DuckDB 打开 analyst.duckdb")
    write_secret(options.to, key.analysts)
    print(f"已写到 {options.to}。在 DuckDB 1.5 以上打开:")
    print("  attach 'analyst.duckdb' as bangfu (encryption_key '文件里的那一行', read_only); use bangfu; from docs")
    return DONE


def run_open(settings: Settings, options: Namespace) -> int:
    """`bangfu key open FILE --to FILE`."""
    from warehouse.encryption.private_files import copy_with

    if not options.file.is_file() or options.to.exists():
        found = "已有这个文件,不覆盖" if options.file.is_file() else "没有这个文件"
        raise BangfuError(
            where=str(options.to if options.file.is_file() else options.file), found=found, remedy="检查路径"
        )
    try:
        copy_with(options.file, key_for(settings.home.root), options.to, None)
    except BangfuError:
        options.to.unlink(missing_ok=True)  # what came before the damage is not to be taken for the file
        raise
    print(f"已解密到 {options.to};看完请删除")
    return DONE

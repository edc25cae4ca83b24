"""`bangfu backup` and `bangfu restore`."""

import argparse
from argparse import Namespace
from pathlib import Path

from flows.settings import Settings

DONE = 0


def add_backup(
    subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    """Both commands with their options."""
    backup = subcommands.add_parser("backup", parents=[shared], help="备份数据目录(收件目录除外)")
    backup.add_argument("--to", type=Path, required=True, help="备份目录,最好在另一台机器或磁盘上")
    backup.add_argument("--keep", type=_count, help="只留最新的几份(默认全留)")
    backup.set_defaults(run=run_backup)

    restore = subcommands.add_parser("restore", parents=[shared], help="把备份恢复到空的数据目录")
    restore.add_argument("--from", type=Path, required=True, dest="folder", help="备份目录")
    restore.add_argument("--snapshot", help="哪一份(默认最新的)")
    restore.add_argument("--check", action="store_true", help="只核对备份是否完好,不恢复")
    restore.set_defaults(run=run_restore)


def run_backup(settings: Settings, options: Namespace) -> int:
    """`bangfu backup --to DIR [--keep N]`."""
    from flows.backup import backup

    told = backup(settings, options.to, keep=options.keep)
    print(f"已备份 {told.taken_at}:{told.files} 个文件,其中新的 {told.copied} 个;{options.to}")
    if told.removed:
        print(f"  已删去 {told.removed} 份旧备份")
    if told.secrets:
        print(f"  没有设密钥,含密码的文件没有备份,请另行保管:{'、'.join(told.secrets)}")
    return DONE


def run_restore(settings: Settings, options: Namespace) -> int:
    """`bangfu restore --from DIR [--snapshot TIME] [--check]`."""
    from flows.restore import restore

    told = restore(settings, options.folder, taken_at=options.snapshot, check=options.check)
    print(
        f"备份 {told.taken_at}:{told.files} 个文件,{'全部完好' if options.check else f'已恢复到 {settings.home.root}'}"
    )
    return DONE


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("份数是不小于 1 的整数")
    return int(text)

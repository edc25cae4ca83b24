"""`bangfu pull`: fetch deliveries now, without a run; and what a run says about fetching."""

import argparse
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from connectors.pulling import FILE_NAME
from connectors.pulling.result import Pulled
from flows.pull import pull, standing_faults
from flows.settings import Settings
from warehouse.errors import BangfuError
from warehouse.home import Home

DONE, DONE_WITH_REFUSALS = 0, 3


def add_pull(subcommands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the program's parser."""
    parser = subcommands.add_parser("pull", parents=[shared], help="按 pulling.toml 把各部门的新数据取到收件目录")
    parser.add_argument("--inbox", type=Path, help="收件目录(默认 <home>/inbox)")
    parser.set_defaults(run=run_pull)


def run_pull(settings: Settings, options: Namespace) -> int:
    """`bangfu pull [--inbox DIR]`."""
    settings.home.prepare()
    inbox = options.inbox or settings.home.inbox
    if not inbox.is_dir():
        raise BangfuError(where=str(inbox), found="收件目录不存在", remedy="检查 --inbox 后面的路径")
    pulled = pull(settings, inbox)
    if pulled is None:
        raise BangfuError(
            where=FILE_NAME, found="没有设定从哪里取数据", remedy="照 docs/pulling.md 写好后再运行 bangfu pull"
        )
    for one in pulled:
        if one.source == FILE_NAME and one.fault:
            raise one.fault
    return say_pulled(pulled)


def say_pulled(pulled: Iterable[Pulled]) -> int:
    """A line per source; gives the exit status."""
    sources = list(pulled)
    for one in sources:
        print(f"  来源 {one.source}:{'、'.join(_told(one)) or '没有文件'}")
        if one.why:
            print(f"    未能取得:{one.why}")
    return DONE if all(one.is_well for one in sources) else DONE_WITH_REFUSALS


def _told(one: Pulled) -> Iterator[str]:
    if one.fetched:
        yield f"取得 {one.fetched} 个文件({one.size / 1e6:.1f} MB" + (
            f",{one.rows} 行)" if one.rows is not None else ")"
        )
    if one.unchanged:
        yield f"没有变化 {one.unchanged} 个"
    if one.waiting:
        yield f"还没有写完或缺标记文件 {one.waiting} 个"
    if one.odd:
        yield f"链接或名称不合规、没有取的 {one.odd} 个"


def say_standing(home: Home) -> None:
    """For `bangfu status`: which sources the last pull did not get everything from."""
    for source, (since, why) in standing_faults(home).items():
        print(f"拉取不到 {source}(自 {since}):{why}")

"""The command line: the same functions the Prefect deployments run. Messages to people are Chinese."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from flows import (
    answer_commands,
    backup_commands,
    commands,
    keeping_commands,
    keys_commands,
    pull_commands,
    services_commands,
    setting_commands,
    watch_commands,
)
from flows.audit import audited
from flows.logs import start_logs
from flows.settings import read_settings
from flows.telling import run_told
from warehouse.errors import BangfuError
from warehouse.scratch import owner_only

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 done, 1 failed, 2 wrong usage, 3 done, but something was refused."""
    options = build_parser().parse_args(arguments)
    settings = read_settings(options.home)
    try:
        with owner_only():
            start_logs(settings.home, command=options.command, quiet=options.quiet)
            return audited(settings.home, options.command, lambda: run_told(settings, options))
    except BangfuError as error:
        print(f"未完成:{error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已中断;没有发布任何内容,下次运行会自行修复", file=sys.stderr)
        return FAILED


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", help="本装置的数据目录(默认 ./home 或环境变量 BANGFU_HOME)")
    shared.add_argument("--quiet", action="store_true", help="不显示进度")
    shared.add_argument("--wait", type=float, default=0, help="另一个运行占用数据目录时最多等几分钟(默认 0)")
    parser = argparse.ArgumentParser(
        prog="bangfu",
        description="帮扶:把五个部门的数据合成一张真实的图,逐条对照政策,提请人工核实",
        epilog="退出状态:0 完成;1 失败,未发布;2 用法错误;3 已完成并发布,但有文件被拒收,或有邮件没有送达",
    )
    subcommands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    demo = subcommands.add_parser("demo", parents=[shared], help="造一个样例城市并走完全程")
    demo.add_argument("--people", type=_people, default=20_000, help="人数(默认 20000)")
    demo.add_argument("--seed", type=int, default=1, help="随机种子(默认 1)")
    demo.add_argument("--truth", type=Path, help="同时写出真值的目录(供测试用)")
    demo.set_defaults(run=commands.run_demo)

    nightly = subcommands.add_parser("nightly", parents=[shared], help="收取新文件、归并人员、核对规则、发布")
    nightly.add_argument("--inbox", type=Path, help="收件目录(默认 <home>/inbox)")
    nightly.add_argument("--as-of", type=_day, help="核对日 YYYY-MM-DD(默认今天)")
    nightly.set_defaults(run=commands.run_nightly)

    monthly = subcommands.add_parser("monthly", parents=[shared], help="写出某月的核对总表和例外清单")
    monthly.add_argument("--month", type=_month, required=True, help="月份 YYYY-MM")
    monthly.add_argument("--dossiers", action="store_true", help="同时写出一户一档")
    monthly.set_defaults(run=commands.run_monthly)

    deliver = subcommands.add_parser("deliver", parents=[shared], help="把某月还没寄出的加密工作簿寄给各收件人")
    deliver.add_argument("--month", type=_month, required=True, help="月份 YYYY-MM")
    deliver.set_defaults(run=commands.run_deliver)

    replay = subcommands.add_parser("replay", parents=[shared], help="某日凭当时已收到的数据会得出什么")
    replay.add_argument("--as-of", type=_day, required=True, help="日期 YYYY-MM-DD")
    replay.set_defaults(run=commands.run_replay)

    explain = subcommands.add_parser("explain", parents=[shared], help="说明一个人:记录、归并理由、每条规则")
    explain.add_argument("person", help="人员编号、身份证号,或“姓名 出生日期”")
    explain.set_defaults(run=commands.run_explain)

    rules = subcommands.add_parser("rules", parents=[shared], help="规则目录、条款、参数,以及尚未设定的参数")
    rules.add_argument("--check", action="store_true", help="运行本地条款的用例;全部通过的从下一次 nightly 起运行")
    rules.set_defaults(run=commands.run_rules)

    _add_settings(subcommands.add_parser("settings", parents=[shared], help="本地的参数取值:查看、设定、检查"))

    answer_commands.add_answers(subcommands, shared)
    watch_commands.add_watch(subcommands, shared)
    pull_commands.add_pull(subcommands, shared)
    services_commands.add_services(subcommands, shared)
    keys_commands.add_keys(subcommands, shared)
    backup_commands.add_backup(subcommands, shared)
    keeping_commands.add_keeping(subcommands, shared)

    status = subcommands.add_parser("status", parents=[shared], help="收件、拒收、运行和核对结果的现状")
    status.set_defaults(run=commands.run_status)
    return parser


def _add_settings(settings: argparse.ArgumentParser) -> None:
    """`settings`, alone or followed by set, remove or check; `--home` may stand before or behind those."""
    settings.set_defaults(run=setting_commands.run_list)
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--home", help=argparse.SUPPRESS)
    shared.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    actions = settings.add_subparsers(dest="action", metavar="动作")

    one = actions.add_parser("set", parents=[shared], help="设定一个取值")
    one.add_argument("name", help="参数代号,见 bangfu settings")
    one.add_argument("rows", nargs="*", metavar="数值", help="如 1170;有几项的写 scope=own,value=30000,分段的每段一组")
    one.add_argument("--from", type=_day, dest="valid_from", help="从哪一天起,YYYY-MM-DD")
    one.add_argument("--cite", help="依据的文件和条款")
    one.add_argument("--unit", help="单位;写了就与规定的核对")
    one.add_argument("--file", type=Path, help="取值已写在这个 TOML 文件里")
    one.add_argument("--replace", action="store_true", help="同一天已有的本地取值换成这个")
    one.set_defaults(run=setting_commands.run_set, usage=one.error)

    remove = actions.add_parser("remove", parents=[shared], help="去掉某一天起的本地取值")
    remove.add_argument("name", help="参数代号")
    remove.add_argument("--from", type=_day, dest="valid_from", required=True, help="从哪一天起,YYYY-MM-DD")
    remove.set_defaults(run=setting_commands.run_remove)

    check = actions.add_parser("check", parents=[shared], help="检查本地的参数文件")
    check.set_defaults(run=setting_commands.run_check)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日期写作 YYYY-MM-DD,例如 2026-06-30") from None


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise argparse.ArgumentTypeError("月份写作 YYYY-MM,例如 2026-06") from None


def _people(text: str) -> int:
    from connectors.demo_city import SMALLEST_CITY  # costs a second that only this command should pay

    if not text.isdigit() or int(text) < SMALLEST_CITY:
        raise argparse.ArgumentTypeError(f"人数是不小于 {SMALLEST_CITY} 的整数")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

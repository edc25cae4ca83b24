"""`bangfu settings`: local dated values, set and checked without touching the program."""

from argparse import Namespace

from checks.clauses import load_clauses
from checks.parameter_settings import LocalSettings, Typed, problems
from checks.parameter_text import describe_settings, describe_values
from flows.settings import PROJECT_POLICY, Settings
from warehouse.lock import exclusive

DONE, FAILED = 0, 1
NEXT_NIGHT = "下一次 bangfu nightly 起按此计算"


def run_list(settings: Settings, options: Namespace) -> int:
    """`bangfu settings`."""
    policy = settings.home.policy
    print(describe_settings(PROJECT_POLICY, policy, load_clauses(PROJECT_POLICY, policy)))
    return DONE


def run_set(settings: Settings, options: Namespace) -> int:
    """`bangfu settings set NAME VALUE… --from DATE --cite TEXT`, or `--file FILE`."""
    typed = bool(options.rows and options.valid_from and options.cite is not None)
    if typed == bool(options.file):
        options.usage("写明数值、--from 和 --cite,或者只写 --file")
    home = settings.home
    home.prepare()
    with exclusive(home.lock_file, command="settings"):
        local = LocalSettings(PROJECT_POLICY, home.policy, options.name)
        if options.file:
            parameter = local.take(options.file, replace=options.replace)
        else:
            value = Typed(options.rows, options.valid_from, options.cite)
            parameter = local.set(value, unit=options.unit, replace=options.replace)
    print(f"已写入 {local.file};{NEXT_NIGHT}")
    print("\n".join([f"{parameter.name}  {parameter.label}({parameter.unit})", *describe_values(parameter)]))
    return DONE


def run_remove(settings: Settings, options: Namespace) -> int:
    """`bangfu settings remove NAME --from DATE`."""
    home = settings.home
    home.prepare()
    with exclusive(home.lock_file, command="settings"):
        local = LocalSettings(PROJECT_POLICY, home.policy, options.name)
        local.remove(options.valid_from)
    print(f"已去掉 {options.name} 从 {options.valid_from} 起的本地取值;{NEXT_NIGHT}")
    return DONE


def run_check(settings: Settings, options: Namespace) -> int:
    """`bangfu settings check`."""
    found = problems(PROJECT_POLICY, settings.home.policy)
    print("\n".join(found) or "本地的参数文件没有问题")
    return FAILED if found else DONE

"""A sample city in one command: its exports, a night, a month."""

import json
from datetime import date
from pathlib import Path

from checks.parameter_writing import entry_text, put_in_place
from connectors.demo_city import EXAMPLE_PARAMETERS, write_city
from flows.monthly import monthly
from flows.nightly import NightlyReport, nightly
from flows.settings import Settings
from flows.steps import RunStep, call
from warehouse.errors import BangfuError
from warehouse.home import Home

DEMO_AS_OF = date(2026, 6, 30)


def demo(
    settings: Settings, *, people: int, seed: int, truth: Path | None = None, run_step: RunStep = call
) -> tuple[NightlyReport, list[Path]]:
    """Write the sample city into the home's inbox, run nightly and monthly on it.

    Raises BangfuError when the home holds anything but this same sample city.
    """
    home = settings.home
    _claim(home, people=people, seed=seed)
    run_step("样例城市", write_city, home.inbox, people=people, seed=seed, as_of=DEMO_AS_OF, truth=truth)
    night = nightly(settings, as_of=DEMO_AS_OF, run_step=run_step)
    workbooks = monthly(settings, DEMO_AS_OF.replace(day=1), run_step=run_step)
    return night, workbooks


def _claim(home: Home, *, people: int, seed: int) -> None:
    """Mark the home as this demo's, so that a sample city never mixes with real deliveries."""
    marker, wanted = home.root / "demo.json", {"people": people, "seed": seed}
    if not marker.exists():
        if home.inbox.is_dir() and any(entry.is_file() for entry in home.inbox.rglob("*")):
            raise BangfuError(
                where=str(home.inbox), found="收件目录里已有文件", remedy="用 --home 给样例城市另选一个空目录"
            )
        home.prepare()
        marker.write_text(json.dumps(wanted), encoding="utf-8")
        _set_example_values(home)
    elif json.loads(marker.read_text(encoding="utf-8")) != wanted:
        raise BangfuError(
            where=str(home.root),
            found="这里已有另一个样例城市",
            remedy="用 --home 另选目录,或用同样的 --people 和 --seed",
        )


def _set_example_values(home: Home) -> None:
    """What the policy leaves open gets example values, so that every rule can be seen at work."""
    for name, values in EXAMPLE_PARAMETERS.items():
        entries = [{"from" if key == "valid_from" else key: cell for key, cell in value.items()} for value in values]
        text = "\n".join(["# 样例城市的示例值,不是官方标准", *(entry_text(entry) for entry in entries)])
        put_in_place(home.policy / "parameters" / f"{name}.toml", text)

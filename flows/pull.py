"""Fetching deliveries from departments' servers into the inbox, where the home has a `pulling.toml`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from connectors.pulling import FILE_NAME
from connectors.pulling.result import Pulled
from flows.settings import Settings, environment
from flows.state_file import read_state, write_state
from flows.steps import RunStep, call
from warehouse.errors import BangfuError
from warehouse.home import Home
from warehouse.lock import exclusive

FAULTS = "pulling-faults.json"


def pull(settings: Settings, inbox: Path, *, run_step: RunStep = call) -> Sequence[Pulled] | None:
    """Fetch what is new from every source; None where the home declares none.

    Raises nothing of its own: what goes wrong stands in the results (under the declaration's name where it concerns all
    sources), and a night goes on with what is there. Holds a lock of its own: waiting for a server keeps nobody waiting
    who only works on what is there.
    """
    home = settings.home
    if not (home.root / FILE_NAME).exists():
        return None
    try:
        with exclusive(home.warehouse / "pulling.lock", command="pull"):
            pulled = _told(run_step, home, inbox)
            _remember(home, pulled)
            return pulled
    except BangfuError as busy:
        return (Pulled(FILE_NAME, fault=busy),)


def standing_faults(home: Home) -> Mapping[str, tuple[str, str]]:
    """Source → (since when, why) of those that the last pull did not get everything from."""
    if not (home.root / FILE_NAME).exists():
        return {}
    return {source: (since, why) for source, (since, why) in read_state(home.warehouse / FAULTS).items()}


def _told(run_step: RunStep, home: Home, inbox: Path) -> Sequence[Pulled]:
    try:
        return run_step("拉取数据", _pull, home, inbox)
    except BangfuError as fault:
        return (Pulled(FILE_NAME, fault=fault),)


def _pull(home: Home, inbox: Path) -> Sequence[Pulled]:
    # Half a second of imports that only homes with sources pay.
    from connectors.pulling.pull import pull as pull_sources
    from connectors.pulling.sources import read_pulling

    pulling = read_pulling(home.root)
    return pull_sources(pulling, home, inbox, environment) if pulling else ()


def _remember(home: Home, pulled: Sequence[Pulled]) -> None:
    known = standing_faults(home)
    now = datetime.now().isoformat(sep=" ", timespec="minutes")
    ill = [one for one in pulled if not one.is_well]
    write_state(home.warehouse / FAULTS, {one.source: (known.get(one.source, (now,))[0], one.why) for one in ill})

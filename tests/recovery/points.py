"""The named points at which a run is killed: before and after each call of the functions that matter."""

import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# As `module:name` where the caller looks the function up.
POINTS = (
    "connectors.archive:keep_original",
    "connectors.deliveries:write",
    "connectors.sheet_intake:supersede",
    "connectors.sheet_intake:point_at",
    "flows.nightly:start_run",
    "flows.nightly:apply_answers",
    "flows.nightly:link",
    "flows.nightly:write_catalogue",
    "checks.clauses:evaluate",
    "checks.findings:record_history",
    "flows.nightly:record_received",
    "flows.nightly:build_mart",
    "flows.nightly:verify_layers",
    "flows.nightly:keep_anchor",
    "flows.nightly:write_quality_page",
    "flows.nightly:write_receipts",
    "flows.nightly:build_analyst",
    "flows.nightly:copy_closed_database",
    "flows.nightly:replace_published",
    "flows.monthly:remember_issued",
    "reports.monthly:write_reconciliation",
    "reports.monthly:write_index",
    "reports.monthly:write_exceptions",
    "reports.monthly:write_town_exceptions",
    "reports.monthly:move_into_place",
    "warehouse.publish:flush",
)


@dataclass(frozen=True)
class Moment:
    """Before or after one call of a point, counted from 1."""

    point: str
    call: int
    after: bool

    @property
    def name(self) -> str:
        return f"{'after' if self.after else 'before'} call {self.call} of {self.point.split(':')[1]}"


def watch(on_call: Callable[[str, int, bool], None]) -> None:
    """Replace every point by one that tells (point, call, after) around the real function; for a child alone."""
    for point in POINTS:
        module, name = point.split(":")
        holder = importlib.import_module(module)
        setattr(holder, name, _around(getattr(holder, name), point, on_call))


def _around(function: Callable[..., Any], point: str, on_call: Callable[[str, int, bool], None]) -> Callable[..., Any]:
    calls = 0

    def around(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        call = calls
        on_call(point, call, False)
        result = function(*arguments, **named)
        on_call(point, call, True)
        return result

    return around


def kill_at(moment: Moment) -> Callable[[], None]:
    """Preparation of a child: it kills itself with -9 at that moment."""

    def met(point: str, call: int, after: bool) -> None:
        if (point, call, after) == (moment.point, moment.call, moment.after):
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: watch(met)

"""Old runs in Prefect's own database, deleted through its server: the file is that server's alone."""

import json
import urllib.request
from datetime import date, datetime, time, timedelta
from typing import Any

from flows.keeping.schedule import Term

SECONDS = 10
AT_ONCE = 200


class NoAnswer(Exception):
    """Prefect's server did not answer as expected; the text is Chinese."""


def count_runs(term: Term, today: date) -> int:
    """How many runs ended on or before the term's last day; 0 where no server is named. Raises NoAnswer."""
    return int(_ask(term, "flow_runs/count", _ended(term, today))) if _wanted(term, today) else 0


def delete_runs(term: Term, today: date) -> int:
    """Delete those runs; gives how many. Raises NoAnswer."""
    deleted = 0
    while _wanted(term, today) and (found := _ask(term, "flow_runs/filter", _ended(term, today) | {"limit": AT_ONCE})):
        for run in found:
            _ask(term, f"flow_runs/{run['id']}", method="DELETE")
        deleted += len(found)
    return deleted


def _wanted(term: Term, today: date) -> bool:
    return bool(term.place and term.last_day(today))


def _ended(term: Term, today: date) -> dict[str, Any]:
    """Runs that ended before the day after the last one, as Prefect's API asks for them."""
    last_day = term.last_day(today) or date.min
    until = datetime.combine(last_day + timedelta(days=1), time()).astimezone()
    return {"flow_runs": {"end_time": {"before_": until.isoformat()}}}


def _ask(term: Term, path: str, told: dict[str, Any] | None = None, *, method: str = "POST") -> Any:
    request = urllib.request.Request(
        f"{str(term.place).rstrip('/')}/{path}",
        data=json.dumps(told).encode() if told is not None else None,
        headers={"Content-Type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            content = answer.read()
        return json.loads(content) if content else None
    except (OSError, ValueError) as error:
        raise NoAnswer(f"Prefect 服务没有按预期回答({type(error).__name__}):核对 api 和服务是否在运行") from None

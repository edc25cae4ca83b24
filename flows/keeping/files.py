"""Files of the home beside the archive that are due: by the month they are about, or by when they were written."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from warehouse.home import Home

PEOPLE_FOLDER = "本人信息"


def old_workbooks(home: Home, last_day: date) -> list[Path]:
    """Everything in the outbox of months that ended on or before the day."""
    folders = [folder for folder in home.outbox.iterdir() if (end := _month_end(folder)) and end <= last_day]
    return sorted(file for folder in folders for file in _below(folder))


def old_replays(home: Home, last_day: date) -> list[Path]:
    return _written_by(home.warehouse.glob("replay-*.duckdb"), last_day)


def old_reports_on_people(home: Home, last_day: date) -> list[Path]:
    return _written_by(_below(home.outbox / PEOPLE_FOLDER), last_day)


def old_logs(home: Home, last_day: date) -> list[Path]:
    """Logs of runs; the audit log proves what was deleted and stays."""
    return _written_by((file for file in _below(home.logs) if not file.name.startswith("audit")), last_day)


def old_bounces(home: Home, last_day: date) -> list[Path]:
    return _written_by(_below(home.root / "bounces"), last_day)


def remove(home: Home, files: Iterable[Path]) -> None:
    """Unlink files, and the folders of the outbox and the archive they leave empty; one that is gone is no fault."""
    for file in files:
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if not {home.outbox, home.archive} & set(folder.parents) or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def _written_by(files: Iterator[Path], last_day: date) -> list[Path]:
    return sorted(file for file in files if date.fromtimestamp(file.stat().st_mtime) <= last_day)


def _below(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def _month_end(folder: Path) -> date | None:
    """The last day of the month a folder of the outbox is named after."""
    try:
        first = date.fromisoformat(f"{folder.name}-01")
    except ValueError:
        return None
    return first.replace(day=monthrange(first.year, first.month)[1])

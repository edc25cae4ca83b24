"""Old back-ups in the folders that the home's `retention.toml` names; the newest one always stays."""

from datetime import date, datetime
from pathlib import Path

from flows.backup_store import prune, snapshots
from flows.keeping.schedule import Term
from warehouse.encryption.keyring import key_for
from warehouse.home import Home

TAKEN_AT = "%Y%m%d"


def count_backups(term: Term, today: date) -> int:
    """How many back-ups were taken on or before the term's last day."""
    return sum(len(snapshots(folder)) - _kept(folder, term, today) for folder in _folders(term))


def delete_backups(home: Home, term: Term, today: date) -> int:
    """Delete those back-ups and what only they held; gives how many."""
    return sum(prune(folder, _kept(folder, term, today), key_for(home.root)) for folder in _folders(term))


def _folders(term: Term) -> list[Path]:
    return [Path(folder) for folder in term.place or () if Path(folder).is_dir()]


def _kept(folder: Path, term: Term, today: date) -> int:
    taken, last_day = snapshots(folder), term.last_day(today)
    days = [datetime.strptime(one.taken_at[:8], TAKEN_AT).date() for one in taken]
    newer = [day for day in days if last_day is None or day > last_day]
    return max(len(newer), min(1, len(taken)))

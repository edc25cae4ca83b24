"""What there is to tell about a home: read from what is published, from the mail ledger, from the mark of a night."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flows.notices import notice
from flows.notices.notice import Notice, fingerprint
from flows.pull import standing_faults
from flows.state_file import read_state, write_state
from reports.delivery.ledger import LABELS, SENT, Ledger, standing
from reports.late import expected_deliveries
from warehouse.connection import connect
from warehouse.home import Home

LAST_NIGHT = "last-night.json"
ANSWERS = "交回的答复"
REFUSED_NOW = """
select department, source_file || coalesce('#' || sheet, '') as file, sha256
from raw.delivery where status = 'refused'
union all
select null, source_file, sha256 from answers.file where status = 'refused'
"""


def after_night(home: Home, today: date) -> Iterator[Notice]:
    """Refused and late deliveries, as the published warehouse has them; sources that could not be pulled."""
    with connect(home.full_database, read_only=True) as connection:
        rows = connection.execute(REFUSED_NOW).fetchall()
    by_department = defaultdict(list)
    for department, file, sha256 in rows:  # not by the reason: its figures may change from night to night
        by_department[department or ANSWERS].append(fingerprint(file, sha256))
    if by_department:
        yield notice.refused(by_department)
    if faults := standing_faults(home):
        yield notice.unpulled(faults)
    yield from late_deliveries(home, today)


def late_deliveries(home: Home, today: date) -> Iterator[Notice]:
    """Deliveries past their day; nothing where nothing was ever published."""
    if not home.full_database.exists():
        return
    with connect(home.full_database, read_only=True) as connection:
        late = [one for one in expected_deliveries(connection, home.root, today) if one.is_late]
    if late:
        yield notice.late(late)


def after_month(home: Home, month: date) -> Iterator[Notice]:
    """Workbooks of the month that did not reach their recipient."""
    entries = [
        (one.month, one.recipient, LABELS[one.state])
        for one in standing(Ledger(home).entries)
        if one.month == f"{month:%Y-%m}" and one.state != SENT
    ]
    if entries:
        yield notice.undelivered(entries)


def mark_night(home: Home, now: datetime) -> None:
    """Remember that a night ended well; also one that found nothing new."""
    write_state(home.warehouse / LAST_NIGHT, {"ended": now.isoformat(timespec="seconds")})


def last_night(home: Home) -> datetime | None:
    """When the last good night ended; None where none is marked."""
    try:
        return datetime.fromisoformat(read_state(home.warehouse / LAST_NIGHT).get("ended", ""))
    except ValueError:
        return None


def missing_night(home: Home, hours: int, now: datetime) -> Iterator[Notice]:
    """A notice where the last good night is longer ago than this."""
    ended = last_night(home)
    if ended is None or now - ended > timedelta(hours=hours):
        yield notice.no_night(ended.isoformat(sep=" ") if ended else None, hours)

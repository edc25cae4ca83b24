"""A small office: two nights of deliveries, and what the tests look for in its files."""

import io
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from flows.nightly import nightly
from flows.settings import Settings, read_settings
from tests.connectors.small_home import csv_bytes, number, table, with_cell
from warehouse.connection import connect

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
LONG_AFTER = date(2031, 1, 1)
# Helped; replaced by a later list; free to go.
HELPED, REPLACED, FREE = 20, 41, 42
NAMES = {REPLACED: "佴昀暄", FREE: "亓官璟"}
PHONES = {REPLACED: "13912340041", FREE: "13912340042"}
DOCTORS = "family_doctor_contracts"


def doctors(*serials: int) -> bytes:
    """A list of contracts with family doctors."""
    rows = table(DOCTORS, 0)
    for serial in serials:
        one = table(DOCTORS, 1, first=serial, signed_on="2026-01-05", valid_until="2026-12-31")
        one = with_cell(one, DOCTORS, 1, "name", NAMES.get(serial, f"name{serial}"))
        rows += with_cell(one, DOCTORS, 1, "phone", PHONES.get(serial, "13900000000"))[1:]
    return csv_bytes(rows)


def roster(month: str) -> bytes:
    """One family on the roster, whose head is somebody else: FREE."""
    told = {"month": month, "sex": "女", "birth_date": "1985-01-01", "start_date": "2026-01-01", "category": "低保"}
    told |= {"head_name": NAMES[FREE], "head_id_no": number(FREE)}
    return csv_bytes(table("assistance_roster", 1, first=HELPED, family_no="丙3", **told))


def open_office(folder: Path) -> Settings:
    """Two nights; in June the doctors' list of May comes again, without REPLACED."""
    settings = read_settings(folder / "home")
    home = settings.home
    home.prepare()
    (home.inbox / "civil_affairs" / "名册05.csv").write_bytes(roster("2026-05"))
    (home.inbox / "health" / "签约05.csv").write_bytes(doctors(HELPED, REPLACED, FREE, 43, 44))
    nightly(settings, as_of=MAY)
    (home.inbox / "civil_affairs" / "名册06.csv").write_bytes(roster("2026-06"))
    (home.inbox / "health" / "签约06.csv").write_bytes(doctors(HELPED, FREE, 43, 44))
    nightly(settings, as_of=JUNE)
    return settings


def copy_of(settings: Settings, folder: Path) -> Settings:
    """The same office somewhere else."""
    shutil.copytree(settings.home.root, folder / "home")
    return read_settings(folder / "home")


def ask(settings: Settings, statement: str, *values) -> list[tuple]:
    """What the published warehouse answers."""
    with connect(settings.home.full_database, read_only=True) as connection:
        return connection.execute(statement, list(values)).fetchall()


def files_with(settings: Settings, *words: str) -> list[str]:
    """The files of the home, beside the inbox, in which one of the words stands; Parquet is unpacked."""
    found = []
    for file in sorted(settings.home.root.rglob("*")):
        if file.is_file() and not file.is_relative_to(settings.home.inbox):
            content = file.read_bytes()
            if file.suffix == ".parquet":
                content += str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
            if any(word.encode(code) in content for word in words for code in ("utf-8", "gb18030", "utf-16-le")):
                found.append(file.relative_to(settings.home.root).as_posix())
    return found


def conserved(settings: Settings) -> bool:
    """Rows in = loaded + rejected + skipped, each counted where it stands, and every loaded row has its link."""
    uneven = ask(
        settings,
        """
        select delivery_id from raw.delivery as delivery
        where rows_in <> rows_loaded + rows_rejected + rows_skipped
            or (status <> 'unchanged' and rows_skipped <> (
                select count(*) from raw.skipped_row as skipped where skipped.delivery_id = delivery.delivery_id))
            or rows_loaded <> (
                select count(*) from mart.identity_link as link where link.delivery_id = delivery.delivery_id)
        """,
    )
    return not uneven

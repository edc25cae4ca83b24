"""What is interrupted: small homes, each with the command that will be cut off and what it ends in.

A scene is a folder to be copied for every trial. Its files are few and tiny, so that hundreds of trials take minutes;
they go through the same steps as a city's.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from flows.home_secret import home_secret
from flows.monthly import monthly
from flows.nightly import nightly
from flows.settings import read_settings
from tests.connectors.small_home import CONTRACTS, csv_bytes, table
from warehouse.home import Home

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
NIGHT = ("nightly", "--as-of", JULY.isoformat())
MONTH = ("monthly", "--month", "2026-06")
PEOPLE = 12


@dataclass(frozen=True)
class Scene:
    """A prepared home and the arguments of the command that is interrupted in copies of it."""

    name: str
    home: Path
    arguments: Sequence[str]
    is_small: bool = False

    def copy(self, target: Path) -> Home:
        shutil.copytree(self.home, target, symlinks=True)
        return Home(target)


def build_scenes(folder: Path) -> list[Scene]:
    """First night, a night with new and corrected files, the month's workbooks, answers; and a very small night."""
    empty = _prepared(folder / "empty")
    _put_files(empty, ("2026-05", "2026-06"))
    june = _prepared(folder / "june")
    home_secret(june)  # else every copy would make its own, and its own tokens
    _put_files(june, ("2026-05", "2026-06"))
    nightly(read_settings(june.root), as_of=JUNE)
    more = Home(shutil.copytree(june.root, folder / "more"))
    _put_files(more, ("2026-07",))
    _put(more, "assistance_roster", "名册2026-06更正.csv", month="2026-06", name="更正")
    answered = Home(shutil.copytree(june.root, folder / "answered"))
    monthly(read_settings(answered.root), JUNE.replace(day=1))
    _answer(answered)
    return [
        Scene("first night", empty.root, NIGHT),
        Scene("night with new files", more.root, NIGHT),
        Scene("workbooks", june.root, MONTH),
        Scene("night with answers", answered.root, NIGHT),
        Scene("small night", _small(folder / "small").root, NIGHT, is_small=True),
    ]


def _small(root: Path) -> Home:
    """A month of one list, and the next month's waiting: few changes of files, so that every one of them can fail."""
    home = _prepared(root)
    _put(home, "assistance_roster", "名册2026-06.csv", month="2026-06")
    nightly(read_settings(root), as_of=JUNE)
    _put(home, "assistance_roster", "名册2026-07.csv", month="2026-07")
    return home


def _prepared(root: Path) -> Home:
    home = Home(root)
    home.prepare()
    return home


def _put_files(home: Home, months: Sequence[str]) -> None:
    """Every table once; monthly lists once a month."""
    for source, contract in CONTRACTS.items():
        if "month" not in contract.columns:
            _put(home, source, f"{contract.title}{months[-1]}.csv")
            continue
        for month in months:
            _put(home, source, f"{contract.title}{month}.csv", month=month)


def _put(home: Home, source: str, file: str, **changed: str) -> None:
    rows = table(source, PEOPLE, **changed)
    (home.inbox / CONTRACTS[source].department / file).write_bytes(csv_bytes(rows, "gb18030"))


def _answer(home: Home) -> None:
    """Answer the first row of every list of the civil affairs book, questions of identity too, and send it back."""
    book = load_workbook(home.outbox / "2026-06" / "例外清单_civil_affairs_2026-06.xlsx")
    typed = {"状态": "不属实", "是否同一人": "否", "核实人": "经办"}
    answered = 0
    for sheet in book.worksheets:
        places = {cell.value: cell.column for cell in sheet[4]}
        if "核实人" in places and not isinstance(sheet["C5"], MergedCell):
            for heading in places.keys() & typed.keys():
                sheet.cell(5, places[heading]).value = typed[heading]
                answered += 1
    if not answered:
        raise AssertionError("the scene has no list that can be answered")
    book.save(home.inbox / "answers" / "交回.xlsx")

"""From a folder of sheet files to a written workbook; the first page is written last, since it counts the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import duckdb

from reports.session import Request
from reports.sheet_file import SheetFile, sheets_of
from reports.table import Table, read_table
from reports.tabs import tab_name
from reports.writer import Sheet, write_workbook

GUIDE = "00_guide"


@dataclass
class Binder:
    """Collects the sheets of one workbook for one recipient. `names` fills the {names} of the head lines.

    `addressee`: whose password locks the book, where that is not the recipient (one of many towns).
    """

    connection: duckdb.DuckDBPyConnection
    request: Request
    recipient: str
    folder: str
    names: Mapping[str, str]
    addressee: str | None = None

    def __post_init__(self) -> None:
        self.files = sheets_of(self.folder)
        self.sheets: list[Sheet] = []
        self.taken: set[str] = set()
        self.guide_tab = tab_name(self.files[GUIDE][0].tab, self.taken)
        self.connection.execute("delete from temp.contents")

    def add(self, slug: str, more: Mapping[str, str] | None = None) -> Sheet:
        """Read a sheet and put it behind the others."""
        names = {**self.names, **(more or {})}
        files = self.files[slug]
        tab = tab_name(files[0].tab.format_map(names), self.taken)
        sheet = Sheet(tab, [self._read(file, names) for file in files])
        self.sheets.append(sheet)
        self._list_in_contents(sheet, names)
        return sheet

    def write(self, path: Path) -> Path:
        """Write the guide and all sheets."""
        guide = Sheet(self.guide_tab, [self._read(file, self.names) for file in self.files[GUIDE]])
        issued = datetime.combine(self.request.issued_on, time())
        password = self.request.passwords.get(self.addressee or self.recipient)
        write_workbook(path, [guide, *self.sheets], title=path.stem, issued=issued, password=password)
        return path

    def _read(self, file: SheetFile, names: Mapping[str, str]) -> Table:
        return read_table(self.connection, file, recipient=self.recipient, request=self.request, names=names)

    def _list_in_contents(self, sheet: Sheet, names: Mapping[str, str]) -> None:
        main = sheet.blocks[0]
        self.connection.execute(
            "insert into temp.contents values (?, ?, ?, ?, ?, ?)",
            [len(self.sheets), sheet.tab, names.get("kind_label"), names.get("clause"), main.note, main.found],
        )

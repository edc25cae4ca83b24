"""Laying out each batch, turning it into bytes, writing the file and telling the truth about it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from connectors.demo_city import formats
from connectors.demo_city.batch import Batch
from connectors.demo_city.exports import forms
from connectors.demo_city.layout import NOBODY, Mark, Sheet, lay_out
from connectors.demo_city.truth import TruthWriter
from connectors.demo_city.workbook import workbook


def _padded(sheet: Sheet) -> list[list[object]]:
    """Rows of equal width, as spreadsheets save their CSV."""
    width = len(sheet.headings)
    return [[*cells, *[None] * (width - len(cells))] for cells in sheet.rows]


def _text(encoding: str, delimiter: str) -> Callable[[Sheet, str], bytes]:
    return lambda sheet, title: formats.delimited(_padded(sheet), encoding, delimiter)


WRITERS: dict[str, Callable[[Sheet, str], bytes]] = {
    "csv_gb18030": _text("gb18030", ","),
    "csv_utf8_bom": _text("utf-8-sig", ","),
    "tsv_gb18030": _text("gb18030", "\t"),
    "tsv_utf16": _text("utf-16", "\t"),
    "html": lambda sheet, title: formats.html_table(title, _padded(sheet)),
    "dbf": lambda sheet, title: formats.dbf(sheet.headings, sheet.rows),
    "parquet": lambda sheet, title: formats.parquet(sheet.headings, sheet.rows),
}


class Writer:
    """Writes batches below an inbox. Files that share an archive are packed when the last of them has come."""

    def __init__(self, inbox: Path, truth: TruthWriter, *, seed: int, spared: set[int], damage: float) -> None:
        self.files = 0
        self._inbox = inbox
        self._truth = truth
        self._seed = seed
        self._spared = spared
        self._damage = damage

    def write(self, batches: Iterable[Batch]) -> None:
        """Every batch in turn; a batch without rows sends no file."""
        archives: dict[tuple[str, str], dict[str, bytes]] = {}
        for batch in batches:
            if not any(rows for _, rows in batch.parts):
                continue
            department = forms()[batch.table].department
            content = self._content(batch, department)
            if batch.archive is None:
                self._save(department, batch.path, content)
            else:
                archives.setdefault((department, batch.archive), {})[batch.path] = content
        for (department, name), members in archives.items():
            self._save(department, name, formats.zipped(members))

    def _content(self, batch: Batch, department: str) -> bytes:
        form = forms()[batch.table]
        source_file = f"{batch.archive}/{batch.path}" if batch.archive else batch.path
        random = Random(f"print {self._seed} {department} {source_file}")
        sheets = []
        for name, entries in batch.parts:
            sheet = lay_out(form, entries, batch.style, random, self._spared, self._damage)
            self._truth.note(department, batch.table, source_file, name, sheet.marks)
            sheets.append((name or "Sheet1", sheet))
        if batch.kind != "xlsx":
            return WRITERS[batch.kind](sheets[0][1], form.title)
        pages = [(name, sheet.rows) for name, sheet in sheets]
        if batch.notes:
            marks = [Mark(NOBODY, "skipped", "")] * len(batch.notes)
            self._truth.note(department, batch.table, source_file, batch.notes[0], marks)
            pages.append((batch.notes[0], [[line] for line in batch.notes]))
        return workbook(pages)

    def _save(self, department: str, path: str, content: bytes) -> None:
        target = self._inbox / department / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.files += 1

"""A sheet is a SQL file: `NN_slug.sql`, its head lines say how it looks; `NN_slug.block.sql` adds a block below."""

from dataclasses import dataclass
from pathlib import Path

WORKBOOKS = Path(__file__).parent / "workbooks"
NOTHING_FOUND = "本月无异常"


@dataclass(frozen=True)
class SheetFile:
    """What one file says: `tab`, `title` and `note` may hold {names} that the workbook fills in.

    `is_text`: a page to read, without totals and filter.
    """

    path: Path
    tab: str
    title: str
    note: str
    chart: str | None
    empty: str
    is_text: bool

    @property
    def slug(self) -> str:
        return self.path.name.split(".")[0]

    @property
    def statement(self) -> str:
        return self.path.read_text(encoding="utf-8")


def read_sheet_file(path: Path) -> SheetFile:
    """Parse the head lines. Raises KeyError when title or note is missing."""
    heads: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("-- "):
            break
        name, _, value = line[3:].partition(": ")
        heads[name] = value.strip()
    return SheetFile(
        path=path,
        tab=heads.get("tab", ""),
        title=heads["title"],
        note=heads["note"],
        chart=heads.get("chart"),
        empty=heads.get("empty", NOTHING_FOUND),
        is_text=heads.get("shape") == "text",
    )


def sheets_of(workbook: str) -> dict[str, list[SheetFile]]:
    """The sheets of a workbook by slug in order, each with its main block first."""
    files = sorted((WORKBOOKS / workbook).glob("*.sql"), key=lambda path: path.name.removesuffix(".sql").split("."))
    sheets: dict[str, list[SheetFile]] = {}
    for path in files:
        file = read_sheet_file(path)
        sheets.setdefault(file.slug, []).append(file)
    return sheets

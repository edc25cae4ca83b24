"""What the child's readers hand over: a worksheet whose rows are text and not yet numbered."""

from collections.abc import Iterable
from typing import NamedTuple

Cells = tuple[list[str], str | None]


class Found(NamedTuple):
    """A worksheet: its widest row, and for every row from the first its cells and what is wrong with it.

    A file that is one table and no workbook has no sheet name.
    """

    name: str | None
    visible: bool
    columns: int
    rows: Iterable[Cells]


class NoTable(Exception):
    """The file was read and holds no table."""

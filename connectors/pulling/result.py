"""What became of a source in one run: counts, no names of files."""

from dataclasses import dataclass

from warehouse.errors import BangfuError


@dataclass
class Pulled:
    """Files of one source; a view is one file.

    size: bytes fetched; rows: of a view that changed; unchanged: here already; waiting: not settled, or without
    marker; odd: links and names that are none; forbidden: files and folders we may not read; fault: why it stopped.
    """

    source: str
    fetched: int = 0
    size: int = 0
    rows: int | None = None
    unchanged: int = 0
    waiting: int = 0
    odd: int = 0
    forbidden: int = 0
    fault: BangfuError | None = None

    @property
    def is_well(self) -> bool:
        """Whether everything that was ready came."""
        return self.fault is None and not self.forbidden

    @property
    def why(self) -> str:
        """What kept something from coming; '' where nothing did."""
        return str(self.fault or (f"没有读取权限的文件或目录 {self.forbidden} 个" if self.forbidden else ""))

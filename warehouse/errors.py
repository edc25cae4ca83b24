"""The one kind of error people see: where it is, what was found, what to do.

Never put a value from a person's record into an error: file, row and column say enough.
"""


class BangfuError(Exception):
    """An error a person can act on. All texts are Chinese and free of personal data."""

    def __init__(self, *, where: str, found: str, remedy: str) -> None:
        super().__init__(f"{where}:{found}。处理办法:{remedy}")
        self.where = where
        self.found = found
        self.remedy = remedy


class HomeBusy(BangfuError):
    """Another run holds this home."""

"""Whether a fault while a file was taken in is the machine's (its disk) and not the file's."""

import errno
from pathlib import Path

import duckdb

DISK_FAULTS = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS})
WAREHOUSE_FAULTS = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
BLOCK = 1 << 20


def is_machine_fault(error: BaseException, source: Path) -> bool:
    """True where the home could not be written: then the whole night must fail and be repeated, for a night that
    blamed the file would publish without it. A file that cannot be read itself (a bad sector below the inbox) is not
    the home's fault and stops nobody else.
    """
    if isinstance(error, WAREHOUSE_FAULTS):
        return True
    return isinstance(error, OSError) and error.errno in DISK_FAULTS and _can_be_read(source)


def _can_be_read(source: Path) -> bool:
    try:
        with source.open("rb") as file:
            while file.read(BLOCK):
                pass
    except OSError:
        return False
    return True

"""In which order the files of one run are taken in: what corrects comes after what it corrects."""

import re
import unicodedata
from datetime import datetime

CORRECTED = re.compile(r"更正|修订|修正|订正|补正|更新|重报|终稿|v\d|第?[二三四]版|[(_ -](?:[2-9]|1\d)\)")
_PERIOD = re.compile(r"(20\d\d)[-_.年]?(1[0-2]|0?[1-9])(?:[-_.月]?(3[01]|[12]\d|0?[1-9])(?!\d))?")
NO_PERIOD, AFTER_ALL = (0, 0, 0), (9999, 0, 0)


def processing_order(source_file: str, modified_at: datetime) -> tuple[tuple[int, int, int], bool, datetime, str]:
    """Sort key: the period in the name, then corrections, then the time of change, then the name.

    The period goes first because copying a folder gives files new times in any order; a correction that
    names no period comes last of all.
    """
    name = unicodedata.normalize("NFKC", source_file).casefold()
    corrected = bool(CORRECTED.search(name))
    return _period(name) or (AFTER_ALL if corrected else NO_PERIOD), corrected, modified_at, source_file


def names_tell_order(earlier: str, later: str) -> bool:
    """Whether names alone say that one file comes after the other: both a period, or the later one a correction."""
    names = [unicodedata.normalize("NFKC", name).casefold() for name in (earlier, later)]
    return all(map(_period, names)) or bool(CORRECTED.search(names[1]))


def _period(name: str) -> tuple[int, int, int] | None:
    """(year, month, day or 0) of the last path component that names one."""
    for part in reversed(name.split("/")):
        if found := _PERIOD.search(part):
            return int(found[1]), int(found[2]), int(found[3] or 0)
    return None

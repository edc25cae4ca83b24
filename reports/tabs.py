"""Names of tabs and files that every program accepts."""

import re

LONGEST_TAB = 31
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def tab_name(wanted: str, taken: set[str]) -> str:
    """A valid tab name not taken yet (tabs differ by more than letter case); adds it to `taken`."""
    base = _NOT_IN_TABS.sub(" ", wanted).strip()[:LONGEST_TAB] or "表"
    name, number = base, 2
    while name.casefold() in taken:
        ending = f"({number})"
        name, number = base[: LONGEST_TAB - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name


def file_name(wanted: str) -> str:
    """A single path part that cannot lead anywhere else."""
    return _NOT_IN_FILES.sub("_", wanted).strip(" .")[:80] or "未登记"

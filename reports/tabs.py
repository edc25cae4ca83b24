"""Names of tabs and files that every program accepts."""

import re

LONGEST_TAB, LONGEST_FILE = 31, 80
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def tab_name(wanted: str, taken: set[str]) -> str:
    """A valid tab name not taken yet (tabs differ by more than letter case); adds it to `taken`."""
    base = _NOT_IN_TABS.sub(" ", wanted).strip()[:LONGEST_TAB] or "表"
    return _not_taken(base, taken, longest=LONGEST_TAB)


def file_name(wanted: str) -> str:
    """A single path part that cannot lead anywhere else."""
    return _NOT_IN_FILES.sub("_", wanted).strip(" .")[:LONGEST_FILE] or "未登记"


def free_file_name(wanted: str, taken: set[str]) -> str:
    """A path part not taken yet: two names may become the same once unsafe letters are gone. Adds it to `taken`."""
    return _not_taken(file_name(wanted), taken, longest=LONGEST_FILE)


def _not_taken(base: str, taken: set[str], *, longest: int) -> str:
    name, number = base, 2
    while name.casefold() in taken:
        ending = f"({number})"
        name, number = base[: longest - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name

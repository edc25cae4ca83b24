"""Putting finished files into the outbox: whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700


@contextmanager
def building_beside(target: Path) -> Iterator[Path]:
    """A private folder on the same disk; what is left in it when the work fails is thrown away.

    So is what a killed run has left there: the caller holds the home, nobody else is at work.
    """
    target.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    for leftover in target.parent.glob(f".{target.name}.*"):
        shutil.rmtree(leftover)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_into_place(folder: Path, target: Path) -> list[Path]:
    """Move every file of the folder to the same place under target, each atomically; gives the new paths."""
    moved = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = target / file.relative_to(folder)
        for parent in reversed([place.parent, *place.parent.relative_to(target.parent).parents]):
            (target.parent / parent).mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        file.chmod(OWNER_ONLY_FILE)
        with file.open("rb") as written:
            os.fsync(written.fileno())
        file.replace(place)
        moved.append(place)
    return moved

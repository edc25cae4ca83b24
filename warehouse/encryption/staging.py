"""Replacing many files of a home so that they are all old or all new, whenever the run is killed.

New versions are written to `.rotation` folders beside the old ones. One marker file says that all of them are whole;
from then on they are moved into place, by whoever comes next if need be. Without the marker they are thrown away.
"""

import shutil
from pathlib import Path

from warehouse.publish import flush

FOLDERS = ("archive", "warehouse")  # each may be a disk of its own, so each has its own staging folder
STAGING = ".rotation"
MARKER = "rotation.complete"


def staged(root: Path, file: Path) -> Path:
    """Where the new version of a file of `archive` or `warehouse` is written; its folder is made."""
    top, *rest = file.relative_to(root).parts
    place = root.joinpath(top, STAGING, *rest)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def commit_rotation(root: Path) -> None:
    """Every new version is written and on the disk: from now on they count."""
    for top in FOLDERS:
        for folder in (root / top).glob(f"{STAGING}/**/"):
            flush(folder)
    marker = root / "warehouse" / MARKER
    marker.touch(mode=0o600)
    flush(marker.parent)


def finish_rotation(root: Path) -> None:
    """Move what was committed into place, or throw away what was not; nothing to do in most runs."""
    marker = root / "warehouse" / MARKER
    for top in FOLDERS:
        staging = root / top / STAGING
        if marker.exists():
            _move(staging, root / top)
        if staging.exists():
            shutil.rmtree(staging)
    marker.unlink(missing_ok=True)


def _move(staging: Path, target: Path) -> None:
    for file in sorted(path for path in staging.rglob("*") if path.is_file()):
        place = target / file.relative_to(staging)
        file.replace(place)
    for folder in {target, *(path for path in target.rglob("*") if path.is_dir())}:
        flush(folder)

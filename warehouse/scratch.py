"""The private scratch folder: what a killed run left there is personal data, so it goes first."""

import shutil
from pathlib import Path


def empty_folder(folder: Path) -> None:
    """Remove everything inside a folder, keeping the folder."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()

"""Small files of a home that a run remembers something in: replaced whole, readable by their owner alone."""

import json
import os
from pathlib import Path
from typing import Any


def read_state(file: Path) -> dict[str, Any]:
    """What was written last; empty where nothing was, or where it cannot be read."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write_state(file: Path, told: dict[str, Any]) -> None:
    """Replace the file; it is on the disk when this returns."""
    partial = file.with_suffix(".new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(told, stream)
        stream.flush()
        os.fsync(descriptor)
    partial.replace(file)

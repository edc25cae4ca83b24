"""Dated values as the text of a home's file, and that file put in place whole or not at all."""

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.errors import BangfuError

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def entry_text(entry: Mapping[str, Any]) -> str:
    """One `[[value]]` paragraph, e.g. of {"from": date, "value": Decimal, "cite": text}."""
    return "\n".join(["[[value]]", *(f"{key} = {_cell(cell)}" for key, cell in entry.items()), ""])


def file_text(unit: str, entries: Sequence[Mapping[str, Any]], *, comments: Sequence[str] = ()) -> str:
    """A whole home file: comment lines, the unit (so that a reader sees it), and the values."""
    head = [*comments, f"unit = {_cell(unit)}", ""]
    return "\n".join([*head, *(entry_text(entry) for entry in entries)])


def put_in_place(file: Path, text: str) -> None:
    """Write a file of the home's policy atomically, readable by its owner alone.

    Raises BangfuError when the text holds what UTF-8 cannot (bytes of another encoding typed on the command line).
    """
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        raise BangfuError(
            where=f"参数文件 {file}", found="文字里有不能保存的字", remedy="把终端的编码设为 UTF-8 后再输入"
        ) from None
    file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)
    partial.replace(file)


def _cell(cell: Any) -> str:
    if isinstance(cell, (Decimal, int)):
        return str(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return json.dumps(cell, ensure_ascii=False)

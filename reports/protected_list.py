"""The home's list of protected people: shown everywhere without address, phone and community."""

import csv
import tomllib
from pathlib import Path

from warehouse.errors import BangfuError

TOML_NAME, CSV_NAME = "protected.toml", "protected.csv"
KEY = "people"
HEADINGS = frozenset(("person_id", "id_no", "人员编号", "证件号码", "身份证号", "身份证号码"))


def read_protected(root: Path) -> frozenset[str]:
    """Person ids and numbers from `protected.toml` (`people = […]`) and `protected.csv` (first column); empty without.

    Raises BangfuError for a list that cannot be read as a whole: half a list would give the other half away.
    """
    return frozenset(_from_toml(root / TOML_NAME) + _from_csv(root / CSV_NAME))


def _from_toml(file: Path) -> list[str]:
    if not file.exists():
        return []
    try:
        entries = tomllib.loads(_text(file)).get(KEY)
    except tomllib.TOMLDecodeError:
        entries = None
    if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        remedy = f'写成 {KEY} = ["人员编号或证件号码", …],号码加引号'
        raise BangfuError(where=file.name, found="读不出受保护人员", remedy=remedy)
    return [entry.strip() for entry in entries]


def _from_csv(file: Path) -> list[str]:
    if not file.exists():
        return []
    cells = [row[0].strip().lstrip("'") if row else "" for row in csv.reader(_text(file).splitlines())]
    for line, cell in enumerate(cells, start=1):
        if "E+" in cell.upper():
            remedy = "把这一列设为文本格式后重新填写号码"
            raise BangfuError(where=f"{file.name} 第 {line} 行", found="号码成了科学计数法", remedy=remedy)
    return [cell for cell in cells if cell and cell not in HEADINGS]


def _text(file: Path) -> str:
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BangfuError(where=file.name, found="读不出文字", remedy="用 UTF-8 编码重新保存")

"""The shape of the house: who may import whom, how long a file may be, what must never be in it."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from warehouse.models import MODELS_FOLDER

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("connectors", "matching", "checks", "reports")
MAY_IMPORT = {"warehouse": set(), "flows": {*ROOMS, "warehouse"}} | {room: {"warehouse"} for room in ROOMS}
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.splitlines()
PYTHON_FILES = [ROOT / name for name in TRACKED if name.endswith(".py")]
SQL_FILES = [ROOT / name for name in TRACKED if name.endswith(".sql") and not name.startswith("warehouse/schema/")]


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & MAY_IMPORT.keys()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_only_downwards(room):
    for path in (ROOT / room).rglob("*.py"):
        strangers = imported_rooms(path) - MAY_IMPORT[room] - {room}
        assert not strangers, f"{path.relative_to(ROOT)} may not import {strangers}"


def test_only_settings_reads_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in PYTHON_FILES
        if path.relative_to(ROOT).parts[0] in MAY_IMPORT and re.search(r"os\.(environ|getenv)", path.read_text("utf-8"))
    ]
    assert readers == ["flows/settings.py"]


def test_policy_is_data_only():
    suffixes = {Path(name).suffix for name in TRACKED if name.startswith("policy/")}
    assert suffixes == {".toml", ".sql"}


def test_no_python_file_is_longer_than_a_person_reads():
    too_long = {
        path.relative_to(ROOT).as_posix(): n
        for path in PYTHON_FILES
        if (n := len(path.read_text("utf-8").splitlines())) > 250
    }
    assert too_long == {}


def test_no_room_has_a_drawer_for_odds_and_ends():
    assert [name for name in TRACKED if Path(name).name in {"utils.py", "helpers.py", "misc.py", "common.py"}] == []


def test_every_sql_file_is_one_statement_with_a_head_comment():
    assert len(SQL_FILES) > 30
    for path in SQL_FILES:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("--"), f"{path.relative_to(ROOT)}: no head comment"
        code = re.sub(r"'[^']*'", "''", "\n".join(line.split("--")[0] for line in text.splitlines()))
        assert ";" not in code.strip().rstrip(";"), f"{path.relative_to(ROOT)}: more than one statement"


def test_no_file_names_a_package_host_or_this_machine():
    forbidden = re.compile(
        "|".join(["py" + "pi.org", "pythonho" + "sted", "deb" + "ian.org", "/wo" + "rk/", "shared" + "/spec"])
    )
    read = {".py", ".toml", ".sql", ".md", ".lock", ".yaml", ".sh"}
    paths = [ROOT / name for name in TRACKED if Path(name).suffix in read or Path(name).name in {"Makefile", "run"}]
    guilty = [path.relative_to(ROOT).as_posix() for path in paths if forbidden.search(path.read_text("utf-8"))]
    assert guilty == []


def test_every_locked_package_has_a_hash():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(
            r"^[a-z0-9][\w.-]*(?:\[.*?\])?==\S+[^\n]*\n((?:    .*\n)*)", text, flags=re.MULTILINE | re.IGNORECASE
        )
        assert len(pins) > 40
        assert all("--hash=sha256:" in block for block in pins)


def test_versions_that_were_measured_are_the_ones_locked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    exact = [line for line in declared if "==" in line]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert {line.split("==")[0] for line in exact} >= {"duckdb", "prefect", "fastapi", "sqlalchemy"}
    assert [line for line in exact if f"{line} \\" not in locked] == []


def test_models_name_a_schema_for_every_table_they_read():
    assert MODELS_FOLDER.is_dir()
    for path in MODELS_FOLDER.rglob("*.sql"):
        text = path.read_text(encoding="utf-8")
        code = "\n".join(line.split("--")[0] for line in text.splitlines())
        steps = set(
            re.findall(r"(?:with(?:\s+recursive)?|,)\s*(\w+)(?:\s*\([^)]*\))?\s+as\s*(?:materialized\s*)?\(", code)
        )
        read = set(re.findall(r"(?:from|join)\s+([a-z_]\w*)(?!\s*[\w.(])", code))
        strangers = {name for name in read if name not in steps | {"unnest", "range", "generate_series", "lateral"}}
        assert not strangers, f"{path.relative_to(ROOT)} reads {strangers} without a schema"

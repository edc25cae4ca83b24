"""Workbooks, read by a child process: a malformed one may kill its reader, and must not kill the run."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from connectors.readers import office
from connectors.readers.sheet import Rereadable, Sheet
from connectors.readers.sniffing import refused

SECONDS = 600
PROJECT = Path(__file__).resolve().parents[2]
# Without numpy, which it does not need, Arrow loads in half the time.
CHILD = (
    "import sys; sys.modules['numpy'] = None; sys.path.insert(0, sys.argv.pop(1)); "
    "from connectors.readers.spreadsheet_child import main; main(*sys.argv[1:])"
)
DAMAGED = ("工作簿已损坏，内容读不出来", "请用 Excel 或 WPS 打开并另存为 xlsx，确认无误后重新报送")
TOO_LARGE = (
    "工作簿读不下：表格过大，或在很远的行列有零星单元格",
    "请删除数据区以外的空白行列后另存为 xlsx，数据确实很多时拆成几个文件或改报 CSV",
)
TOO_SLOW = ("工作簿读取超时", TOO_LARGE[1])
NO_TABLE = ("网页文件中没有表格", "请从业务系统导出为 xlsx 或 CSV 后报送")
REASONS = {"damaged": DAMAGED, "memory": TOO_LARGE, "no table": NO_TABLE}


@contextmanager
def open_workbook_zip(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """xlsx, xlsm, xlsb, ods."""
    office.check_package(path)
    with _read_by_child("workbook", path, spill) as sheets:
        yield sheets


@contextmanager
def open_workbook_ole(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """xls, or a workbook of any format encrypted with the password that every program knows."""
    with private_folder(spill) as folder:
        readable = office.readable_workbook(path, folder)
        kind = "xls" if readable == path else "workbook"
        with _read_by_child(kind, readable, spill, known_as=path) as sheets:
            yield sheets


@contextmanager
def open_html(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """The .xls that is a web page: one sheet per table."""
    with _read_by_child("html", path, spill) as sheets:
        yield sheets


@contextmanager
def open_workbook_xml(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """The XML workbook of Excel 2003."""
    with _read_by_child("xml", path, spill) as sheets:
        yield sheets


@contextmanager
def private_folder(spill: Path) -> Iterator[Path]:
    """A folder for this process alone, gone afterwards whatever happens."""
    spill.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="reader-", dir=spill))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _read_by_child(kind: str, path: Path, spill: Path, known_as: Path | None = None) -> Iterator[list[Sheet]]:
    with private_folder(spill) as folder:
        outcome = _outcome(kind, path, folder)
        if isinstance(outcome, str):
            found, remedy = TOO_SLOW if outcome == "slow" else REASONS.get(outcome, TOO_LARGE)
            raise refused(known_as or path, found, remedy)
        yield [_sheet(folder, entry) for entry in outcome]


def _outcome(kind: str, path: Path, folder: Path) -> str | list[dict[str, object]]:
    """The sheets the child wrote, or why it failed; a child that died without a word ran out of memory."""
    command = [sys.executable, "-c", CHILD, str(PROJECT), kind, str(path.absolute()), str(folder.absolute())]
    try:
        # Its error text is thrown away: a traceback could hold cells.
        subprocess.run(
            command, timeout=SECONDS, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "slow"
    manifest = folder / "manifest.json"
    if not manifest.exists():
        return "memory"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    return str(told["failure"]) if "failure" in told else list(told["sheets"])


def _sheet(folder: Path, entry: dict[str, object]) -> Sheet:
    file = folder / str(entry["file"])
    columns = int(str(entry["columns"]))
    name = None if entry["name"] is None else str(entry["name"])
    return Sheet(name, bool(entry["visible"]), columns, Rereadable(lambda: _stored(file)))


def _stored(file: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(file)) as source, pa.ipc.open_stream(source) as reader:
        yield from reader

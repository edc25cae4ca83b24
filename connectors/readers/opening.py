"""The readers' one door: look at the content, then hand the file to the reader for it.

Readers are imported when they are first needed: the child that reads a workbook imports this package too,
and its start must stay cheap.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path

from connectors.readers.sheet import Sheet
from connectors.readers.sniffing import Kind, kind_of, refused

Reader = Callable[[Path, Path], AbstractContextManager[list[Sheet]]]
READERS = {
    Kind.TEXT: ("delimited", "open_delimited"),
    Kind.HTML: ("spreadsheet", "open_html"),
    Kind.WORKBOOK_XML: ("spreadsheet", "open_workbook_xml"),
    Kind.WORKBOOK_ZIP: ("spreadsheet", "open_workbook_zip"),
    Kind.WORKBOOK_OLE: ("spreadsheet", "open_workbook_ole"),
    Kind.DBF: ("dbf", "open_dbf"),
    Kind.PARQUET: ("parquet", "open_parquet"),
}


@contextmanager
def open_file(path: Path, *, spill: Path) -> Iterator[list[Sheet]]:
    """The sheets of a file; their batches can be read while it is open.

    `spill` is a private folder for what has to be written down on the way; it is left as it was.
    Raises BangfuError, with a reason and a remedy, where the file as a whole cannot be read.
    """
    try:
        reader = reader_of(kind_of(path))
    except OSError as error:
        raise refused(path, "文件打不开", "请检查文件的读取权限，或重新复制到收件夹") from error
    with reader(path, spill) as sheets:
        yield sheets


def reader_of(kind: Kind) -> Reader:
    module, name = READERS[kind]
    reader: Reader = getattr(import_module(f"connectors.readers.{module}"), name)
    return reader

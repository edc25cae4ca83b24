"""DBF (dBASE III to Visual FoxPro) by fixed widths: one bad record or a cut end costs that record alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.readers.dbf_fields import CHINESE_PAGE, Field, Header, converter, decode, header_of
from connectors.readers.sheet import BAD_BYTES, BEYOND_COUNT, CUT_RECORD, DELETED, Rereadable, Row, Sheet, batches_of
from connectors.readers.sniffing import refused

SAMPLE_RECORDS = 2_000
BLOCK_RECORDS = 16_384
END_OF_FILE = b"\x1a"
Converter = Callable[[bytes], str]


@contextmanager
def open_dbf(path: Path, spill: Path) -> Iterator[list[Sheet]]:
    """The table; its field names come first as row 0, the records keep their own numbers from 1."""
    with path.open("rb") as file:
        header = header_of(file.read(1 << 16))
    if not header.fields or path.stat().st_size < header.header_length:
        raise refused(path, "DBF 文件头不完整", "请从业务系统重新导出，并确认复制完成后再报送")
    encoding = _encoding(path, header)
    read = Rereadable(lambda: batches_of(_rows(path, header, encoding), len(header.fields)))
    yield [Sheet(None, True, len(header.fields), read)]


def _encoding(path: Path, header: Header) -> str:
    """GB18030 as the header says or most tools mean; UTF-8 only where every text of a sample is that."""
    if header.code_page == CHINESE_PAGE:
        return "gb18030"
    texts = [field.name for field in header.fields]
    wide = [field for field in header.fields if field.type == "C"]
    for _, record in zip(range(SAMPLE_RECORDS), _records(path, header), strict=False):
        texts += [_part(record, field) for field in wide]
    telling = [text for text in texts if not text.isascii()]
    return "utf-8" if telling and all(_reads(text, "utf-8") for text in telling) else "gb18030"


def _reads(text: bytes, encoding: str) -> bool:
    try:
        decode(text, encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name(raw: bytes, encoding: str) -> str:
    """A field's name without half a character at its end."""
    return raw.decode(encoding, "ignore").strip()


def _rows(path: Path, header: Header, encoding: str) -> Iterator[Row]:
    yield Row(0, None, [_name(field.name, encoding) for field in header.fields])
    convert = [(field, converter(field, version=header.version, encoding=encoding)) for field in header.fields]
    number = 0
    for number, record in enumerate(_records(path, header), start=1):
        yield _row(number, record, header, convert)
    if number < header.records and not _has_cut_record(path, header):
        # Cut exactly between two records: nothing is half read, but it must not look complete.
        yield Row(number + 1, CUT_RECORD, [])


def _row(number: int, record: bytes, header: Header, convert: list[tuple[Field, Converter]]) -> Row:
    if len(record) < header.record_length:
        return Row(number, CUT_RECORD, [])
    if number > header.records:
        return Row(number, BEYOND_COUNT, [])
    if record[:1] == b"*":
        return Row(number, DELETED, [])
    try:
        return Row(number, None, [text(_part(record, field)) for field, text in convert])
    except UnicodeDecodeError:
        return Row(number, BAD_BYTES, [_readable(_part(record, field)) for field, _ in convert])


def _part(record: bytes, field: Field) -> bytes:
    return record[field.offset : field.offset + field.length]


def _readable(raw: bytes) -> str:
    return raw.decode("gb18030", "replace").strip(" \x00")


def _records(path: Path, header: Header) -> Iterator[bytes]:
    """Whole records, then what is left of a cut one; the end mark is none."""
    with path.open("rb") as file:
        file.seek(header.header_length)
        while block := file.read(header.record_length * BLOCK_RECORDS):
            for start in range(0, len(block), header.record_length):
                record = block[start : start + header.record_length]
                if len(record) < header.record_length and not record.strip(END_OF_FILE + b"\x00\r\n "):
                    return
                yield record


def _has_cut_record(path: Path, header: Header) -> bool:
    left = (path.stat().st_size - header.header_length) % header.record_length
    with path.open("rb") as file:
        file.seek(path.stat().st_size - left)
        return bool(file.read().strip(END_OF_FILE + b"\x00\r\n "))

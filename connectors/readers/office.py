"""What is checked of an office file before anyone parses it: passwords, sizes inside, what it really is."""

import zipfile
from pathlib import Path
from typing import IO, Any

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from connectors.readers.sniffing import AS_TABLE, refused
from warehouse.errors import BangfuError

# Excel writes a workbook "protected" without a password encrypted with this one; every program opens it.
KNOWN_PASSWORD = "VelvetSweatshop"
OTHER_DOCUMENTS = {"WordDocument", "PowerPoint Document", "VisioDocument", "__properties_version1.0"}
UNPACKED = 3 << 30
RATIO = 200
RATIO_FROM = 100 << 20
ENCRYPTED = ("工作簿设有打开密码", "请在 Excel 或 WPS 中取消打开密码，另存后重新报送")
BROKEN = ("文件不完整或已损坏", "请用 Excel 或 WPS 打开并另存为 xlsx，确认无误后重新报送")
SWOLLEN = ("工作簿解开后过大", "请删除数据区以外的格式和空白行列后另存，数据确实很多时拆成几个文件或改报 CSV")


def check_package(path: Path) -> None:
    """Refuse a package that would unpack to more than a workbook ever needs, or whose parts are encrypted."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refused(path, *BROKEN) from error
    if any(member.flag_bits & 1 for member in members):
        raise refused(path, *ENCRYPTED)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > UNPACKED or (unpacked > RATIO_FROM and unpacked > RATIO * packed):
        raise refused(path, *SWOLLEN)


def readable_workbook(path: Path, folder: Path) -> Path:
    """The file itself if it is an .xls, or what it holds, decrypted into `folder`. Raises BangfuError otherwise."""
    try:
        streams = _streams(path)
        with path.open("rb") as file:
            office = None if streams & OTHER_DOCUMENTS else _encrypted(file)
            if office is not None:
                return _decrypted(path, office, folder)
    except BangfuError:
        raise
    except Exception:  # noqa: BLE001 - a damaged file fails anywhere inside two foreign parsers, with errors of any kind
        raise refused(path, *BROKEN) from None
    if streams & {"Workbook", "Book"}:
        return path
    # A cut file loses its list of streams or keeps a part of it: only a known stream says what it was.
    if streams & OTHER_DOCUMENTS:
        raise refused(path, "这是 Word、PPT 或其他办公文档，不是数据表", AS_TABLE)
    raise refused(path, *(ENCRYPTED if "EncryptionInfo" in streams else BROKEN))


def _streams(path: Path) -> set[str]:
    with olefile.OleFileIO(str(path)) as compound:
        return {parts[0] for parts in compound.listdir()}


def _encrypted(file: IO[bytes]) -> Any:
    """The encrypted document, or None where it is not encrypted or no office document at all."""
    try:
        office = msoffcrypto.OfficeFile(file)
    except FileFormatError:
        return None
    return office if office.is_encrypted() else None


def _decrypted(path: Path, office: Any, folder: Path) -> Path:
    target = folder / "decrypted"
    try:
        office.load_key(password=KNOWN_PASSWORD)
        with target.open("wb") as file:
            office.decrypt(file)
    except (InvalidKeyError, DecryptionError) as error:
        raise refused(path, *ENCRYPTED) from error
    if zipfile.is_zipfile(target):
        check_package(target)
    return target

"""Passwords: a locked workbook opens with its password and with nothing else."""

import stat
from io import BytesIO
from zipfile import BadZipFile

import msoffcrypto
import olefile
import pytest
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from openpyxl import load_workbook

from reports.locking import read_passwords, unlock
from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish
from warehouse.errors import BangfuError

PASSWORDS = {"health": "卫健-2026-口令", "玉山镇": "yushan-2026"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locked")
    database = publish(small_city(), folder / "full.duckdb")
    paths = write_month(database, folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED, passwords=PASSWORDS)
    return {path.name: path for path in paths}


def opened(path, password: str) -> BytesIO:
    content = BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=password, verify_password=True)
        office.decrypt(content, verify_integrity=True)
    return content


@pytest.mark.parametrize("recipient", PASSWORDS)
def test_a_locked_book_opens_with_its_password_only(locked, recipient):
    (path,) = (path for name, path in locked.items() if f"_{recipient}_" in name)
    assert load_workbook(opened(path, PASSWORDS[recipient])).sheetnames[0] == "说明"
    for wrong in ("", "bangfu", *(set(PASSWORDS.values()) - {PASSWORDS[recipient]})):
        with pytest.raises((InvalidKeyError, DecryptionError)):
            opened(path, wrong)
    with pytest.raises(BadZipFile):
        load_workbook(path)


def test_nothing_of_the_content_can_be_read_without_it(locked):
    content = locked["例外清单_health_2026-06.xlsx"].read_bytes()
    assert not content.startswith(b"PK")
    assert "家庭医生".encode() not in content
    assert b"sharedStrings" not in content


def test_the_others_stay_open_and_nothing_plain_lies_beside(locked):
    assert load_workbook(locked["例外清单_housing_2026-06.xlsx"]).sheetnames[0] == "说明"
    folder = locked["例外清单_housing_2026-06.xlsx"].parent
    assert sorted(path for path in folder.rglob("*") if path.suffix != ".html" and path.is_file()) == sorted(
        locked.values()
    )


def test_a_returned_locked_book_is_opened_with_whichever_password_fits(locked, tmp_path):
    (path,) = (path for name, path in locked.items() if "_health_" in name)
    readable = unlock(path, tmp_path, PASSWORDS.values())
    assert load_workbook(BytesIO(readable.read_bytes())).sheetnames[0] == "说明"
    assert stat.S_IMODE(readable.stat().st_mode) == 0o600
    assert unlock(path, tmp_path, ["not the one"]) == path
    plain = locked["例外清单_housing_2026-06.xlsx"]
    assert unlock(plain, tmp_path, PASSWORDS.values()) == plain
    (tmp_path / "old.xls").write_bytes(olefile.MAGIC + bytes(2000))
    assert unlock(tmp_path / "old.xls", tmp_path, PASSWORDS.values()) == tmp_path / "old.xls"


def test_passwords_come_from_private_files_of_one_line(tmp_path):
    assert read_passwords(tmp_path / "passwords") == {}
    (tmp_path / "health.txt").write_text("\ufeff卫健-2026-口令\r\n", encoding="utf-8")
    (tmp_path / "health.txt").chmod(0o600)
    assert read_passwords(tmp_path) == {"health": "卫健-2026-口令"}


@pytest.mark.parametrize(
    ("content", "mode", "found"),
    [
        (b"long enough", 0o644, "别的用户"),
        (b"short", 0o600, "过短"),
        (b"", 0o600, "为空"),
        (b"\xff\xfe\x00", 0o600, "UTF-8"),
        (b"one line too\nmany", 0o600, "不止一行"),
    ],
)
def test_a_password_file_that_is_not_safe_is_refused_without_repeating_it(tmp_path, content, mode, found):
    file = tmp_path / "office.txt"
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(BangfuError, match=found) as refused:
        read_passwords(tmp_path)
    assert "long enough" not in str(refused.value)
    assert "short" not in str(refused.value).replace("office.txt", "")

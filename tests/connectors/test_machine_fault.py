"""A disk that fails is never blamed on the file that was being taken in."""

import errno
import io
import zipfile

import pytest

from connectors import archive
from connectors.machine_fault import is_machine_fault
from connectors.readers import zip_members
from tests.connectors.small_home import SmallHome, csv_bytes, table


@pytest.fixture
def home(tmp_path):
    home = SmallHome(tmp_path / "home")
    home.put_table("care_assessments", table("care_assessments", 2))
    home.put_table("deaths", table("deaths", 2))
    return home


def failing(error):
    def fail(*_arguments, **_named):
        raise error

    return fail


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_night_fails_when_the_archive_cannot_be_written_and_the_next_takes_everything(home, monkeypatch, number):
    with monkeypatch.context() as broken:
        broken.setattr(archive, "keep_original", failing(OSError(number, "the disk")))
        with pytest.raises(OSError, match="the disk"):
            home.night()
    assert [one.status for one in home.night().deliveries] == ["accepted", "accepted"]


def test_a_fault_in_reading_one_file_refuses_that_file_alone(home, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(archive, "keep_original", failing(OSError(errno.ESTALE, "the share")))
        assert {one.status for one in home.night().deliveries} == {"refused"}


def test_a_sector_that_cannot_be_read_is_the_files_own_fault(tmp_path):
    (tmp_path / "whole").write_bytes(b"x")
    assert is_machine_fault(OSError(errno.EIO, ""), tmp_path / "whole")
    assert not is_machine_fault(OSError(errno.EIO, ""), tmp_path / "gone")


def test_a_zip_is_not_called_damaged_when_there_is_no_room_to_unpack_it(home, monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members:
        members.writestr("deaths.csv", csv_bytes(table("deaths", 3)))
    home.put("all.zip", packed.getvalue())
    monkeypatch.setattr(zip_members, "_stored", failing(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        home.night()

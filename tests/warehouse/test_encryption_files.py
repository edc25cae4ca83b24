"""Sealed files: what was written comes back, and nothing else ever does."""

import stat

import pytest

from warehouse.encryption.keyring import key_for, use_key_file
from warehouse.encryption.keys import Key, read_key, write_new_key
from warehouse.encryption.private_files import copy_with, create_private, create_with, open_private, open_with, settle
from warehouse.encryption.sealed import FRAME, HEAD, TAG, is_sealed
from warehouse.errors import BangfuError

KEY, OTHER = Key(bytes(range(32))), Key(bytes(range(1, 33)))
SIZES = (0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME + 7)


def sealed(path, content, key=KEY):
    with create_with(path, key) as file:
        for start in range(0, len(content), 1000):
            file.write(content[start : start + 1000])
        settle(file)
    return path


def read(path, key=KEY):
    with open_with(path, key) as file:
        return file.read()


def content_of(size):
    return bytes(number * 31 % 251 for number in range(size))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read_whole_and_from_any_place(tmp_path, size):
    content = content_of(size)
    path = sealed(tmp_path / "a", content)
    assert is_sealed(path) and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read(path) == content
    with open_with(path, KEY) as file:
        for start in {0, 1, size // 2, max(0, size - 3), size, size + 10}:
            file.seek(start)
            assert file.read(5) == content[start : start + 5]
        file.seek(-min(4, size), 2)
        assert file.read() == content[size - min(4, size) :]


def test_nothing_of_the_content_stands_in_the_file_and_no_two_are_alike(tmp_path):
    content = "王小明 320583198501010012".encode() * 9000
    first, second = sealed(tmp_path / "a", content), sealed(tmp_path / "b", content)
    assert "王小明".encode() not in first.read_bytes()
    assert first.read_bytes()[HEAD:] != second.read_bytes()[HEAD:]


@pytest.mark.parametrize("place", [0, 9, HEAD - 1, HEAD, HEAD + FRAME + 3, -1])
def test_one_altered_byte_is_refused_by_the_files_name(tmp_path, place):
    path = sealed(tmp_path / "00c6", content_of(2 * FRAME + 50))
    altered = bytearray(path.read_bytes())
    altered[place] ^= 1
    path.write_bytes(altered)
    if place == 0:  # no longer a sealed file at all: its content is not what was kept
        assert read(path) != content_of(2 * FRAME + 50)
        return
    with pytest.raises(BangfuError, match="00c6"):
        read(path)


def cut(content):
    return content[: HEAD + FRAME + TAG]


def lengthened(content):
    return content + bytes(TAG)


def swapped(content):
    first, second = HEAD, HEAD + FRAME + TAG
    return (
        content[:first]
        + content[second : second + FRAME + TAG]
        + content[first:second]
        + content[second + FRAME + TAG :]
    )


@pytest.mark.parametrize(
    "change", [cut, lengthened, swapped, lambda content: content[:HEAD], lambda content: content[:-1]]
)
def test_frames_cut_off_added_or_swapped_are_refused(tmp_path, change):
    path = sealed(tmp_path / "a", content_of(2 * FRAME + 50))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(BangfuError, match="改动"):
        read(path)


def test_a_file_that_was_not_finished_never_reads_as_whole(tmp_path):
    with create_with(tmp_path / "a", KEY) as file:
        file.write(content_of(2 * FRAME))
    with pytest.raises(BangfuError, match="改动"):
        read(tmp_path / "a")


def test_another_key_or_none_is_told_apart_from_damage(tmp_path):
    path = sealed(tmp_path / "a", b"x")
    with pytest.raises(BangfuError, match=f"{KEY.name}.*{OTHER.name}"):
        read(path, OTHER)
    with pytest.raises(BangfuError, match="没有给出密钥"):
        read(path, None)


def test_a_copy_changes_the_key_and_nothing_else(tmp_path):
    path = sealed(tmp_path / "a", content_of(FRAME + 1))
    copy_with(path, KEY, tmp_path / "b", OTHER)
    copy_with(tmp_path / "b", OTHER, tmp_path / "c", None)
    assert (tmp_path / "c").read_bytes() == content_of(FRAME + 1)


def test_a_file_takes_the_key_of_the_home_it_lies_in(tmp_path):
    write_new_key(tmp_path / "key")
    use_key_file(tmp_path / "with", tmp_path / "key")
    for home in ("with", "without"):
        (tmp_path / home / "archive").mkdir(parents=True)
        with create_private(tmp_path / home / "archive" / "a") as file:
            file.write(b"content")
            settle(file)
        with open_private(tmp_path / home / "archive" / "a") as file:
            assert file.read() == b"content"
    assert is_sealed(tmp_path / "with" / "archive" / "a")
    (tmp_path / "disk").mkdir()
    (tmp_path / "with" / "linked").symlink_to(tmp_path / "disk")
    (tmp_path / "named").symlink_to(tmp_path / "with")
    for folder in (tmp_path / "with" / "linked", tmp_path / "named" / "archive"):
        assert key_for(folder / "b") is not None
    assert (tmp_path / "without" / "archive" / "a").read_bytes() == b"content"


@pytest.mark.parametrize(
    "text",
    [bytes(range(32)).hex().upper(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", bytes(range(32)).hex() + "\r\n"],
)
def test_a_key_is_read_from_hexadecimal_digits_or_base64(tmp_path, text):
    file = tmp_path / "key"
    file.write_text(text)
    file.chmod(0o600)
    assert read_key(file) == KEY
    assert KEY.secret.hex() not in repr(KEY) and str(KEY.secret) not in repr(KEY)


@pytest.mark.parametrize(
    ("text", "mode", "found"),
    [
        (bytes(range(32)).hex(), 0o640, "别的用户"),
        (bytes(range(31)).hex(), 0o600, "不是密钥"),
        ("00" * 32, 0o600, "不是密钥"),
        ("abababababababab" * 4, 0o600, "不是密钥"),
        ("一个密码", 0o600, "不是密钥"),
        ("", 0o600, "不是密钥"),
    ],
)
def test_a_file_that_is_no_key_or_open_to_others_is_refused(tmp_path, text, mode, found):
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(BangfuError, match=found) as told:
        read_key(file)
    assert not text or text not in str(told.value)


def test_a_key_is_made_once_for_its_owner_and_never_overwritten(tmp_path):
    key = write_new_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    with pytest.raises(BangfuError, match="不覆盖"):
        write_new_key(tmp_path / "key")
    assert read_key(tmp_path / "key") == key


def test_a_key_beside_the_data_it_protects_is_refused(tmp_path):
    write_new_key(tmp_path / "key")
    use_key_file(tmp_path, tmp_path / "key")
    with pytest.raises(BangfuError, match="放在一起"):
        key_for(tmp_path / "warehouse" / "work.duckdb")
    use_key_file(tmp_path, None)


def test_each_use_has_a_key_of_its_own():
    uses = [KEY.files, KEY.names, bytes.fromhex(KEY.databases), bytes.fromhex(KEY.analysts), KEY.secret]
    assert len({use[:8] for use in uses} | {KEY.key_id}) == 6

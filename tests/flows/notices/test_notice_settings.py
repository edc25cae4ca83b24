import pytest

from flows.notices.notice_settings import read_notice_settings
from warehouse.errors import BangfuError

SERVER = """
host = "mail.city.example"
security = "none"
from = "bangfu@city.example"
[recipients]
office = "office@city.example"
"""


def write(root, text, *, server=True):
    if server:
        (root / "delivery.toml").write_text(SERVER)
    (root / "notices.toml").write_text(text, encoding="utf-8")
    return read_notice_settings(root)


def test_channels_are_named_without_address_or_url(tmp_path):
    settings = write(
        tmp_path,
        'hours_without_night = 50\n[mail]\nadmin = "it@city.example"\n[webhook]\nurl = "https://hook.city.example/x"',
    )
    assert settings.channels == ("mail:admin", "webhook")
    assert settings.hours_without_night == 50 and settings.server.host == "mail.city.example"
    assert "it@city.example" not in repr(settings) and "hook.city" not in repr(settings)


def test_no_file_no_notices(tmp_path):
    assert read_notice_settings(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    [
        "[mail",
        "unknown = 1",
        "hours_without_night = 0",
        "hours_without_night = -1",
        'hours_without_night = "30"',
        "[mail]\nadmin = 3",
        '[mail]\nadmin = "two@city.example, more@city.example"',
        '[mail]\nadmin = "it@city.example\\nBcc: x@city.example"',
        '[webhook]\nurl = "ftp://x/y"',
        '[webhook]\nurl = "http://user:secret@x/y"',
        '[webhook]\nsecret_file = "x.txt"',
        '[webhook]\nurl = "http://x/y"\nsecret_file = "missing.txt"',
        '[webhook]\nurl = "http://x/y"\nsecret_file = "open.txt"',
        '[webhook]\nurl = "http://x/y"\nsecret_file = "two-lines.txt"',
        '[webhook]\nurl = "http://x/y"\nport = 1',
    ],
)
def test_what_cannot_be_used_is_refused_without_being_quoted(tmp_path, text):
    (tmp_path / "open.txt").write_text("secret")
    (tmp_path / "open.txt").chmod(0o644)
    (tmp_path / "two-lines.txt").write_text("secret\nX-Other: 1")
    (tmp_path / "two-lines.txt").chmod(0o600)
    with pytest.raises(BangfuError) as refused:
        write(tmp_path, text)
    assert "city.example" not in str(refused.value) and "secret@" not in str(refused.value)


def test_addresses_need_the_mail_server_of_delivery_toml(tmp_path):
    with pytest.raises(BangfuError, match=r"delivery\.toml"):
        write(tmp_path, '[mail]\nadmin = "it@city.example"', server=False)

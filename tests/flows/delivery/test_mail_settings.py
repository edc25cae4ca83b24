"""delivery.toml: refused with the reason where it cannot be right, and no address is repeated."""

import pytest

from tests.flows.delivery.desk import deliver, set_up


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"security": "tls"}, "security 写得不对"),
        ({"recipients": {"office": "a@city.example\\nBcc: b@city.example"}}, "office 的邮箱写得不对"),
        ({"recipients": {"office": "a@city.example, b@city.example"}}, "office 的邮箱写得不对"),
        ({"from": "bangfu@city..example"}, "from 的邮箱写得不对"),
        ({"smtp_host": "x"}, "不认识 smtp_host"),
        ({"port": "25"}, "port 写得不对"),
        ({"user": "bangfu"}, "只写了一个"),
        ({"user": "bangfu", "password_file": "delivery.toml"}, "别的用户也能读取"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(home, mailbox, capsys, more, found):
    set_up(home, **{"port": 25, **more})
    (home.root / "delivery.toml").chmod(0o644)
    assert deliver(home) == 1
    said = capsys.readouterr().err
    assert found in said
    assert "@" not in said
    assert mailbox.letters == []


def test_without_settings_it_says_where_to_write_them(home, capsys):
    (home.root / "delivery.toml").unlink()
    assert deliver(home) == 1
    assert "delivery.toml" in capsys.readouterr().err

"""Servers that are out of reach, say nothing, or are not the one named: nothing is handed over, and it is said why."""

import socket

import pytest

from tests.flows.delivery.desk import ADDRESSES, deliver, ledger, set_up, states
from tests.flows.delivery.mail_server import HOST, make_certificate, served


def test_a_server_out_of_reach_is_asked_once_and_everybody_waits(home, capsys):
    set_up(home, 1)
    assert deliver(home) == 3
    assert states(home) == dict.fromkeys(ADDRESSES, "unsent")
    assert [entry["state"] for entry in ledger(home)].count("sending") == 1
    assert "连不上邮件服务器" in capsys.readouterr().out


def test_a_server_that_says_nothing_is_given_up(home, capsys):
    with socket.create_server((HOST, 0)) as silent:
        set_up(home, silent.getsockname()[1], timeout=1)
        assert deliver(home) == 3
    assert states(home) == dict.fromkeys(ADDRESSES, "unsent")
    assert "连不上邮件服务器" in capsys.readouterr().out


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd means STARTTLS
@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_encrypted_with_a_login_and_only_to_a_server_that_is_the_one_named(home, mailbox, capsys, security):
    certificate = make_certificate(home.root)
    (home.root / "mail.txt").write_text("mail secret\n")
    (home.root / "mail.txt").chmod(0o600)
    login = {"security": security, "user": "bangfu", "password_file": "mail.txt"}
    with served(mailbox, tls=certificate, at_once=security == "ssl") as port:
        set_up(home, port, **login)
        assert deliver(home) == 3
        assert "证书不可信" in capsys.readouterr().out
        assert mailbox.logins == mailbox.letters == []
        set_up(home, port, ca_file="root.pem", **login)
        assert deliver(home) == 0
    assert set(mailbox.logins) == {(b"bangfu", b"mail secret")}
    assert mailbox.encrypted == [True] * 3


def test_a_server_without_starttls_gets_nothing(home, mailbox, port, capsys):
    set_up(home, port, security="starttls")
    assert deliver(home) == 3
    assert mailbox.letters == []
    assert "不支持所设的加密" in capsys.readouterr().out

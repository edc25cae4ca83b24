"""A home that tells a webhook and a mail server on loopback."""

import pytest

from flows.notices import notify
from tests.flows.delivery.mail_server import Mailbox, served
from tests.flows.notices.hook import hook_served
from warehouse.home import Home

MAIL = """
host = "127.0.0.1"
port = {}
security = "none"
from = "bangfu@city.example"
timeout = 5
[recipients]
office = "office@city.example"
"""


@pytest.fixture
def hook():
    with hook_served() as hook:
        yield hook


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def home(tmp_path, hook, mailbox):
    home = Home(tmp_path / "home")
    home.prepare()
    with served(mailbox) as port:
        (home.root / "delivery.toml").write_text(MAIL.format(port))
        (home.root / "notices.toml").write_text(
            f'[mail]\nadmin = "it@city.example"\n[webhook]\nurl = "{hook.url}"\ntimeout = 5\n'
        )
        yield home


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(notify, "PAUSES", (0.0, 0.0))

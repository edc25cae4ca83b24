"""A home ready to mail, and the server it mails to."""

import shutil

import pytest

from tests.flows.delivery.desk import ADDRESSES, set_password, set_up, write_book
from tests.flows.delivery.mail_server import Mailbox, served
from warehouse.home import Home


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def port(mailbox):
    with served(mailbox) as port:
        yield port


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A home with a month of encrypted books, one for each recipient; encrypting is slow, so they are made once."""
    home = Home(tmp_path_factory.mktemp("office") / "home")
    home.prepare()
    for recipient in ADDRESSES:
        set_password(home, recipient)
        write_book(home, recipient)
    return home


@pytest.fixture
def home(office, tmp_path, port):
    """A copy of the office's home, set up to mail to the server."""
    home = Home(tmp_path / "home")
    shutil.copytree(office.root, home.root)
    set_up(home, port)
    return home

"""The secret of a home: what makes row tokens unguessable and the marks of people in the audit log unreadable."""

import secrets

from warehouse.encryption.private_files import create_private, open_private, settle
from warehouse.home import Home


def home_secret(home: Home) -> bytes:
    """32 random bytes, made once per home, readable by its owner alone."""
    file = home.warehouse / "secret.key"
    if not file.exists():
        unfinished = file.with_suffix(".new")
        with create_private(unfinished) as stream:
            stream.write(secrets.token_bytes(32))
            settle(stream)
        unfinished.replace(file)
    with open_private(file) as stream:
        return stream.read()

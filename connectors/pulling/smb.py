"""Windows shares. Files are opened so that whoever writes them is never kept waiting."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import fsspec
import smbclient
from fsspec.spec import AbstractFileSystem
from smbprotocol import exceptions as faults
from smbprotocol.header import NtStatus

from connectors.pulling.faults import BUSY, FORBIDDEN, MISSING, NETWORK, Cause, PullFault, general
from connectors.pulling.passwords import Vault
from connectors.pulling.sources import Server

PORT = 445
LOGIN = Cause("服务器拒绝登录", "核对用户名和口令;口令到期的请对方重设")
_STATUS = {
    NtStatus.STATUS_ACCESS_DENIED: FORBIDDEN,
    NtStatus.STATUS_SHARING_VIOLATION: BUSY,
    NtStatus.STATUS_BAD_NETWORK_NAME: MISSING,
    NtStatus.STATUS_LOGON_FAILURE: LOGIN,
}


@contextmanager
def smb(source: str, server: Server, vault: Vault) -> Iterator[AbstractFileSystem]:
    """The server's shares, for as long as the session is open."""
    # Its threads write errors of their own, with hosts and addresses.
    logging.getLogger("smbprotocol").setLevel(logging.CRITICAL + 1)
    logging.getLogger("smbclient").setLevel(logging.CRITICAL + 1)
    password = vault.secret(source, server.secret)
    settings = {
        "host": server.host,
        "port": server.port or PORT,
        "username": server.user,
        "password": password,
        "timeout": server.timeout,
        "encrypt": server.encrypt,
        "share_access": "rwd",
        "register_session_retries": 0,  # `again` retries, and knows where that helps
    }
    try:
        try:
            files = fsspec.filesystem("smb", **settings, skip_instance_cache=True)
        except ValueError:  # how a host name that does not resolve comes out
            raise PullFault(source, NETWORK) from None
        yield files
    finally:
        smbclient.reset_connection_cache(fail_on_error=False)


def judge(error: BaseException) -> Cause | None:
    """What smbprotocol's errors mean."""
    status = getattr(error, "ntstatus", getattr(error, "status", None))
    if isinstance(status, int) and status in _STATUS:
        return _STATUS[status]
    if isinstance(error, faults.SMBAuthenticationError):
        return LOGIN
    if isinstance(error, OSError) and error.errno:
        return general(error)
    return NETWORK if isinstance(error, faults.SMBException) else None

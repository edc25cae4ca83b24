"""SFTP with the server's key pinned: a server that cannot prove to be the known one gets no password."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from connectors.pulling.faults import NETWORK, Cause, PullFault
from connectors.pulling.passwords import Vault
from connectors.pulling.sources import Server

SSH_PORT = 22
LOGIN = Cause("服务器拒绝登录", "核对用户名、口令或密钥文件;加密的密钥文件,口令写在 password_file 里")
KEY_FILE = Cause("密钥文件读不出,或它的口令不对", "用 ssh-keygen 生成的 OpenSSH 格式;口令写在 password_file 里")
WRITTEN = Cause("host_key 或 known_hosts_file 写得不对", "写作 ssh-ed25519 AAAA…,取法见 docs/pulling.md")
KNOW = "没有登录。向对方管理员核对指纹,确实换了密钥的,改 host_key 或 known_hosts_file"


class UnknownHost(paramiko.SSHException):
    """The server's key is not among the known ones."""


class _Refuse(paramiko.MissingHostKeyPolicy):
    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        raise UnknownHost(key.fingerprint)


class _Pinned(SFTPFileSystem):
    """fsspec's, which would trust any server on the first meeting."""

    cachable = False

    def __init__(self, host: str, *, known: paramiko.HostKeys, silent: int, **login: Any) -> None:
        self.known, self.silent = known, silent
        super().__init__(host, **login)

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.get_host_keys().update(self.known)
        self.client.set_missing_host_key_policy(_Refuse())
        limits = dict.fromkeys(("timeout", "banner_timeout", "auth_timeout", "channel_timeout"), self.silent)
        try:
            self.client.connect(self.host, **self.ssh_kwargs, **limits, allow_agent=False, look_for_keys=False)
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(self.silent)
        except BaseException:
            self.client.close()
            raise


@contextmanager
def sftp(source: str, server: Server, vault: Vault) -> Iterator[SFTPFileSystem]:
    """The server's files, for as long as the connection is open. Raises PullFault."""
    # Its threads write errors of their own, with hosts and addresses.
    logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)
    login: dict[str, Any] = {"username": server.user, "port": server.port or SSH_PORT}
    password = vault.secret(source, server.secret)
    if server.key_file is None:
        login["password"] = password
    else:
        login["pkey"] = _key(source, str(vault.private_file(source, server.key_file)), password)
    files = _Pinned(server.host, known=_known(source, server, vault), silent=server.timeout, **login)
    try:
        yield files
    finally:
        files.client.close()


def judge(error: BaseException) -> Cause | None:
    """What paramiko's errors mean."""
    if isinstance(error, (UnknownHost, paramiko.BadHostKeyException)):
        key = error.key.fingerprint if isinstance(error, paramiko.BadHostKeyException) else error
        return Cause(f"服务器的密钥不是设定的那把,指纹 {key}", KNOW)
    if isinstance(error, paramiko.AuthenticationException):
        return LOGIN
    return NETWORK if isinstance(error, paramiko.SSHException) else None


def _key(source: str, file: str, password: str | None) -> paramiko.PKey:
    """The private key; paramiko raises many kinds of errors for a bad file, and none of them is worth telling apart."""
    try:
        return paramiko.PKey.from_path(file, password.encode() if password else None)
    except (paramiko.SSHException, ValueError, TypeError, OSError):
        raise PullFault(source, KEY_FILE) from None


def _known(source: str, server: Server, vault: Vault) -> paramiko.HostKeys:
    known = paramiko.HostKeys()
    try:
        if server.known_hosts_file:
            known.load(str(vault.root / server.known_hosts_file))
        else:
            port = server.port or SSH_PORT
            name = server.host if port == SSH_PORT else f"[{server.host}]:{port}"
            entry = paramiko.hostkeys.HostKeyEntry.from_line(f"{name} {server.host_key}")
            if entry is None or entry.key is None:
                raise PullFault(source, WRITTEN)
            known.add(name, entry.key.get_name(), entry.key)
    except (paramiko.SSHException, ValueError, OSError, paramiko.hostkeys.InvalidHostKey):
        raise PullFault(source, WRITTEN) from None
    return known

"""A real SMTP server on loopback that refuses, drops and hangs as it is told."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class Mailbox:
    """What the server took in, and how it treats an address: refuses it or its content, drops the connection."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refuse: dict[str, str] = {}
        self.refuse_content: dict[str, str] = {}
        self.drop: dict[str, str] = {}
        self.logins: list[tuple[bytes, bytes]] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        if address in self.refuse_content:
            return self.refuse_content[address]
        when = self.drop.pop(address, None)
        if when != "before":
            self.letters.append((address, message_from_bytes(envelope.content, policy=default)))
            self.encrypted.append(server.transport.get_extra_info("cipher") is not None)
        if when:
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"mail secret", handled=False)

    def of(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.letters if to == address]


class _AnyPort(Controller):
    """Asks the system for a port, and knocks there to see that the server is up."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def served(mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, at_once: bool = False) -> Iterator[int]:
    """The server with its port; with `tls` it asks for a login, and for STARTTLS where TLS does not stand `at_once`."""
    asks: dict = {"auth_required": True, "auth_require_tls": not at_once} if tls else {}
    asks |= {"ssl_context": tls} if at_once else {"tls_context": tls, "require_starttls": tls is not None}
    controller = _AnyPort(mailbox, hostname=HOST, port=0, authenticator=mailbox.authenticate, **asks)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def make_certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for loopback signed by itself, in `folder/root.pem`, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "root.pem", folder / "key.pem")
    return context

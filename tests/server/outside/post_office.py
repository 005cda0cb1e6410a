"""A real SMTP server on loopback, whose letters a test can read."""

import datetime
import socket
import ssl
import threading
from asyncio import Transport
from collections.abc import Generator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

SECONDS = 20
"""What a letter may take at most, on a machine that is busy."""


class PostOffice:
    """Takes letters; an address that begins with `nobody` is refused, one that begins with `drop` cuts the line."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.encrypted: list[bool] = []
        self.logins: list[tuple[str, str]] = []
        self.url = ""
        self._came = threading.Condition()

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The letters, once there are as many."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.letters) >= count, SECONDS)
            return list(self.letters)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += session.host_name is None
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        if address.startswith("drop"):
            assert isinstance(server.transport, Transport)
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        with self._came:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.senders.append(envelope.mail_from or "")
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
            self._came.notify_all()
        return "250 OK"

    def lets_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        """Any login but one with the password `wrong`."""
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password != b"wrong", handled=False)


class _OnFreePort(Controller):
    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined] # it is asyncio's own
        super()._trigger_server()  # type: ignore[no-untyped-call] # it has no types


@contextmanager
def post_office(tls: ssl.SSLContext | None = None, **more: Any) -> Generator[PostOffice]:
    """An SMTP server that is open for as long as a block lasts; with `tls` it offers STARTTLS."""
    office = PostOffice()
    controller = _OnFreePort(
        office,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        authenticator=office.lets_in,
        auth_require_tls=False,
        **more,
    )
    controller.start()
    office.url = f"smtp://127.0.0.1:{controller.port}?from=desk@example.org"
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Generator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, Path]:
    """A self-made certificate for some names: a server's side of it, and the file that one must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
    present = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(present - datetime.timedelta(days=1))
        .not_valid_after(present + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([_named(given) for given in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, folder / "key.pem")
    return context, file


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)

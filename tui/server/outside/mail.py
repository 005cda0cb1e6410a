"""Letters by SMTP: handed over in the background, after what they tell of is committed (I1, S4).

A letter is kept in memory alone, for it may hold a code. Whoever sends one is told what became of it.
"""

import logging
import queue
import re
import smtplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from ipaddress import ip_address
from typing import NamedTuple, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tui.domain.errors import Failure

TIMEOUT = 15
"""Seconds that a mail server has for each answer."""
CLOSE_WITHIN = 5
"""Seconds that letters still waiting have when the service ends."""
IDLE = 2
"""Seconds that a connection is kept for a next letter."""

PLAIN_PORT, LOGIN_PORT, TLS_PORT = 25, 587, 465

OK = 250
"""What SMTP answers when all is well."""

_DOMAIN = re.compile(r"[\w.-]+")

log = logging.getLogger("workspaces.server.mail")

Report = Callable[[bool], None]
"""Told once, in another thread, whether a letter was taken by the mail server."""


class Letter(NamedTuple):
    """A mail of plain text to one address."""

    to: str
    subject: str
    text: str


class MailServer(NamedTuple):
    """Where mail goes out, as an address of `smtp://` or `smtps://` says it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: bool = False

    @classmethod
    def at(cls, url: str) -> Self:
        """The mail server of `smtp[s]://[user:password@]host[:port][?from=address]`.

        Raises `Failure("mail_address_invalid")`, which does not repeat the address: it may hold a password.
        """
        try:
            parts = urlsplit(url)
            host, user, port = parts.hostname or "", unquote(parts.username or ""), parts.port
            sender = parse_qs(parts.query).get("from", [user if "@" in user else f"workspaces@{host}"])[0]
            known = parts.scheme in {"smtp", "smtps"} and parts.path in {"", "/"} and _address(sender)
        except ValueError:
            known = None
        if not known or not host:
            raise Failure(
                "mail_address_invalid",
                "The address of a mail server looks like smtp://user:password@mail.example.org:587?from=us@example.org.",
            )
        usual = TLS_PORT if parts.scheme == "smtps" else LOGIN_PORT if user else PLAIN_PORT
        return cls(host, port or usual, sender, user, unquote(parts.password or ""), tls=parts.scheme == "smtps")

    @property
    def is_here(self) -> bool:
        """Whether the way there never leaves this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def connected(self) -> smtplib.SMTP:
        """A connection that letters can be handed to; encrypted, unless it stays on this machine.

        Raises OSError, of which what SMTP refuses is a kind.
        """
        secured = ssl.create_default_context()
        if self.is_here:
            # A mail server of this machine has a certificate that it made itself, and nobody is in between.
            secured.check_hostname = False
            secured.verify_mode = ssl.CERT_NONE
        if self.tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=secured)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            smtp.ehlo_or_helo_if_needed()
            if not self.tls and (smtp.has_extn("starttls") or not self.is_here):
                smtp.starttls(context=secured)
            if self.user:
                smtp.login(self.user, self.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


@dataclass(eq=False)
class _Task:
    letter: Letter
    done: Report


class Mailer:
    """Hands letters to a mail server, one after the other, in a thread of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._waiting: queue.Queue[_Task | None] = queue.Queue()
        self._lock = threading.Lock()
        self._unreported: set[_Task] = set()
        self._closed = False
        self._connection: smtplib.SMTP | None = None
        # A daemon: a mail server that hangs must not keep the service from ending.
        self._thread = threading.Thread(target=self._work, name="mail", daemon=True)
        self._thread.start()

    def send(self, letter: Letter, done: Report) -> None:
        """Returns at once; `done` is told once, in another thread, whether the mail server took the letter.

        What is sent after `close` has failed, and `done` is told so before this returns.
        """
        task = _Task(letter, done)
        with self._lock:
            self._unreported.add(task)
            closed = self._closed
            if not closed:
                self._waiting.put(task)
        if closed:
            self._report(task, sent=False)

    def close(self, within: float = CLOSE_WITHIN) -> None:
        """Gives what waits some seconds to go out, and reports the rest as failed."""
        with self._lock:
            self._closed = True
            self._waiting.put(None)
        self._thread.join(within)
        with self._lock:
            left = list(self._unreported)
        for task in left:
            self._report(task, sent=False)

    def _work(self) -> None:
        while task := self._next():
            self._report(task, sent=self._sent(task.letter))
        self._hang_up()

    def _next(self) -> _Task | None:
        """The next letter; None at the end. While none comes, no connection is held."""
        try:
            return self._waiting.get(timeout=IDLE if self._connection else None)
        except queue.Empty:
            self._hang_up()
            return self._waiting.get()

    def _sent(self, letter: Letter) -> bool:
        try:
            message = _message(letter, self._server.sender)
            self._ready().send_message(message)
        except Exception as error:  # noqa: BLE001 - whatever is odd in one letter, the next ones go out
            # Neither address nor text is named: a letter may hold a code (T5).
            log.warning("a letter was not sent: %s %s", type(error).__name__, getattr(error, "smtp_code", ""))
            self._hang_up()
            return False
        return True

    def _ready(self) -> smtplib.SMTP:
        """The connection of the letter before, if it still lives; else a new one."""
        if self._connection and not _lives(self._connection):
            self._hang_up()
        if self._connection is None:
            self._connection = self._server.connected()
        return self._connection

    def _hang_up(self) -> None:
        if self._connection:
            with suppress(OSError):
                self._connection.quit()
            self._connection.close()
        self._connection = None

    def _report(self, task: _Task, *, sent: bool) -> None:
        with self._lock:
            if task not in self._unreported:
                return
            self._unreported.remove(task)
        try:
            task.done(sent)
        except Failure as failure:
            log.warning("what became of a letter could not be noted: %s", failure)


def _lives(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == OK
    except OSError:
        return False


def _address(text: str, name: str = "") -> Address:
    """One address, quoted as mail needs it. Raises ValueError for what is none, or more than one."""
    local, _, domain = text.rpartition("@")
    if not local or not _DOMAIN.fullmatch(domain):
        raise ValueError("no address")
    return Address(name, local, domain)


def _message(letter: Letter, sender: str) -> EmailMessage:
    """A letter as it goes out. Raises ValueError where an address or the subject cannot stand in a header."""
    message = EmailMessage(policy.SMTP)
    message["From"] = _address(sender, "Workspaces")
    message["To"] = _address(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message

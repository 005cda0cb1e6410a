"""What every secret store can do, and what it says of itself (T6)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Protocol, Self
from urllib.parse import urlsplit

from tui.domain.errors import Failure, invalid

_HOST = re.compile(r"[a-z0-9._:-]+")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HTTPS_PORT = 443
_HTTP_PORT = 80


@dataclass(frozen=True)
class ServerName:
    """The server that a secret was made for, as a keyring shows it to people.

    Two addresses of one origin have one name, and no two origins share one.
    """

    text: str

    @property
    def service(self) -> str:
        """The service that its secrets are kept under."""
        return f"Workspaces {self.text}"

    @classmethod
    def of(cls, url: str) -> Self:
        """The name of a served instance: `ws.example.com`, `localhost:8000`, `http://ws.example.com`.

        Raises `Refused` for what is not the address of one.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise _not_a_server(url) from None
        if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
            raise _not_a_server(url)
        encrypted = parts.scheme == "https"
        port = port or (_HTTPS_PORT if encrypted else _HTTP_PORT)
        place = f"[{host}]" if ":" in host else host
        if not encrypted or port != _HTTPS_PORT:
            place = f"{place}:{port}"
        return cls(place if encrypted or _is_loopback(host) else f"http://{place}")

    @classmethod
    def embedded(cls, installation_id: str) -> Self:
        """The name of the embedded server of one data folder. Raises `Refused` for what is not an id."""
        if not _ID.fullmatch(installation_id):
            raise invalid("installation_id", "This is not the id of an installation.")
        return cls(f"embedded {installation_id}")


@dataclass(frozen=True)
class SecretName:
    """Under which a secret is kept and found: never without its server (T6)."""

    server: ServerName
    public_id: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.public_id):
            raise invalid("id", "This is not the id of a token or a session.")


class Condition(StrEnum):
    READY = "ready"
    LOCKED = "locked"
    SILENT = "not answering"
    ABSENT = "absent"
    FAILED = "failed"


@dataclass(frozen=True)
class State:
    """How a store is, in one sentence, and what a person can do about it (empty when ready)."""

    condition: Condition
    sentence: str
    advice: str = ""


class NotKept(Failure):
    """A secret store did not do what was asked, and `state` is how it was found then.

    `code` is `secret_store_` and locked, silent, absent or failed.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        super().__init__(f"secret_store_{state.condition.name.lower()}", f"{state.sentence} {state.advice}".strip())

    @classmethod
    def failed(cls, sentence: str) -> Self:
        """It is there and answers, but could not do it."""
        return cls(State(Condition.FAILED, sentence))


class SecretStore(Protocol):
    """Where secrets are kept. Every call ends within a few seconds; call them in a thread.

    All but `state` raise `NotKept`.
    """

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def lasts(self) -> bool:
        """Whether a secret is still there in the next run: a token is only made for one that is (P4)."""

    def state(self) -> State:
        """How it is now: looked at anew each time, without asking anybody anything."""

    def get(self, name: SecretName) -> str | None:
        """The secret of that name, or None."""

    def set(self, name: SecretName, secret: str) -> None:
        """Keep a secret in place of what that name had. Nothing is kept where this raises."""

    def delete(self, name: SecretName) -> bool:
        """Forget a secret; whether there was one."""

    def ids(self, server: ServerName) -> frozenset[str]:
        """The public ids of which it holds the secret, of one server (T4)."""


def _not_a_server(url: str) -> Failure:
    return invalid("server_url", f"“{url}” is not the address of a server.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

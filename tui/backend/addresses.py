"""Where a server is: which addresses are taken, and which of them are this computer."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.domain.errors import Refused, invalid

EMBEDDED = "workspaces:embedded"
"""The address of the service in this process, on the data folder of this person."""


@dataclass(frozen=True)
class Address:
    """A server over HTTP: `base` is its whole address, without a slash at the end.

    `is_open` is true where anybody between could read what is said, the credential too.
    """

    base: str
    is_loopback: bool

    @property
    def is_open(self) -> bool:
        return self.base.startswith("http://") and not self.is_loopback

    @property
    def name(self) -> str:
        """The address for people, without its scheme."""
        return self.base.partition("://")[2]


def parsed(text: str) -> Address:
    """The address that a person gave. Raises `Refused` `input_invalid` for what is none."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.netloc.isascii():
        raise _not_an_address()
    if "@" in parts.netloc:
        raise invalid("server", "The address of a server holds no user name or password.")
    if parts.query or parts.fragment or not parts.path.isascii():
        raise _not_an_address()
    is_loopback = _is_loopback(parts.hostname)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    authority = host if port is None else f"{host}:{port}"
    return Address(f"{parts.scheme}://{authority}{parts.path.rstrip('/')}", is_loopback)


def whole(text: str) -> str:
    """The whole address of a server that a person gave, the embedded one's as it is. Raises as `parsed` does."""
    return text if text == EMBEDDED else parsed(text).base


def same_server(address: str, other: str) -> bool:
    """Whether what a person gave is the address of a backend."""
    try:
        return whole(other) == address
    except Refused:
        return False


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _not_an_address() -> Refused:
    return invalid("server", "The address of a server looks like https://workspaces.example.org.")

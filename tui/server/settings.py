"""The server's settings, from its command line and environment."""

from dataclasses import dataclass

from tui.domain.servers import Mode

CALLS_A_MINUTE = 600
"""Calls that one credential, or one address without one, may make in a minute."""


@dataclass(frozen=True)
class Settings:
    """How one instance of the service behaves.

    `calls_a_minute` None counts nothing: the embedded service has one caller.
    """

    mode: Mode = Mode.EMBEDDED
    open_sign_up: bool = False
    calls_a_minute: int | None = None

"""How one instance of the service behaves."""

from dataclasses import dataclass

from tui.domain.servers import Mode

CALLS_A_MINUTE = 600
"""Calls that one credential, or one address without one, may make in a minute."""


@dataclass(frozen=True)
class Settings:
    """How the service behaves. `calls_a_minute` None counts nothing: embedded, there is one caller."""

    mode: Mode = Mode.EMBEDDED
    open_sign_up: bool = False
    calls_a_minute: int | None = None


def served(*, open_sign_up: bool) -> Settings:
    """The settings of a server for many."""
    return Settings(mode=Mode.SERVED, open_sign_up=open_sign_up, calls_a_minute=CALLS_A_MINUTE)

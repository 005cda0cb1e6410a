"""How one instance of the service behaves."""

from dataclasses import dataclass

from tui.domain.servers import Mode
from tui.server.outside.github import GithubApp
from tui.server.outside.mail import MailServer

CALLS_A_MINUTE = 600
"""Calls that one credential, or one address without one, may make in a minute."""


@dataclass(frozen=True)
class Settings:
    """How the service behaves. `calls_a_minute` None counts nothing: embedded, there is one caller."""

    mode: Mode = Mode.EMBEDDED
    open_sign_up: bool = False
    calls_a_minute: int | None = None
    mail: MailServer | None = None
    github: GithubApp | None = None


def served(*, open_sign_up: bool, mail: MailServer | None = None, github: GithubApp | None = None) -> Settings:
    """The settings of a server for many."""
    return Settings(Mode.SERVED, open_sign_up, CALLS_A_MINUTE, mail, github)

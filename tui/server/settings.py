"""How one instance of the service behaves."""

from dataclasses import dataclass, field

from tui.domain.servers import Mode
from tui.server.outside.github import GithubApp
from tui.server.outside.mail import MailServer

EMBEDDED = "workspaces:embedded"
"""What links to an embedded service begin with: they are of use on the same data folder only."""

CALLS_A_MINUTE = 600
"""Calls that one credential, or one address without one, may make in a minute."""


@dataclass(frozen=True)
class Settings:
    """How the service behaves. `calls_a_minute` None counts nothing: embedded, there is one caller.

    `address` is the one that people reach a served instance at, without a slash at the end.
    """

    mode: Mode = Mode.EMBEDDED
    open_sign_up: bool = False
    calls_a_minute: int | None = None
    mail: MailServer | None = field(default=None, repr=False)
    github: GithubApp | None = field(default=None, repr=False)
    address: str = ""

    @property
    def links(self) -> str:
        """What a link begins with, up to its code: after `#` no server or proxy sees it (I5)."""
        return f"{EMBEDDED}#" if self.mode == Mode.EMBEDDED else f"{self.address}/i#"


def served(
    *, open_sign_up: bool, mail: MailServer | None = None, github: GithubApp | None = None, address: str = ""
) -> Settings:
    """The settings of a server for many; without an address, `serve` gives it the one it listens on."""
    return Settings(Mode.SERVED, open_sign_up, CALLS_A_MINUTE, mail, github, address)

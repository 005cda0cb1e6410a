"""How an invite's code reaches people: by mail where the server sends it, else in a link that is shown once (I1, I5).

What a letter says of people is only what the rules of names leave harmless: usernames and names of
workspaces. A display name could pretend anything, in a letter that this server answers for.
"""

from datetime import datetime
from typing import NamedTuple

from tui.domain.roles import Role
from tui.server.outside.mail import Letter, Mailer
from tui.server.storage import bookkeeping
from tui.server.storage.engine import Store
from tui.server.storage.secrets import digest


class Way(NamedTuple):
    """`links` is what a link begins with, up to its code."""

    links: str
    mail: Mailer | None

    def link(self, code: str | None) -> str | None:
        """The link with a code; None for none."""
        return None if code is None else self.links + code


class Written(NamedTuple):
    """What a letter is about."""

    invite_id: str
    email: str
    code: str
    workspace: str
    inviter: str
    role: Role
    expires_at: datetime | None


class Outbox:
    """Letters that wait until the change which they tell of is committed."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._written: list[Written] = []

    @property
    def is_used(self) -> bool:
        """Whether this server sends mail."""
        return self._way.mail is not None

    def put(self, written: Written) -> None:
        self._written.append(written)

    def post(self, store: Store) -> None:
        """Sends the letters in the background; what becomes of each is noted at its invite."""
        if self._way.mail is not None:
            for one in self._written:
                _send(store, self._way.mail, one, self._way.links + one.code)


def _send(store: Store, mail: Mailer, one: Written, link: str) -> None:
    code_hash = digest(one.code)
    mail.send(_letter(one, link), lambda sent: bookkeeping.note_mail(store, one.invite_id, code_hash, sent=sent))


def _letter(one: Written, link: str) -> Letter:
    role = "an Owner" if one.role == Role.OWNER else f"a {one.role.value.capitalize()}"
    until = f", until {one.expires_at:%d %B %Y, %H:%M} UTC" if one.expires_at else ""
    return Letter(
        one.email,
        f"{one.inviter} invites you to {one.workspace}",
        f"{one.inviter} invites you to join the workspace {one.workspace} as {role}.\n\n"
        f"Run this command in a terminal, and paste the link where it asks for it:\n\n"
        f"    workspaces invites accept -\n\n"
        f"    {link}\n\n"
        f"The link is good once{until}.\n"
        f"Whoever has it can join in your place: keep it to yourself.\n"
        f"If you do not know what this is about, do nothing, and nothing happens.\n",
    )

"""The invites of the home that tests open: in every state, by me and by others."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from tui.domain.invites import INVITER_LOST_RIGHTS, InviteKind, InviteStatus, Mail
from tui.domain.roles import Role
from tui.server.storage import invites
from tui.server.storage.invites import InviteRow
from tui.server.storage.secrets import new_id
from tui.server.storage.times import micros

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Sent(NamedTuple):
    """An invite to an address, or a link with a label, made so long ago; good for so many days."""

    to: str
    by: str
    made: timedelta
    role: Role = Role.USER
    mail: Mail | None = None
    days: int | None = 7
    state: InviteStatus = InviteStatus.PENDING
    revoked_by: str | None = None
    uses: int = 0
    max_uses: int | None = None


INVITES = (
    Sent("hanna.lund@example.org", "grace-holm", 2 * _DAY, mail=Mail.SENT),
    Sent("petra.falk@example.net", "grace-holm", 5 * _HOUR, Role.MANAGER, Mail.SENT),
    Sent("ivo.berg@example.com", "alan-moss", 3 * _DAY, mail=Mail.FAILED),
    Sent("mira.dahl@example.org", "ada-fern", 20 * _MINUTE, Role.OWNER, Mail.SHOWN, days=1),
    Sent("Summer school", "grace-holm", 4 * _DAY, days=30, uses=12, max_uses=40),
    Sent("Contractors", "ada-fern", 90 * _DAY, days=None, uses=3),
    Sent("jan.kruse@example.net", "grace-holm", 20 * _DAY, mail=Mail.SENT),
    Sent(
        "nils.rask@example.com",
        "alan-moss",
        12 * _DAY,
        mail=Mail.SENT,
        state=InviteStatus.REVOKED,
        revoked_by="ada-fern",
    ),
    Sent(
        "ella.vogt@example.org",
        "donald-pine",
        25 * _DAY,
        mail=Mail.SENT,
        state=InviteStatus.REVOKED,
        revoked_by=INVITER_LOST_RIGHTS,
    ),
    Sent("ken-ash@example.org", "grace-holm", 200 * _DAY, mail=Mail.SENT, state=InviteStatus.ACCEPTED, uses=1),
    Sent("Open day", "ada-fern", 60 * _DAY, days=14, state=InviteStatus.USED_UP, uses=25, max_uses=25),
)
"""Six of them are pending."""


def tell_invites(connection: Connection, workspace_pk: int, ids: dict[str, str], now: datetime) -> None:
    """Gives a workspace its invites; `ids` maps usernames to user ids."""
    invites.add(connection, workspace_pk, [_row(sent, workspace_pk, ids, now) for sent in INVITES])


def _row(sent: Sent, workspace_pk: int, ids: dict[str, str], now: datetime) -> InviteRow:
    by_mail = "@" in sent.to
    made = now - sent.made
    return InviteRow(
        pk=0,
        id=new_id("in"),
        workspace_pk=workspace_pk,
        kind=InviteKind.EMAIL if by_mail else InviteKind.LINK,
        email=sent.to if by_mail else None,
        label=None if by_mail else sent.to,
        role=sent.role,
        state=sent.state,
        revoked_by=sent.revoked_by,
        mail=sent.mail,
        inviter_id=ids[sent.by],
        inviter_name=sent.by,
        created_at=micros(made),
        sent_at=micros(made) if sent.mail == Mail.SENT else None,
        expires_at=micros(made + sent.days * _DAY) if sent.days else 0,
        lifetime=sent.days * 86_400 if sent.days else None,
        uses=sent.uses,
        max_uses=1 if by_mail else sent.max_uses,
        version=1 + sent.uses + bool(sent.revoked_by),
    )

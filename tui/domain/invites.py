"""Invites: by email or by link, what is asked of them and what comes back (I1-I7)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tui.domain.acts import ActId, Circumstances, Standing, refusal
from tui.domain.errors import Problem
from tui.domain.roles import AskedRole, Role
from tui.domain.structs import Answer, Ask, OpenEnum
from tui.domain.users import DeviceAsk

WEEK = 7 * 24 * 3600
"""Seconds after which an invite expires unless said otherwise."""

SHORTEST, LONGEST = 300, 365 * 24 * 3600
"""Seconds that an invite or a token lives at least and at most, unless it never expires."""

MOST_USES = 10_000
"""How often a link can be used at most, where it is limited."""

Lifetime = Annotated[int, msgspec.Meta(ge=SHORTEST, le=LONGEST)]
"""A duration on the wire, in whole seconds."""


class InviteKind(OpenEnum):
    EMAIL = "email"
    LINK = "link"


class InviteStatus(OpenEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    USED_UP = "used_up"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Mail(OpenEnum):
    """What became of the mail with the code; `shown` where no mail server is configured."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SHOWN = "shown"


INVITER_LOST_RIGHTS = "inviter_lost_rights"
"""Stands for a name in `revoked_by` where rule I7 revoked the invite."""


def invite_refusal(
    act: ActId, actor: Standing, circumstances: Circumstances, role: Role, status: InviteStatus
) -> str | None:
    """The code that sending an invite for a role again, or revoking it, would be refused with, or None (I4).

    What the role forbids comes before what the invite's state forbids.
    """
    if forbidden := refusal(act, actor, circumstances, Standing("", role)):
        return forbidden
    if status in {InviteStatus.ACCEPTED, InviteStatus.USED_UP}:
        return "invite_used_up"
    if status == InviteStatus.REVOKED and act == ActId.INVITES_RESEND:
        return "invite_revoked"
    return None


class Inviter(Answer, frozen=True):
    user_id: str
    username: str


class Invite(Answer, frozen=True):
    id: str
    kind: InviteKind
    email: str | None
    label: str | None
    role: Role
    status: InviteStatus
    revoked_by: str | None
    mail: Mail | None
    inviter: Inviter
    created_at: datetime
    sent_at: datetime | None
    expires_at: datetime | None
    uses: int
    max_uses: int | None
    version: int
    refusals: dict[str, str]

    @property
    def name(self) -> str:
        """What lists call it: its address, its label, else by its id."""
        return self.email or self.label or f"link {self.id}"

    @property
    def spoken(self) -> str:
        """What sentences begin with: `The invite of nora@example.org`, `The invite link spring course`."""
        if self.kind == InviteKind.EMAIL:
            return f"The invite of {self.email}"
        return f"The invite link {self.label or ''}".rstrip()


class InvitesAsk(Ask, frozen=True):
    """Invites by email, a code for each address (I1)."""

    emails: Annotated[list[str], msgspec.Meta(min_length=1, max_length=200)]
    role: AskedRole = "user"
    expires_in: Lifetime | None = WEEK


class InviteVerdict(Answer, frozen=True):
    """What came of one address; `link` only where the server sends no mail."""

    email: str
    invite: Invite | None
    link: str | None
    problem: Problem | None


class InviteVerdicts(Answer, frozen=True):
    results: list[InviteVerdict]


class InviteLinkAsk(Ask, frozen=True):
    """A shareable link (I2); never for an Owner."""

    role: Literal["user", "manager"] = "user"
    expires_in: Lifetime | None = WEEK
    max_uses: Annotated[int, msgspec.Meta(ge=1, le=MOST_USES)] | None = None
    label: str | None = None


class InviteLink(Answer, frozen=True):
    """An invite with its code in a link: shown once; null where mail carries it."""

    invite: Invite
    link: str | None


class ResendAsk(Ask, frozen=True):
    """A new code; without `expires_in` the invite's first lifetime starts anew."""

    expires_in: Lifetime | msgspec.UnsetType | None = msgspec.UNSET


class CodeAsk(Ask, frozen=True):
    code: str


class Offer(Answer, frozen=True):
    """What an invite's code offers, before it is accepted."""

    workspace_name: str
    kind: InviteKind
    role: Role
    inviter_name: str
    email: str | None
    expires_at: datetime | None
    needs_account: bool


class NewUserAsk(Ask, frozen=True):
    username: str
    email: str | None = None
    display_name: str | None = None


class AcceptAsk(Ask, frozen=True):
    """Accept an invite: signed in, or as a new user (I3)."""

    code: str
    new_user: NewUserAsk | None = None
    device: DeviceAsk | None = None

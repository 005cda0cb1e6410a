"""The dialogs of inviting and accepting, as the app would fill them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tui.dialogs.accept_invite import AcceptInvite
from tui.dialogs.choose_role import RoleChoice
from tui.dialogs.invite import InviteDialog, InviteQuestion
from tui.domain.invites import InviteKind, InviteLinkAsk, InvitesAsk, Offer
from tui.domain.roles import ROLES, Role

ALONE = "Nobody else can reach this server: for a team, run workspaces serve."
REFUSED = "Too many requests. Wait a moment and try again."
CODE = "ic-" + "a1B2" * 10
FOUR = "nora@example.org, pavel@example\nada.fern@example.org, quinn@example.net"
TWO_HUNDRED = "\n".join(f"person-{number:03}@example.org" for number in range(200))
HOSTILE = "[red]x[/]@example.org \x1b]52;c;aGk=\x07@example.org " + "y" * 300 + "@example.org a\u202eb@example.org"
OFFER = Offer(
    workspace_name="acme",
    kind=InviteKind.EMAIL,
    role=Role.MANAGER,
    inviter_name="ada.fern",
    email="n…@example.org",
    expires_at=datetime(2026, 11, 30, 12, 0, tzinfo=UTC),
    needs_account=False,
)


class Desk:
    """Stands behind a dialog: knows who is a member, and keeps what was asked of it."""

    def __init__(self, refused: str | None = None) -> None:
        self.refused = refused
        self.asked_about: list[str] = []
        self.sent: list[InvitesAsk | InviteLinkAsk] = []

    async def foresee(self, emails: Sequence[str]) -> Mapping[str, str]:
        self.asked_about += emails
        said = {"ada": "is already a member", "ken": "is already invited"}
        return {email: said[email[:3]] for email in emails if email[:3] in said}

    async def send(self, ask: InvitesAsk | InviteLinkAsk) -> str | None:
        self.sent.append(ask)
        return self.refused


def question(**more: Any) -> InviteQuestion:
    """Asked by an Owner on a server that sends mail, unless said otherwise."""
    roles = [RoleChoice(role) for role in ROLES]
    of_link = [RoleChoice(Role.OWNER, reason="a link makes nobody Owner"), *roles[1:]]
    return InviteQuestion("acme", roles, of_link, **{"by_mail": True, **more})


def invitation(desk: Desk | None = None, **more: Any) -> InviteDialog:
    desk = desk or Desk()
    return InviteDialog(question(**more), desk.foresee, desk.send)


async def found(text: str) -> Offer | str:
    return OFFER if CODE in text else "There is no invite with this code. Ask for a new one."


def acceptance() -> AcceptInvite:
    return AcceptInvite(found)

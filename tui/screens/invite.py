"""The panel of an invite: every field, its acts, the latest activity."""

from collections.abc import Sequence
from typing import ClassVar

from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.invites import Invite, InviteKind, InviteStatus, Mail
from tui.domain.queries import ListQuery, Place
from tui.lists.column import Cell
from tui.lists.invites import status_cell, uses_words, why
from tui.lists.members import role_cell
from tui.lists.time import moment
from tui.screens.panel import Field, Panel
from tui.screens.sections import INVITES

_MAIL = {
    Mail.QUEUED: "on its way",
    Mail.SENT: "sent",
    Mail.FAILED: "failed",
    Mail.SHOWN: "none: the link was shown",
}


class InvitePanel(Panel):
    SECTION = INVITES
    ACTS = (ActId.INVITES_RESEND, ActId.INVITES_REVOKE)
    FOOTER: ClassVar = (
        "panel.history",
        ActId.INVITES_RESEND,
        ActId.INVITES_REVOKE,
        "list.menu",
        "app.back",
        "app.help",
        "list.copy",
    )
    WORDS: ClassVar = {"list.copy": "Copy id"}

    row: Invite

    def fields(self) -> Sequence[Field]:
        invite = self.row
        is_email = invite.kind == InviteKind.EMAIL
        mail = _MAIL.get(invite.mail, invite.mail) if invite.mail else "-"
        return (
            Field("Email", Cell(invite.email or "-")) if is_email else Field("Label", Cell(invite.label or "-")),
            Field("Kind", Cell("by email" if is_email else "by link")),
            Field("Id", Cell(invite.id, "muted")),
            Field("Role", role_cell(invite.role)),
            Field("Status", status_cell(invite)),
            Field("", Cell(why(invite), "muted")),
            Field("Inviter", Cell(invite.inviter.username)),
            Field("Created", Cell(moment(invite.created_at))),
            Field("Expires", Cell(moment(invite.expires_at))),
            Field("Uses", Cell(uses_words(invite))),
            Field("Mail", Cell(mail, "danger" if invite.mail == Mail.FAILED else "text")),
            Field("Sent", Cell(moment(invite.sent_at) if invite.sent_at else "-")),
        )

    async def read(self) -> Invite:
        context = self.context
        query = ListQuery(filters={"is": (self.row.id,), "status": tuple(InviteStatus)})
        page = await context.backend.invites.list(context.workspace.id, query, Place(limit=1))
        if not page.items:
            raise Refused("not_found")
        return page.items[0]

    def history(self) -> ListQuery:
        return ListQuery(filters={"target": (self.row.id,)})

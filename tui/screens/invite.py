"""The panel of an invite: every field, its acts, the latest activity."""

from collections.abc import Sequence
from typing import ClassVar

from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.invites import Invite, InviteKind, InviteStatus, Mail
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
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
        ActId.INVITES_RESEND,
        ActId.INVITES_REVOKE,
        "list.menu",
        "list.copy",
        "app.back",
        "app.help",
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
        """The service lists invites and gives none by id: it is looked for among those of its kind."""
        context, sought = self.context, self.row
        query = ListQuery(q=sought.email or "", filters={"status": tuple(InviteStatus), "kind": (sought.kind,)})
        cursor: str | None = None
        while True:
            page = await context.backend.invites.list(context.workspace.id, query, Place(PAGE_LIMIT, cursor))
            if found := next((invite for invite in page.items if invite.id == sought.id), None):
                return found
            cursor = page.next
            if cursor is None:
                raise Refused("not_found")

    def history(self) -> ListQuery:
        return ListQuery(filters={"target": (self.row.id,)})

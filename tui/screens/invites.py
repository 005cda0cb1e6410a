"""The invites of the workspace (I4)."""

from collections.abc import Sequence
from typing import ClassVar

from tui.acts.refusal import refusal
from tui.dialogs.filter import Chosen, FilterGroup, FilterOption
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.invites import Invite, InviteKind, InviteStatus
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import ROLES
from tui.lists.column import Column
from tui.lists.invites import INVITES as COLUMNS
from tui.lists.invites import status_words, why
from tui.screens.invite import InvitePanel
from tui.screens.listing import Listing
from tui.screens.messages import PanelAsked
from tui.screens.sections import INVITES
from tui.screens.states import Nothing
from tui.widgets.table_lines import RowLook

FOR_WHOM = "Owners and Managers invite people, and see who was invited."


class InvitesScreen(Listing[Invite]):
    SECTION = INVITES
    NOUN = ("invite", "invites")
    FIRST_QUERY = ListQuery(sort="created_at", descending=True, filters={"status": (InviteStatus.PENDING,)})
    EMPTY = Nothing("Nobody is invited at present.", ActId.INVITES_SEND, "Invite")
    ACTS = (
        ActId.INVITES_RESEND,
        ActId.INVITES_REVOKE,
        ActId.INVITES_SEND,
        ActId.INVITES_LINK,
    )
    BULK = frozenset({ActId.INVITES_RESEND, ActId.INVITES_REVOKE})
    FOOTER: ClassVar = (
        "table.activate",
        ActId.INVITES_SEND,
        ActId.INVITES_RESEND,
        ActId.INVITES_REVOKE,
        "list.mark",
        "list.menu",
        "app.help",
        "list.filter",
    )

    def columns(self) -> Sequence[Column[Invite]]:
        return COLUMNS

    async def read(self, query: ListQuery, place: Place) -> Page[Invite]:
        context = self.context
        if refused := refusal(ActId.INVITES_SEND, context.backend.capabilities, context.workspace):
            raise Refused(refused.code, FOR_WHOM if refused.code == "role_forbidden" else refused.sentence)
        return await context.backend.invites.list(context.workspace.id, query, place)

    def look(self) -> RowLook[Invite]:
        return RowLook(dimmed=lambda invite: invite.status != InviteStatus.PENDING)

    def filters(self) -> Sequence[FilterGroup]:
        return (
            FilterGroup("status", "Status", [FilterOption(s, status_words(s).capitalize()) for s in InviteStatus]),
            FilterGroup("role", "Role", [FilterOption(role, role.capitalize()) for role in ROLES]),
            FilterGroup("kind", "Kind", [FilterOption(kind, kind.capitalize()) for kind in InviteKind]),
        )

    def chosen_filters(self, chosen: Chosen) -> dict[str, tuple[str, ...]]:
        """The service shows pending ones where no status is named: all are named where none was chosen."""
        filters = super().chosen_filters(chosen)
        return {"status": tuple(InviteStatus), **filters}

    def counts(self) -> Sequence[str]:
        return [why(self.table.row)] if self.table.row else []

    def row_activated(self, row: Invite) -> None:
        self.post_message(PanelAsked(InvitePanel(self.context, row)))

"""Members of the workspace (M4)."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.geometry import Region

from tui.dialogs.filter import FilterGroup, FilterOption
from tui.domain.acts import ActId
from tui.domain.members import Member
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import ROLES, Status
from tui.lists.column import Column
from tui.lists.members import MEMBERS as COLUMNS
from tui.screens.listing import Listing
from tui.screens.member import MemberPanel
from tui.screens.messages import PanelAsked
from tui.screens.sections import MEMBERS
from tui.widgets.table_lines import RowLook
from tui.widgets.window_table import WindowTable


class MembersScreen(Listing[Member]):
    SECTION = MEMBERS
    NOUN = ("member", "members")
    FIRST_QUERY = ListQuery(sort="username")
    ACTS = (
        ActId.MEMBERS_SET_ROLE,
        ActId.MEMBERS_SET_STATUS,
        ActId.MEMBERS_REMOVE,
        ActId.MEMBERS_HAND_OVER,
        ActId.INVITES_SEND,
    )
    BULK = frozenset({ActId.MEMBERS_SET_ROLE, ActId.MEMBERS_SET_STATUS, ActId.MEMBERS_REMOVE})
    FOOTER: ClassVar = (
        "table.activate",
        ActId.MEMBERS_SET_ROLE,
        ActId.MEMBERS_SET_STATUS,
        ActId.MEMBERS_REMOVE,
        ActId.INVITES_SEND,
        "list.mark",
        "list.menu",
        "app.help",
    )

    def columns(self) -> Sequence[Column[Member]]:
        return COLUMNS

    async def read(self, query: ListQuery, place: Place) -> Page[Member]:
        return await self.context.backend.members.list(self.context.workspace.id, query, place)

    def look(self) -> RowLook[Member]:
        """Where roles cannot be changed at all they are plain text."""
        assigns = self.context.allows(ActId.MEMBERS_SET_ROLE)
        return RowLook(dimmed=lambda member: member.status == Status.DISABLED, dropdown="role" if assigns else "")

    def filters(self) -> Sequence[FilterGroup]:
        return (
            FilterGroup("role", "Role", [FilterOption(role, role.capitalize()) for role in ROLES]),
            FilterGroup("status", "Status", [FilterOption(status, status.capitalize()) for status in Status]),
        )

    def counts(self) -> Sequence[str]:
        counts = self.context.workspace.counts or {}
        disabled = sum(each.disabled for each in counts.values())
        pending = self.context.workspace.pending_invites
        said = [("Disabled", disabled), ("Pending invites", pending)]
        return [f"{what}: {number:,}." for what, number in said if number]

    def near_role(self) -> Region:
        return self.table.cell_region("role")

    def row_activated(self, row: Member) -> None:
        self.post_message(PanelAsked(MemberPanel(self.context, row)))

    @on(WindowTable.DropdownAsked)
    def _dropdown_asked(self) -> None:
        self.action_act(ActId.MEMBERS_SET_ROLE)

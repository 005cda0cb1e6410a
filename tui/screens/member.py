"""The panel of a member: every field, every act, the latest activity."""

from collections.abc import Sequence
from typing import ClassVar

from textual.geometry import Region

from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.members import Member
from tui.domain.queries import ListQuery
from tui.domain.roles import JoinedBy, Status
from tui.lists.column import Cell
from tui.lists.members import role_cell
from tui.lists.time import moment
from tui.screens.panel import LABEL_WIDTH, Field, Panel
from tui.screens.sections import MEMBERS
from tui.widgets.facts import Facts

_JOINED_BY = {
    JoinedBy.CREATED: "made the workspace",
    JoinedBy.EMAIL: "by email invite",
    JoinedBy.LINK: "by link",
    JoinedBy.AUTO_JOIN: "from GitHub",
}


class MemberPanel(Panel):
    SECTION = MEMBERS
    ACTS = (ActId.MEMBERS_SET_ROLE, ActId.MEMBERS_SET_STATUS, ActId.MEMBERS_REMOVE, ActId.MEMBERS_HAND_OVER)
    FOOTER: ClassVar = (
        "panel.history",
        ActId.MEMBERS_SET_ROLE,
        ActId.MEMBERS_SET_STATUS,
        ActId.MEMBERS_REMOVE,
        "list.menu",
        "app.back",
        "app.help",
        "list.copy",
    )

    row: Member

    def title_text(self) -> str:
        return f"{self.row.display_name} (you)" if self.row.is_self else self.row.display_name

    def fields(self) -> Sequence[Field]:
        member = self.row
        status = Cell(member.status, "danger" if member.status == Status.DISABLED else "text")
        tokens = "-" if member.active_tokens is None else f"{member.active_tokens:,}"
        return (
            Field("Username", Cell(member.username)),
            Field("Email", Cell(member.email or "-")),
            Field("Id", Cell(member.user_id, "muted")),
            Field("Role", role_cell(member.role)),
            Field("Status", status),
            Field("Tokens", Cell(tokens)),
            Field("Joined", Cell(moment(member.joined_at))),
            Field("", Cell(_JOINED_BY.get(member.joined_by, member.joined_by), "muted")),
            Field("Last active", Cell(moment(member.last_active_at))),
            Field("Changed", Cell(moment(member.changed_at) if member.changed_at else "-")),
            Field("", Cell(f"by {member.changed_by}" if member.changed_by else "", "muted")),
            Field("Disabled", Cell(_disabled(member))),
        )

    def near_role(self) -> Region:
        left = self.query_one("#left", Facts)
        x, y, width, _ = left.content_region
        return Region(x + LABEL_WIDTH, y + left.line_of("Role"), width - LABEL_WIDTH, 1)

    async def read(self) -> Member:
        try:
            return await self.context.backend.members.get(self.context.workspace.id, self.row.user_id)
        except Refused as refused:
            if refused.code != "not_found":
                raise
            raise Refused("not_found", f"{self.row.username} is no longer a member here.") from None

    def history(self) -> ListQuery:
        return ListQuery(filters={"target": (self.row.user_id,)})


def _disabled(member: Member) -> str:
    if member.disabled_at is None:
        return "-"
    return f"{moment(member.disabled_at)} by {member.disabled_by or 'somebody'}"

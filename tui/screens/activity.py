"""What was done in the workspace (A1)."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.geometry import Region

from tui.acts.refusal import refusal
from tui.dialogs.filter import FilterGroup, FilterOption
from tui.dialogs.menu import Menu, MenuItem
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.queries import ListQuery, Page, Place
from tui.lists.activity import ACTIVITY as COLUMNS
from tui.lists.activity import change, from_where, on_whom, what
from tui.lists.column import Cell, Column
from tui.lists.time import moment
from tui.screens.listing import Listing
from tui.screens.messages import PanelAsked
from tui.screens.panel import Field, Panel
from tui.screens.sections import ACTIVITY

FOR_WHOM = "Owners and Managers can read this."

KINDS = (
    ("members.*", "All about members"),
    ("members.set_role", "Roles"),
    ("members.set_status", "Disabling and enabling"),
    ("members.remove", "Removals"),
    ("members.join", "Joining"),
    ("members.hand_over", "Handing over"),
    ("invites.*", "Invites"),
    ("workspaces.*", "The workspace itself"),
)
"""What the log can be narrowed to, by action."""


class ActivityScreen(Listing[Activity]):
    SECTION = ACTIVITY
    NOUN = ("entry", "entries")
    OFFERS = frozenset({"filter", "copy"})
    FOOTER: ClassVar = ("table.activate", "list.filter", "list.copy", "app.read_again", "app.help")
    WORDS: ClassVar = {"app.read_again": "Read again", "list.copy": "Copy id"}

    def columns(self) -> Sequence[Column[Activity]]:
        return COLUMNS

    async def read(self, query: ListQuery, place: Place) -> Page[Activity]:
        context = self.context
        if refusal(ActId.ACTIVITY_LIST, context.backend.capabilities, context.workspace):
            raise Refused("role_forbidden", FOR_WHOM)
        return await context.backend.activity.list(context.workspace.id, query, place)

    def filters(self) -> Sequence[FilterGroup]:
        return (FilterGroup("action", "What", [FilterOption(id, label) for id, label in KINDS]),)

    @work
    async def action_filter(self) -> None:
        """One kind of entry, or all: the service takes one at a time."""
        items = [MenuItem(id, label) for id, label in (("", "All"), *KINDS)]
        bar = self.filter_bar.region
        chosen = await Menu("Show", items, Region(bar.right - 1, bar.y, 1, 1)).ask(self)
        if chosen is not None:
            self.ask_for(replace(self.query_now, filters={"action": (chosen,)} if chosen else {}))

    def row_activated(self, row: Activity) -> None:
        self.post_message(PanelAsked(EntryPanel(self.context, row)))


class EntryPanel(Panel):
    """One entry, whole."""

    SECTION = ACTIVITY
    FOOTER: ClassVar = ("list.copy", "app.back", "app.help")
    WORDS: ClassVar = {"list.copy": "Copy id"}

    row: Activity

    def title_text(self) -> str:
        return f"{self.row.actor.name} {what(self.row)} {on_whom(self.row)}"

    async def read(self) -> Activity:
        return self.row

    def fields(self) -> Sequence[Field]:
        entry = self.row
        return (
            Field("When", Cell(moment(entry.event_at))),
            Field("Who", Cell(entry.actor.name)),
            Field("", Cell(entry.actor.id or "-", "muted")),
            Field("What", Cell(entry.action)),
            Field("Change", Cell(change(entry) or "-")),
            *(Field("On", Cell(f"{target.type} {target.name}")) for target in entry.targets),
            Field("From", Cell(from_where(entry))),
            Field("Address", Cell(entry.context.ip or "-")),
            Field("Request", Cell(entry.context.request_id, "muted")),
            Field("Group", Cell(entry.context.group or "-", "muted")),
            Field("Id", Cell(entry.id, "muted")),
        )

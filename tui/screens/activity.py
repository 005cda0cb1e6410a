"""What was done in the workspace (A1)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace

from tui.acts.refusal import refusal
from tui.context.context import Context
from tui.dialogs.filter import Chosen, FilterField, FilterGroup, FilterOption
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.names import is_id
from tui.domain.queries import ListQuery, Page, Place
from tui.lists.activity import ACTIVITY as COLUMNS
from tui.lists.activity import change, from_where, on_whom, what
from tui.lists.column import Cell, Column
from tui.lists.time import moment
from tui.screens.listing import Listing
from tui.screens.messages import PanelAsked
from tui.screens.panel import Field, Panel
from tui.screens.sections import ACTIVITY

PEOPLE = ("actor", "target")
"""What is filtered by people's names."""

FOR_WHOM = "Owners and Managers can read this."

KINDS = (
    ("members.*", "All about members"),
    ("members.set_role", "Roles"),
    ("members.hand_over", "Handing over"),
    ("members.set_status", "Disabling and enabling"),
    ("members.remove", "Removals"),
    ("members.join", "Joining"),
    ("account.delete", "Deleted accounts"),
    ("invites.*", "Invites"),
    ("tokens.*", "Tokens"),
    ("workspaces.*", "The workspace itself"),
    ("settings.*", "Its settings"),
)
"""What the log can be narrowed to, by action."""


SPANS = (("1h", "The last hour"), ("1d", "The last 24 hours"), ("7d", "The last 7 days"), ("30d", "The last 30 days"))
"""How far back it goes, as people say it."""

_HOURS = {"1h": 1, "1d": 24, "7d": 7 * 24, "30d": 30 * 24}


class ActivityScreen(Listing[Activity]):
    SECTION = ACTIVITY
    NOUN = ("entry", "entries")
    OFFERS = frozenset({"filter", "copy"})
    KINDS: ClassVar[Sequence[tuple[str, str]]] = KINDS
    FIELDS: ClassVar[Sequence[FilterField]] = (
        FilterField("actor", "Who", "username, email or id"),
        FilterField("target", "On whom", "username, email or id"),
    )
    FOOTER: ClassVar = ("table.activate", "list.filter", "list.copy", "app.read_again", "app.help")
    WORDS: ClassVar = {"list.copy": "Copy id"}

    def __init__(self, context: Context) -> None:
        self._ids: dict[str, str] = {}
        self._asked_at = self.now()
        super().__init__(context)

    def columns(self) -> Sequence[Column[Activity]]:
        return COLUMNS

    async def read(self, query: ListQuery, place: Place) -> Page[Activity]:
        context = self.context
        if refusal(ActId.ACTIVITY_LIST, context.backend.capabilities, context.workspace):
            raise Refused("role_forbidden", FOR_WHOM)
        return await context.backend.activity.list(context.workspace.id, self.asked(query), place)

    def asked(self, query: ListQuery) -> ListQuery:
        """The query as the server takes it: ids for people, a moment for how far back."""
        filters = {id: values for id, values in query.filters.items() if id not in PEOPLE}
        filters |= {id: (self._ids[name],) for id in PEOPLE for name in query.filters.get(id, ())}
        for span in query.filters.get("since", ()):
            filters["since"] = ((self._asked_at - timedelta(hours=_HOURS[span])).isoformat(),)
        return replace(query, filters=filters)

    # Filters

    def filters(self) -> Sequence[FilterGroup]:
        return (
            FilterGroup("action", "What", [FilterOption(id, label) for id, label in self.KINDS], single=True),
            FilterGroup("since", "When", [FilterOption(id, label) for id, label in SPANS], single=True),
        )

    async def count_of(self, chosen: Chosen) -> str:
        for id in PEOPLE:
            for name in chosen.get(id, ()):
                await self._look_up(name)
        return await super().count_of(chosen)

    def ask_for(self, query: ListQuery) -> None:
        self._asked_at = self.now()
        super().ask_for(query)

    def show_history(self, id: str, name: str) -> None:
        """All that was done to somebody or something, by the name that people know."""
        self._ids[name] = id
        self.ask_for(replace(self.query_now, filters={"target": (name,)}))

    async def _look_up(self, name: str) -> None:
        """Whom a name means; an id may be of somebody who has left. Raises `Failure`."""
        if name in self._ids:
            return
        if is_id(name):
            self._ids[name] = name
            return
        query = ListQuery(filters={"is": (name,)})
        found = (await self.context.backend.members.list(self.context.workspace.id, query, Place(limit=2))).items
        if len(found) != 1:
            why = "is the address of several members" if found else "is no member here"
            raise Refused("not_found", f"“{name}” {why}. Type a username, or the id of somebody who has left.")
        self._ids[name] = found[0].user_id

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

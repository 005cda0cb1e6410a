"""The workspaces of the person (W6), those that they can join (W5), and the detail of the one under the cursor."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content

from tui.acts.act import Result
from tui.acts.refusal import Reason, refusal
from tui.context.context import Context
from tui.dialogs.filter import FilterGroup, FilterOption
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.github import Joinable
from tui.domain.queries import PAGE_LIMIT, ListQuery, Page, Place
from tui.domain.roles import Kind, Source, Status
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell, Column
from tui.lists.joinable import Row, with_joinable
from tui.lists.text import harmless
from tui.profiles.row import ProfileRow
from tui.screens.acting import TARGETLESS
from tui.screens.listing import Listing
from tui.screens.rows import row_id
from tui.screens.sections import WORKSPACES
from tui.screens.workspace_detail import detail_of
from tui.screens.workspace_profiles import legend, mark, of_workspaces
from tui.widgets.facts import Facts
from tui.widgets.keys_row import KeyHint
from tui.widgets.table_lines import RowLook
from tui.widgets.table_view import Section

TITLE = "You can join"
NOT_TOLD = "GitHub does not say what you can join."
REST = 0.15
"""Seconds for which the cursor stays on a row before its settings are asked for."""


class WorkspacesScreen(Listing[Row]):
    """What can be joined stands last, under a rule, and comes after the rest: GitHub is never waited for."""

    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss", "workspaces.tcss"]
    SECTION = WORKSPACES
    NOUN = ("workspace", "workspaces")
    FIRST_QUERY = ListQuery(sort="name")
    OFFERS = frozenset({"search", "filter", "sort", "menu", "copy", "undo"})
    ACTS = (
        ActId.WORKSPACES_ACTIVATE,
        ActId.WORKSPACES_JOIN,
        ActId.WORKSPACES_CREATE,
        ActId.INVITES_ACCEPT,
        ActId.WORKSPACES_RENAME,
        ActId.WORKSPACES_LEAVE,
        ActId.WORKSPACES_DELETE,
    )
    FOOTER: ClassVar = (
        "table.activate",
        ActId.WORKSPACES_CREATE,
        ActId.WORKSPACES_RENAME,
        ActId.WORKSPACES_LEAVE,
        "list.menu",
        "list.search",
        "workspace.choose",
        "app.help",
        "app.quit",
    )
    WORDS: ClassVar = {"table.activate": "Activate"}

    def __init__(self, context: Context) -> None:
        self._profiles: dict[str, ProfileRow] = {}
        super().__init__(context)
        self._joinable: Sequence[Joinable] = ()
        self._is_told = True
        self._detail = Facts(id="detail")
        self._auto_join: dict[str, bool | None] = {}
        self._asked_about = ""

    def body(self) -> ComposeResult:
        yield from super().body()
        yield self._detail

    def on_mount(self) -> None:
        super().on_mount()
        self.seek(self.context.workspace.id)
        self._find_joinable()
        self._find_profiles()

    def read_again(self) -> None:
        super().read_again()
        self._asked_about = ""
        self._find_joinable()
        self._find_profiles()

    # Rows

    def columns(self) -> Sequence[Column[Row]]:
        found = with_joinable(self.context.workspace.id, self._profile_name)
        return [column for column in found if column.id != "active"]

    async def read(self, query: ListQuery, place: Place) -> Page[Row]:
        """A page of the person's own; the last one ends with those that they can join."""
        page = await self.context.backend.workspaces.list(query, place)
        added = () if query.q.strip() or any(query.filters.values()) else self._joinable
        self.table.section = Section(page.total, TITLE) if added else None
        return Page(
            items=[*page.items, *(added if page.next is None else ())],
            next=page.next,
            prev=page.prev,
            position=page.position,
            total=page.total + len(added),
            total_is=page.total_is,
        )

    @work(group="joinable", exclusive=True)
    async def _find_joinable(self) -> None:
        """Reads what can be joined, once the rest is here; the list is read again where that is news."""
        if self.context.backend.capabilities.reason_without(ActId.WORKSPACES_JOIN):
            return
        await self.table.settled_row()
        known = self._joinable
        try:
            self._joinable = (await self.context.backend.workspaces.joinable(Place(limit=PAGE_LIMIT))).items
        except Failure:
            self._joinable = ()
        else:
            self._is_told = True
            if self._joinable != known:
                self.table.reload()
            return
        self._is_told = False
        self.table.reload()

    @work(group="profiles", exclusive=True)
    async def _find_profiles(self) -> None:
        """Reads this machine's profiles, beside the rows: the secret store may be slow."""
        try:
            self._profiles = await of_workspaces(self.context)
        except Failure as failure:
            self.say(failure.detail, failed=True)
            return
        self.table.repaint()
        self._show_counts()
        self.row_shown(self.table.row)

    def _profile_name(self, workspace_id: str) -> str | None:
        row = self._profiles.get(workspace_id)
        return row.name if row else None

    def look(self) -> RowLook[Row]:
        return RowLook(dimmed=lambda row: isinstance(row, Workspace) and row.status == Status.DISABLED, sign=self._sign)

    def _sign(self, row: Row) -> Cell:
        if isinstance(row, Joinable):
            return Cell("+", "ok")
        return Cell(mark(self._profiles, row.id, self.context.workspace.id), "accent")

    def filters(self) -> Sequence[FilterGroup]:
        return (FilterGroup("kind", "Kind", [FilterOption(kind, kind.capitalize()) for kind in Kind]),)

    def position(self) -> str:
        section, window = self.table.section, self.table.window
        own = self.how_many(section.before if section else window.total, window.total_is)
        return f"{own}, {window.total - section.before:,} to join." if section else f"{own}."

    def counts(self) -> Sequence[str]:
        marks = legend(self._profiles, self.context.workspace.id)
        return marks if self._is_told else [*marks, NOT_TOLD]

    def take(self, results: Sequence[Result[Any]]) -> None:
        """What was joined is not to be joined any more."""
        joined = {result.after.id for result in results if isinstance(result.after, Workspace)}
        self._joinable = [each for each in self._joinable if each.workspace_id not in joined]
        super().take(results)

    def row_activated(self, row: Row) -> None:
        self.action_act(ActId.WORKSPACES_JOIN if isinstance(row, Joinable) else ActId.WORKSPACES_ACTIVATE)

    def row_shown(self, row: Row | None) -> None:
        """The detail of the row under the cursor."""
        self._show_detail(row)
        about = row.id if isinstance(row, Workspace) and _has_switch(row) else ""
        if about != self._asked_about:
            self._asked_about = about
            self._find_auto_join(about)

    def _show_detail(self, row: Row | None) -> None:
        self._detail.display = row is not None
        if row is not None:
            self._detail.border_title = Content(f" {harmless(row.name)} ")
            self._detail.show([*detail_of(row, self._profiles, self._auto_join.get(row_id(row)))])

    @work(group="auto_join", exclusive=True)
    async def _find_auto_join(self, workspace_id: str) -> None:
        """Reads the switch of the workspace on which the cursor has come to rest; of none where there is no id."""
        if not workspace_id:
            return
        await asyncio.sleep(REST)
        with suppress(Failure):
            settings = await self.context.backend.settings.get(workspace_id)
            self._auto_join[workspace_id] = settings.auto_join
            self._show_detail(self.table.row)

    # Acts

    def reason_against(self, act: ActId, targets: Sequence[Any]) -> Reason | None:
        """One is in a workspace or can join it, never both."""
        row = targets[0] if targets and act not in TARGETLESS else None
        if isinstance(row, Joinable):
            missing = refusal(act, self.context.backend.capabilities)
            return missing if act == ActId.WORKSPACES_JOIN else Reason("not_found", "Join it first.")
        if act == ActId.WORKSPACES_JOIN:
            return Reason("not_found", "Stand on a workspace that you can join.")
        return super().reason_against(act, targets)

    def menu_acts(self) -> Sequence[ActId]:
        if isinstance(self.table.row, Joinable):
            return (ActId.WORKSPACES_JOIN,)
        return [act for act in self.ACTS if act != ActId.WORKSPACES_JOIN]

    def hint(self, id: str, key: str) -> KeyHint:
        if id == "table.activate" and isinstance(self.table.row, Joinable):
            return KeyHint(key, "Join")
        return super().hint(id, key)


def _has_switch(workspace: Workspace) -> bool:
    return workspace.source == Source.GITHUB and workspace.status == Status.ACTIVE

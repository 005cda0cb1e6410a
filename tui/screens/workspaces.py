"""The workspaces of the person (W6), with the detail of the one under the cursor."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.filter import FilterGroup, FilterOption
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Kind, Status
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell, Column
from tui.lists.text import fit, harmless
from tui.lists.time import date
from tui.lists.workspaces import columns, source_words
from tui.screens.listing import Listing
from tui.screens.sections import WORKSPACES
from tui.widgets.table_lines import RowLook
from tui.widgets.tones import toned

LABEL_WIDTH = 10


class WorkspacesScreen(Listing[Workspace]):
    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss", "workspaces.tcss"]
    SECTION = WORKSPACES
    NOUN = ("workspace", "workspaces")
    FIRST_QUERY = ListQuery(sort="name")
    OFFERS = frozenset({"search", "filter", "sort", "menu", "copy", "undo"})
    ACTS = (
        ActId.WORKSPACES_ACTIVATE,
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

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static(id="detail")

    def columns(self) -> Sequence[Column[Workspace]]:
        return [column for column in columns(self.context.workspace.id) if column.id != "active"]

    async def read(self, query: ListQuery, place: Place) -> Page[Workspace]:
        return await self.context.backend.workspaces.list(query, place)

    def look(self) -> RowLook[Workspace]:
        return RowLook(
            dimmed=lambda workspace: workspace.status == Status.DISABLED,
            sign=lambda workspace: Cell("✓" if workspace.id == self.context.workspace.id else " ", "accent"),
        )

    def filters(self) -> Sequence[FilterGroup]:
        return (FilterGroup("kind", "Kind", [FilterOption(kind, kind.capitalize()) for kind in Kind]),)

    def position(self) -> str:
        return f"{self.how_many(self.table.window.total, self.table.window.total_is)}."

    def counts(self) -> Sequence[str]:
        return ["✓ in use"]

    def row_activated(self, _row: Workspace) -> None:
        self.action_act(ActId.WORKSPACES_ACTIVATE)

    def row_shown(self, row: Workspace | None) -> None:
        """The detail of the row under the cursor."""
        detail = self.query_one("#detail", Static)
        detail.display = row is not None
        if row is not None:
            detail.border_title = Content(f" {harmless(row.name)} ")
            detail.update(Content("\n").join(_detail_lines(row)))


def _detail_lines(workspace: Workspace) -> Iterator[Content]:
    if workspace.status == Status.DISABLED:
        yield toned(Cell("You are disabled here. Ask an Owner or a Manager to enable you.", "muted"))
        return
    yield _line("Members", _members(workspace))
    yield _line("Source", f"{workspace.kind}, {source_words(workspace)}")
    yield _line("Created", f"{date(workspace.created_at)}, you joined {date(workspace.joined_at)}")


def _line(label: str, text: str) -> Content:
    return toned(Cell(fit(label, LABEL_WIDTH), "muted")) + toned(Cell(text))


def _members(workspace: Workspace) -> str:
    disabled = sum(each.disabled for each in (workspace.counts or {}).values())
    return f"{workspace.active_members or 0:,} active, {disabled:,} disabled"

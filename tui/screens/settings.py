"""The settings of the workspace in which a person stands (W5), and the ways out of it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.acts.act import Result
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.settings import Settings
from tui.lists.column import Cell, Column
from tui.lists.settings import HAND_OVER, SETTINGS, Setting, of_workspace
from tui.screens.listing import Listing
from tui.screens.messages import SectionAsked
from tui.screens.sections import MEMBERS
from tui.screens.sections import SETTINGS as SECTION
from tui.widgets.table_lines import RowLook
from tui.widgets.tones import toned


class SettingsScreen(Listing[Setting]):
    """Its rows are settings; acts are done to the workspace."""

    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss", "settings.tcss"]
    SECTION = SECTION
    NOUN = ("setting", "settings")
    OFFERS = frozenset({"menu", "copy"})
    ACTS = (ActId.SETTINGS_SET, ActId.WORKSPACES_RENAME, ActId.WORKSPACES_LEAVE, ActId.WORKSPACES_DELETE)
    FOOTER: ClassVar = (
        "table.activate",
        ActId.WORKSPACES_RENAME,
        ActId.WORKSPACES_LEAVE,
        "list.menu",
        "workspace.choose",
        "app.help",
        "app.quit",
    )
    WORDS: ClassVar = {"table.activate": "Change"}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.settings: Settings | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self.filter_bar.display = False

    # Rows

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static(id="detail")

    def row_shown(self, row: Setting | None) -> None:
        """The sentences that may not fit into the row."""
        detail = self.query_one("#detail", Static)
        detail.display = row is not None
        if row is not None:
            detail.border_title = Content(f" {row.name} ")
            detail.update(Content("\n").join(toned(Cell(said)) for said in (row.meaning, row.refusal) if said))

    def columns(self) -> Sequence[Column[Setting]]:
        return SETTINGS

    def look(self) -> RowLook[Setting]:
        return RowLook(dimmed=lambda setting: bool(setting.refusal))

    async def read(self, _query: ListQuery, _place: Place) -> Page[Setting]:
        """All settings at once, each with the reason for which this person may not change it."""
        self.settings = await self.context.backend.settings.get(self.context.workspace.id)
        found = of_workspace(self.context.workspace, self.settings)
        rows = [self._refused(setting) for setting in found]
        return Page(items=rows, next=None, prev=None, position=0, total=len(rows))

    def _refused(self, setting: Setting) -> Setting:
        reason = self.reason_against(setting.act, [self.context.workspace]) if setting.act else None
        return Setting(
            setting.id,
            setting.name,
            setting.value,
            setting.meaning,
            setting.act,
            reason.sentence if reason else "",
        )

    def position(self) -> str:
        return f"Settings of {self.context.workspace.name}."

    def take(self, results: Sequence[Result[Any]]) -> None:
        """Any of its rows may say another thing now."""
        if results:
            self.read_again()

    # Acts

    def present_targets(self, _act: ActId) -> Sequence[Any]:
        """The workspace, at the version of the settings that are shown."""
        if self.settings is None:
            return ()
        return (replace(self.context.workspace, version=self.settings.version),)

    def copied(self, row: Setting) -> str:
        return row.value.text or row.name

    def row_activated(self, row: Setting) -> None:
        if row.refusal:
            self.say(f"{row.name}: {row.refusal}", failed=True)
        elif row.id == HAND_OVER:
            said = f"Choose who becomes Owner: {self.key_spoken('list.menu')} on their row."
            self.post_message(SectionAsked(MEMBERS.number, said))
        elif row.act:
            self.action_act(row.act)
        else:
            self.say(f"{row.name} stays as it is.")

"""The app: which screen when. What an act does is the runner's, what is shown the screens'."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import settings
from tui.acts.act import Act, Result
from tui.app import clipboard
from tui.app.keymap import keymap
from tui.app.live import PERIOD, Live
from tui.app.palette import Entry, act_entries, palette, section_entries
from tui.app.places import Places
from tui.app.runner import Runner
from tui.app.selector import choice, home, workspaces
from tui.app.themes import THEMES
from tui.app.typing import Typing
from tui.context.context import Context
from tui.context.opening import Start, open_context
from tui.dialogs.choose_workspace import ALL_WORKSPACES, ChooseWorkspace
from tui.dialogs.message import Message
from tui.domain.acts import ActId
from tui.domain.errors import Failure, Unauthenticated
from tui.screens import messages
from tui.screens.acting import Acting
from tui.screens.activity import ActivityScreen
from tui.screens.help import Help, key_lines
from tui.screens.members import MembersScreen
from tui.screens.sections import MEMBERS, SECTIONS, WORKSPACES
from tui.screens.shell import Shell
from tui.screens.starting import Starting
from tui.screens.workspaces import WorkspacesScreen

SCREENS: Mapping[str, type[Acting]] = {
    "workspaces": WorkspacesScreen,
    "members": MembersScreen,
    "activity": ActivityScreen,
}
"""The screen of each section, by its name."""

HOMES = {act: section for section in SECTIONS for act in SCREENS[section.name].ACTS}
"""The section in which each act has its rows."""

DARK, LIGHT = (theme.name for theme in THEMES)


class WorkspacesApp(App[int]):
    """Shows an empty plane at once, and opens the rest behind it."""

    TITLE = "Workspaces"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave(0)", show=False, priority=True)]

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._here: Context | None = None
        self._places = Places(self, SCREENS)
        self._live = Live()
        self._typing = Typing(self, super().on_event)
        self._runner = Runner(self, self._typing.thinking, self._acted)
        self._signed_out = False

    def get_default_screen(self) -> Screen[None]:
        return Starting()

    # Starting and ending

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        complaints = self._take_settings()
        self._open(complaints)
        self.set_interval(PERIOD, self._look)
        self.set_interval(1, self._show_connection)

    def _take_settings(self) -> Sequence[str]:
        """Theme and keys as the person chose them; what could not be taken, as sentences."""
        folder = self._start.folders.settings
        self.theme = DARK
        try:
            if settings.theme(folder) in self.available_themes:
                self.theme = settings.theme(folder) or DARK
            keys, complaints = keymap(settings.keys(folder), [screen.ids() for screen in SCREENS.values()])
        except Failure as failure:
            return [failure.detail]
        self.set_keymap(dict(keys))
        return complaints

    @work(group="open", exclusive=True)
    async def _open(self, complaints: Sequence[str] = ()) -> None:
        starting = self.screen
        try:
            context = await open_context(self._start)
        except Failure as failure:
            if isinstance(starting, Starting):
                starting.refused(failure)
            return
        self._live.answered(self._now())
        await self._stand(context, WORKSPACES.number)
        if complaints:
            self._say(complaints[0], failed=True)

    async def on_unmount(self) -> None:
        if self._here:
            await self._here.backend.close()

    def action_leave(self, code: int) -> None:
        self.exit(code, return_code=code)

    async def on_event(self, event: events.Event) -> None:
        """Keys go by way of `Typing`; what it hands back has been there."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typing.typed(event)
        else:
            await super().on_event(event)

    def on_descendant_focus(self) -> None:
        """A question that was about to be asked is there, or gone."""
        self._typing.go_on()

    # Where the person stands

    async def _stand(self, context: Context, number: int) -> None:
        """In another workspace, on one of its sections."""
        self._here = context
        self._live.stand(context)
        await self._places.enter(context, number)
        self._show_connection()

    def _update(self, context: Context) -> None:
        """In the same workspace, in a newer state of it."""
        self._here = context
        self._live.stand(context)
        for screen in self._shells():
            screen.stand(context)
            screen.read_again()

    def _shells(self) -> list[Shell]:
        """The screens of the present section, panels too."""
        return [screen for screen in self.screen_stack if isinstance(screen, Shell)]

    def _acting(self) -> Acting:
        """The screen on top that has acts."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, Acting))

    def _say(self, text: str, *, failed: bool = False) -> None:
        self._shells()[-1].say(text, failed=failed)

    @staticmethod
    def _now() -> datetime:
        return datetime.now(UTC)

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        """Looks whether something has changed (A2)."""
        if self._here is None:
            return
        try:
            newer = await self._live.newer(self._here)
        except Failure as failure:
            self._live.not_answered(failure, self._now())
        else:
            self._live.answered(self._now())
            if newer:
                self._update(newer)
        self._show_connection()

    def _show_connection(self) -> None:
        for screen in self._shells():
            screen.connected(self._live.connection)

    # What screens want

    @on(messages.ActAsked)
    def _act_asked(self, asked: messages.ActAsked) -> None:
        self.run_worker(self._runner.run(asked.screen, asked.act))

    @on(messages.MenuAsked)
    def _menu_asked(self, asked: messages.MenuAsked) -> None:
        self.run_worker(self._runner.run_chosen(asked.screen))

    @on(messages.UndoAsked)
    def _undo_asked(self, asked: messages.UndoAsked) -> None:
        self.run_worker(self._runner.take_back(asked.screen))

    @on(messages.PanelAsked)
    async def _panel_asked(self, asked: messages.PanelAsked) -> None:
        await self.push_screen(asked.panel)
        self._show_connection()

    @on(messages.SectionAsked)
    async def _section_asked(self, asked: messages.SectionAsked) -> None:
        if self._here:
            await self._places.go(self._here, asked.number)
            self._show_connection()

    @on(messages.BackAsked)
    async def _back_asked(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self._here and not await self._places.back(self._here):
            self._say("This is where you started. q quits.")

    @on(messages.WorkspacesAsked)
    @work(group="selector", exclusive=True)
    async def _choose_workspace(self) -> None:
        if (context := self._here) is None:
            return
        with self._typing.thinking():
            try:
                known = {workspace.id: workspace for workspace in await workspaces(context)}
            except Failure as failure:
                self._lost(failure)
                self._say(failure.detail, failed=True)
                return
            choices = [choice(workspace, context.workspace) for workspace in known.values()]
            chosen = await ChooseWorkspace(choices).ask(self.screen)
        if chosen == ALL_WORKSPACES:
            await self._places.go(context, WORKSPACES.number)
        elif chosen and chosen != context.workspace.id:
            await self._runner.run(self._acting(), ActId.WORKSPACES_ACTIVATE, [known[chosen]])

    async def _acted(self, act: Act[Any, Any], results: Sequence[Result[Any]], said: str) -> None:
        """What follows from an act for where the person stands."""
        if (context := self._here) is None:
            return
        match act.id:
            case ActId.WORKSPACES_ACTIVATE:
                came_from = self._places.number
                number = MEMBERS.number if came_from == WORKSPACES.number else came_from
                await self._enter(context.at(results[0].after), number)
            case ActId.WORKSPACES_LEAVE | ActId.WORKSPACES_DELETE if results[0].before.id == context.workspace.id:
                await self._enter(context.at(await home(context)), WORKSPACES.number)
            case ActId.WORKSPACES_CREATE | ActId.WORKSPACES_RENAME:
                self._acting().read_again()
        self._say(said)
        self._look()

    async def _enter(self, context: Context, number: int) -> None:
        """To another workspace; what was changed in the one before is no longer taken back."""
        self._runner.forget()
        await self._stand(context, number)

    @on(messages.PaletteAsked)
    def _palette_asked(self) -> None:
        screen = self._acting()
        entries = [*act_entries(screen, HOMES), *section_entries(screen), *self._own_entries()]
        self.push_screen(palette(entries))

    def _own_entries(self) -> Iterator[Entry]:
        yield Entry("Dark theme", "", partial(self._choose_theme, DARK))
        yield Entry("Light theme", "", partial(self._choose_theme, LIGHT))

    def _choose_theme(self, name: str) -> None:
        self.theme = name
        try:
            settings.choose_theme(self._start.folders.settings, name)
        except Failure as failure:
            self._say(failure.detail, failed=True)

    @on(messages.HelpAsked)
    def _help_asked(self) -> None:
        self.push_screen(Help(key_lines(self._acting())))

    @on(messages.OpenAsked)
    def _open_asked(self) -> None:
        self._open()

    @on(messages.LeaveAsked)
    def _leave_asked(self) -> None:
        self.action_leave(0)

    @on(messages.Shown)
    def _shown(self) -> None:
        self._typing.go_on()

    @on(messages.Answered)
    def _answered(self) -> None:
        self._live.answered(self._now())
        self._show_connection()

    @on(messages.NotAnswered)
    def _not_answered(self, message: messages.NotAnswered) -> None:
        self._lost(message.failure)

    def _lost(self, failure: Failure) -> None:
        self._live.not_answered(failure, self._now())
        self._show_connection()
        if isinstance(failure, Unauthenticated) and not self._signed_out:
            self._signed_out = True
            self.push_screen(Message("Signed out", [failure.detail, "What you asked for last was not done."]))

    @on(messages.Copied)
    def _copied(self, message: messages.Copied) -> None:
        self.copy_to_clipboard(message.text)
        self._say(f"{message.text} was sent to your terminal.")

    def copy_to_clipboard(self, text: str) -> None:
        """Also through tmux and GNU screen, which swallow the usual way."""
        if clipboard.through_tmux(text, os.environ):
            return
        if "STY" in os.environ and self._driver:
            self._driver.write(clipboard.through_screen(text))
        else:
            super().copy_to_clipboard(text)


def run(start: Start) -> int:
    """Open the app and stay until it ends; the exit code."""
    app = WorkspacesApp(start)
    return app.run() or app.return_code or 0

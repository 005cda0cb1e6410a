"""The app: which screen when. What an act does is the runner's, what is shown the screens'."""

import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import logs, settings
from tui.acts.act import Act, Result
from tui.app import clipboard, endings
from tui.app.first_start import first_start
from tui.app.live import PERIOD, Live
from tui.app.palette import Entry, act_entries, palette, section_entries
from tui.app.places import GOING, Places
from tui.app.preferences import THEME_NAMES, preferences
from tui.app.runner import Runner
from tui.app.sections import HOMES, SCREENS
from tui.app.selector import at_home, chosen_workspace
from tui.app.themes import THEMES
from tui.app.typing import Typing
from tui.context.context import Context
from tui.context.opening import Start, open_context
from tui.dialogs.first_start import FirstStart
from tui.dialogs.message import Message
from tui.domain.acts import ActId
from tui.domain.errors import Failure, Unauthenticated
from tui.domain.workspaces import Workspace
from tui.screens import messages
from tui.screens.acting import Acting
from tui.screens.help import Help, key_lines
from tui.screens.sections import MEMBERS, WORKSPACES
from tui.screens.shell import Shell
from tui.screens.starting import Starting

log = logging.getLogger(__name__)


class WorkspacesApp(App[int]):
    """Shows an empty plane at once, and opens the rest behind it."""

    TITLE = "Workspaces"
    ENABLE_COMMAND_PALETTE = False
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"starting": Starting}
    DEFAULT_MODE = "starting"
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
        self._preferences = preferences(start.folders.settings, [screen.ids() for screen in SCREENS.values()])
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._preferences.theme
        self.set_keymap(dict(self._preferences.keymap.keys))

    # Starting and ending

    def on_mount(self) -> None:
        if not self.is_headless:
            endings.watch(self.action_leave)
        self._open(self._preferences.keymap.complaints)
        self.set_interval(PERIOD, self._look)
        self.set_interval(1, self._show_connection)

    @work(group="open", exclusive=True)
    async def _open(self, complaints: Sequence[str] = ()) -> None:
        starting = self.screen
        facts = first_start(self._start)
        if facts and not await self.push_screen_wait(FirstStart(facts)):
            self.action_leave(0)
            return
        self._live.opening(failed=False)
        try:
            context = await open_context(self._start)
        except Failure as failure:
            self._live.opening(failed=True)
            self._show_connection()
            if isinstance(starting, Starting):
                starting.refused(failure)
            return
        self._live.answered()
        await self._enter(context, WORKSPACES.number)
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

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        """Looks whether something has changed (A2)."""
        if self._here is None:
            return
        try:
            newer = await self._live.newer(self._here)
        except Failure as failure:
            self._live.not_answered(failure)
        else:
            self._live.answered()
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
        await self._go(asked.number)

    async def _go(self, number: int) -> None:
        """To another section, as it was left and read again."""
        if self._here:
            await self._places.go(self._here, number)
            self._update(self._here)

    @on(messages.BackAsked)
    async def _back_asked(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif before := self._places.before:
            await self._go(before)
        else:
            self._say("This is where you started. q quits.")

    @on(messages.WorkspacesAsked)
    @work(group="selector", exclusive=True)
    async def _choose_workspace(self) -> None:
        if (context := self._here) is None:
            return
        with self._typing.thinking():
            try:
                chosen = await chosen_workspace(context, self._acting())
            except Failure as failure:
                self.post_message(messages.NotAnswered(failure))
                self._say(failure.detail, failed=True)
                return
        if isinstance(chosen, Workspace):
            await self._runner.run(self._acting(), ActId.WORKSPACES_ACTIVATE, [chosen])
        elif chosen:
            await self._go(WORKSPACES.number)

    async def _acted(self, act: Act[Any, Any], results: Sequence[Result[Any]], said: str) -> None:
        """What follows from an act for where the person stands."""
        if (context := self._here) is None:
            return
        before, after = results[0].before, results[0].after
        if act.id == ActId.WORKSPACES_ACTIVATE and after:
            came_from = self._places.number
            await self._enter(context.at(after), MEMBERS.number if came_from == WORKSPACES.number else came_from)
        elif act.id in GOING and before and before.id == context.workspace.id:
            await self._enter(await at_home(context), WORKSPACES.number)
        else:
            self._acting().read_again()
        self._say(said)
        self._look()

    async def _enter(self, context: Context, number: int) -> None:
        """To another workspace; what was changed in the one before is no longer taken back."""
        self._runner.forget()
        self._here = context
        self._live.stand(context)
        await self._places.enter(context, number)
        self._show_connection()

    @on(messages.PaletteAsked)
    def _palette_asked(self) -> None:
        if self._here is None:
            return
        screen = self._acting()
        themes = (Entry(label, "", partial(self._choose_theme, name)) for label, name in THEME_NAMES)
        self.push_screen(palette([*act_entries(screen, HOMES), *section_entries(screen), *themes]))

    def _choose_theme(self, name: str) -> None:
        self.theme = name
        try:
            settings.choose_theme(self._start.folders.settings, name)
        except Failure as failure:
            self._say(failure.detail, failed=True)

    @on(messages.HelpAsked)
    def _help_asked(self) -> None:
        if self._here:
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
        self._live.answered()
        self._show_connection()

    @on(messages.NotAnswered)
    def _not_answered(self, message: messages.NotAnswered) -> None:
        self._live.not_answered(message.failure)
        self._show_connection()
        if isinstance(message.failure, Unauthenticated) and not self._signed_out:
            self._signed_out = True
            self.push_screen(Message("Signed out", [message.failure.detail, "What you asked for last was not done."]))

    @on(messages.Copied)
    def _copied(self, message: messages.Copied) -> None:
        self.copy_to_clipboard(message.text)
        self._say(f"{message.text} was sent to your terminal.")

    def copy_to_clipboard(self, text: str) -> None:
        """Also through tmux and GNU screen, which swallow the usual way."""
        if self._driver is None or not clipboard.sent(text, os.environ, self._driver.write):
            super().copy_to_clipboard(text)

    def _fatal_error(self) -> None:
        """In place of a traceback over the terminal: a sentence, and the rest in the log."""
        log.critical("the app has stopped", exc_info=self._exception)
        self.panic("The app has stopped over an error of its own; nothing of yours is lost. Its log has the details.")


def run(start: Start) -> int:
    """Open the app and stay until it ends; the exit code."""
    logs.configure(start.folders.state)
    app = WorkspacesApp(start)
    app.run()
    return app.return_code or 0

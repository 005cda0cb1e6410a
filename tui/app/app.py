"""The app: which screen when. What an act does is the runner's, what is shown the screens'."""

import asyncio
import gc
import logging
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import logs
from tui.app import clipboard, endings
from tui.app.preferences import chosen_theme
from tui.app.themes import THEMES
from tui.app.typing import Typing
from tui.dialogs.dialog import Dialog
from tui.screens import messages
from tui.screens.starting import SHELL_SHEET, Starting

if TYPE_CHECKING:
    # They need every screen and dialog, and the backend; the first frame needs none of them.
    from tui.app.controller import Controller
    from tui.context.start import Start

log = logging.getLogger(__name__)


class WorkspacesApp(App[int]):
    """Shows an empty plane at once, and opens the rest behind it."""

    TITLE = "Workspaces"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar = SHELL_SHEET
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit_asked", show=False, priority=True)]

    def __init__(self, start: "Start") -> None:
        super().__init__()
        self._start = start
        self._starting = Starting()
        self._controller: Controller | None = None
        self._typing = Typing(self, super().on_event)
        self._has_stopped = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = chosen_theme(start.folders.settings).name

    # Starting and ending

    def get_default_screen(self) -> Screen[None]:
        return self._starting

    def on_mount(self) -> None:
        if not self.is_headless:
            endings.watch(self.action_leave)
        self.call_after_refresh(self._first_frame_is_there)

    def _first_frame_is_there(self) -> None:
        gc.enable()
        self._open()

    @on(messages.OpenAsked)
    @work(group="open", exclusive=True)
    async def _open(self) -> None:
        open_controller = await asyncio.to_thread(_loaded)
        self._controller = await open_controller(self, self._starting, self._start, self._typing)
        if self._controller:
            await self._controller.open()

    async def on_unmount(self) -> None:
        if self._controller:
            await self._controller.close()

    def action_quit_asked(self) -> None:
        """Ends the app, unless a dialog first says what would be lost with it (I5, T1)."""
        if all(screen.may_leave() for screen in self.screen_stack if isinstance(screen, Dialog)):
            self.action_leave(0)

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

    # What screens want

    @on(messages.Wanted)
    async def _wanted(self, wanted: messages.Wanted) -> None:
        if self._controller:
            await self._controller.do(wanted)

    @on(messages.KeyAsked)
    def _key_asked(self, asked: messages.KeyAsked) -> None:
        self.simulate_key(asked.key)

    @on(messages.LeaveAsked)
    def _leave_asked(self) -> None:
        self.action_leave(0)

    @on(messages.Shown)
    def _shown(self) -> None:
        self._typing.go_on()

    def copy_to_clipboard(self, text: str) -> None:
        """Also through tmux and GNU screen, which swallow the usual way."""
        if self._driver is None or not clipboard.sent(text, os.environ, self._driver.write):
            super().copy_to_clipboard(text)

    def _fatal_error(self) -> None:
        """In place of a traceback over the terminal: a sentence, once, and the rest in the log."""
        log.critical("the app has stopped", exc_info=self._exception)
        if self._has_stopped:
            return
        self._has_stopped = True
        self.panic("The app has stopped over an error of its own; nothing of yours is lost. Its log has the details.")


def _loaded() -> "Callable[[App[int], Starting, Start, Typing], Awaitable[Controller | None]]":
    """Loads every screen and dialog, and how a server is reached: after the first frame, and beside it."""
    from tui.app.opening import open_controller  # noqa: PLC0415

    return open_controller


def run(start: "Start") -> int:
    """Open the app and stay until it ends; the exit code."""
    logs.configure(start.folders.state)
    app = WorkspacesApp(start)
    app.run()
    return app.return_code or 0

"""A screen with nothing but rows, from which dialogs are opened."""

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets import OptionList

from tui.app.themes import THEMES
from tui.dialogs.dialog import Dialog
from tui.widgets.overlay import Overlay

Answer = TypeVar("Answer")

PATIENCE = 20
"""Seconds after which what is waited for is not coming any more."""

OPEN = object()
"""The answer while there is none."""


class Host(App[None], Generic[Answer]):
    """Opens a dialog or an overlay at once and keeps its answer."""

    CSS = "#below { border: none; padding: 0 1; height: 1fr; background: $background; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "below", "Below")]

    def __init__(self, ask: Dialog[Answer] | Overlay[Answer], theme: str = "workspaces-dark") -> None:
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self._ask = ask
        self.answer: object = OPEN
        self.keys_below = 0
        self._is_answered = asyncio.Event()

    def compose(self) -> ComposeResult:
        rows = OptionList(*[f"row {number}" for number in range(100)], compact=True, id="below")
        yield rows

    def on_mount(self) -> None:
        self.run_worker(self._open())

    def action_below(self) -> None:
        self.keys_below += 1

    async def _open(self) -> None:
        self.answer = await self._asked()
        self._is_answered.set()

    async def answered(self) -> object:
        """The answer, as soon as there is one."""
        await asyncio.wait_for(self._is_answered.wait(), PATIENCE)
        return self.answer

    async def opened(self) -> None:
        """Comes back once the question is there and has the focus."""
        await self._until(lambda: self._ask.is_attached and self._focus_is_inside())

    async def shows(self, text: str) -> None:
        """Comes back once a text is on the screen."""
        await self._until(lambda: text in shown(self))

    async def rests(self) -> None:
        """Comes back once what is on the screen stays the same."""
        before = ""
        while before != (before := shown(self)):
            await Pilot(self).pause(0.1)

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await Pilot(self).pause()

    def _focus_is_inside(self) -> bool:
        focused = self.focused
        return focused is not None and focused is not self._ask and self._ask in focused.ancestors

    async def _asked(self) -> Answer | None:
        if isinstance(self._ask, Dialog):
            return await self.push_screen_wait(self._ask)
        return await self._ask.ask(self.screen)


def shown(app: App[None]) -> str:
    """All text on the screen, as a reader sees it."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def answer_to(ask: Dialog[Answer] | Overlay[Answer], *keys: str) -> object:
    """What is answered to these keys; OPEN where it stays. No key reaches what is below."""
    app = Host(ask)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press(*keys)
        for _ in range(10):
            if app.answer is OPEN:
                await pilot.pause()
        assert app.keys_below == 0
        return app.answer

"""A screen with nothing but rows, from which dialogs are opened."""

from typing import ClassVar, Generic, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from tui.app.themes import THEMES
from tui.dialogs.dialog import Dialog
from tui.widgets.overlay import Overlay

Answer = TypeVar("Answer")

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
        self.answer: Answer | object | None = OPEN
        self.keys_below = 0

    def compose(self) -> ComposeResult:
        rows = OptionList(*[f"row {number}" for number in range(100)], compact=True, id="below")
        yield rows

    def on_mount(self) -> None:
        self.run_worker(self._open())

    def action_below(self) -> None:
        self.keys_below += 1

    async def _open(self) -> None:
        self.answer = await self._asked()

    async def _asked(self) -> Answer | None:
        if isinstance(self._ask, Dialog):
            return await self.push_screen_wait(self._ask)
        return await self._ask.ask(self.screen)

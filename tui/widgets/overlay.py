"""A small framed plane on top of the present screen, that asks and is awaited.

It lies on the same screen because that sends half of what a second screen does over SSH.
"""

import asyncio
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset, Region, Size
from textual.markup import escape
from textual.screen import Screen
from textual.widget import Widget

from tui.lists.text import harmless
from tui.widgets.choices import Choices
from tui.widgets.field import Field
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.too_small import has_room

Answer = TypeVar("Answer")

FRAME = 2


class Overlay(Vertical, Generic[Answer], can_focus=True):
    """While it is open the keys of the screen are silent; Esc and a click on something else close it."""

    DEFAULT_CSS = """
    Overlay {
        overlay: screen;
        constrain: inside;
        width: auto;
        height: auto;
        border: solid $accent;
        background: $panel;
        color: $foreground;
    }
    Overlay Field { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def __init__(self, near: Region | None = None, title: str = "") -> None:
        """`near` is what it is about, in cells of the screen: it opens below, above where there is no room."""
        super().__init__()
        self.border_title = escape(harmless(title))
        self._near = near
        self._keys_row = KeysRow(self.keys())
        self._keys_row.styles.overlay = "screen"
        self._placed_in = Size(0, 0)
        self._answered: asyncio.Future[Answer | None] | None = None

    def wanted(self) -> Size:
        """The cells that it wants inside its frame."""
        raise NotImplementedError

    def keys(self) -> list[KeyHint]:
        """What the last row says of the keys while it is open."""
        return [KeyHint("Up Down", "Move"), KeyHint("Enter", "Choose"), KeyHint("Esc", "Close without a change")]

    async def ask(self, screen: Screen[Any]) -> Answer | None:
        """The answer, or None when it was closed without one."""
        self._answered = asyncio.get_running_loop().create_future()
        focused = screen.focused
        mounted = screen.mount(self._keys_row, self)
        screen.set_focus(self)
        try:
            await mounted
            return await self._answered
        finally:
            if self.has_focus_within and focused is not None and focused.is_attached:
                screen.set_focus(focused)
            await self._keys_row.remove()
            await self.remove()

    @property
    def is_answered(self) -> bool:
        """Whether it is about to go away."""
        return self._answered is not None and self._answered.done()

    def close(self, answer: Answer | None) -> None:
        """Close once, however often something was chosen."""
        if self._answered and not self._answered.done():
            self._answered.set_result(answer)

    def action_close(self) -> None:
        self.close(None)

    def on_mount(self) -> None:
        self.trap_focus()
        self._place()
        self.screen.screen_layout_refresh_signal.subscribe(self, self._follow_size)
        inner = next(widget for widget in self.query("Choices, Field").results(Widget) if widget.can_focus)
        inner.focus()
        self.can_focus = False

    def on_unmount(self) -> None:
        self.close(None)

    def on_key(self, event: events.Key) -> None:
        """The screen's keys are not for now; a letter typed before there was a field goes to the field."""
        if event.is_printable and isinstance(self.screen.focused, Field):
            event.stop()
            self.screen.focused.post_message(events.Key(event.key, event.character))
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is None or self not in bound.node.ancestors_with_self:
            event.stop()

    def on_choices_stood(self, event: Choices.Stood) -> None:
        """The last row has room for a reason that the plane cuts off."""
        event.stop()
        self._keys_row.say(event.reason)

    def on_descendant_blur(self) -> None:
        """Something else was clicked; that the terminal lost the focus is nothing to us."""
        if self.app.app_focus:
            self.call_after_refresh(self._close_when_left)

    def _close_when_left(self) -> None:
        if not self.has_focus_within:
            self.close(None)

    def _follow_size(self, screen: Screen[Any]) -> None:
        if not has_room(self.app.size):
            self.close(None)
        elif screen.size != self._placed_in:
            self._place()
            self.refresh(layout=True)

    def _place(self) -> None:
        screen = self._placed_in = self.app.size
        self._keys_row.absolute_offset = Offset(0, screen.height - 1)
        wanted = self.wanted()
        width = min(wanted.width + FRAME, screen.width)
        height = min(wanted.height + FRAME, screen.height - FRAME)
        self.styles.width, self.styles.height = width, height
        near = self._near
        if near is None:
            near = Region((screen.width - width) // 2, (screen.height - height) // 3, 0, 0)
        above = near.bottom + height > screen.height - 1
        self.absolute_offset = Offset(near.x, near.y - height if above else near.bottom)

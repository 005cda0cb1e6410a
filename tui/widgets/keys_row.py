"""The last row: keys that work here now, each with its word."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.lists.text import cut, harmless

_GAP = "  "


class KeyHint(NamedTuple):
    """A key as it is spoken of, and what it does here; greyed unless it is enabled."""

    key: str
    word: str
    enabled: bool = True


class KeysRow(Widget):
    """Keys with their words, the most important first: those that do not fit are left out.

    A click presses a key. So do Enter and Space where it can have the focus: Left, Right and the wheel
    then lead to the keys that were left out, too.
    """

    FOCUS_ON_CLICK = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "beside(-1)", "The key before", show=False),
        Binding("right", "beside(1)", "The next key", show=False),
        Binding("enter,space", "press", "Press it", show=False),
    ]
    DEFAULT_CSS = """
    KeysRow {
        height: 1;
        width: 100%;
        padding: 0 1;
        background: $panel;
    }
    """

    _hints: reactive[tuple[KeyHint, ...]] = reactive(())
    _more: reactive[tuple[KeyHint, ...]] = reactive(())
    _said: reactive[str] = reactive("")
    _current: reactive[int] = reactive(0)
    _first: reactive[int] = reactive(0)

    class Pressed(Message):
        """A key is to be pressed, as it is spoken of."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, hints: Sequence[KeyHint] = (), *, can_focus: bool = False) -> None:
        super().__init__()
        self.can_focus = can_focus
        self.set_reactive(KeysRow._hints, tuple(hints))

    def show(self, hints: Sequence[KeyHint], more: Sequence[KeyHint] = ()) -> None:
        """Puts other keys in place of these; `more` are only gone to."""
        self._hints, self._more = tuple(hints), tuple(more)
        self._current = min(self._current, max(len(self._reachable) - 1, 0))

    def say(self, text: str) -> None:
        """A sentence in the place of the keys; an empty one gives it back to them."""
        self._said = harmless(text)

    def render(self) -> Content:
        if self._said:
            return Content.styled(cut(self._said, self.size.width), "$foreground")
        current = self._current if self.has_focus else None
        return Content(_GAP).join(_content(hint, is_current=index == current) for index, hint in self._in_sight())

    def action_beside(self, step: int) -> None:
        self._current = (self._current + step) % max(len(self._reachable), 1)
        self._first = min(self._first, self._current)
        while self._first < self._current and self._current not in dict(self._in_sight()):
            self._first += 1

    def action_press(self) -> None:
        if self._reachable:
            self.post_message(self.Pressed(self._reachable[self._current].key))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset_capture(self)
        x = 0
        for _, hint in self._in_sight():
            width = _content(hint).cell_length
            if x <= offset.x < x + width:
                self.post_message(self.Pressed(hint.key))
            x += width + len(_GAP)

    def on_mouse_scroll_down(self) -> None:
        self._first = min(self._first + 1, max(len(self._reachable) - 1, 0))

    def on_mouse_scroll_up(self) -> None:
        self._first = max(self._first - 1, 0)

    def on_focus(self) -> None:
        self._current = self._first = 0
        self.refresh()

    def on_blur(self) -> None:
        self.on_focus()

    @property
    def _reachable(self) -> tuple[KeyHint, ...]:
        return self._hints + self._more

    def _in_sight(self) -> list[tuple[int, KeyHint]]:
        """The keys that there is room for, with their places among all; `more` once one has gone to them."""
        hints = self._reachable if self.has_focus or self._first else self._hints
        room, in_sight = self.size.width, []
        for index, hint in list(enumerate(hints))[self._first :]:
            room -= _content(hint).cell_length
            if room < 0:
                break
            in_sight.append((index, hint))
            room -= len(_GAP)
        return in_sight


def _content(hint: KeyHint, *, is_current: bool = False) -> Content:
    if is_current:
        return Content.styled(f"{hint.key} {harmless(hint.word)}", "bold $on-accent on $accent")
    key, word = ("bold $accent", "$muted") if hint.enabled else ("$hint", "$hint")
    return Content.assemble((hint.key, key), " ", (harmless(hint.word), word))

"""The last row: keys that work here now, each with its word."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.lists.text import harmless

_GAP = "  "


class KeyHint(NamedTuple):
    """A key as it is spoken of, and what it does here; greyed unless it is enabled."""

    key: str
    word: str
    enabled: bool = True


class KeysRow(Widget):
    """Keys with their words, the most important first: those that do not fit are left out."""

    DEFAULT_CSS = """
    KeysRow {
        height: 1;
        width: 100%;
        padding: 0 1;
        background: $panel;
    }
    """

    _hints: reactive[tuple[KeyHint, ...]] = reactive(())

    def __init__(self, hints: Sequence[KeyHint] = ()) -> None:
        super().__init__()
        self.set_reactive(KeysRow._hints, tuple(hints))

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Puts other keys in place of these."""
        self._hints = tuple(hints)

    def render(self) -> Content:
        row = Content("")
        for hint in self._hints:
            longer = row + (_GAP if row.plain else "") + _content(hint)
            if longer.cell_length > self.size.width:
                break
            row = longer
        return row


def _content(hint: KeyHint) -> Content:
    key, word = ("bold $accent", "$muted") if hint.enabled else ("$hint", "$hint")
    return Content.assemble((hint.key, key), " ", (harmless(hint.word), word))

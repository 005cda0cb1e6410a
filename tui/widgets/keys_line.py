"""The last row of what lies on top: its keys, each with its word."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from tui.lists.text import harmless


class KeyWord(NamedTuple):
    """A key as it is spoken of, and what it does here."""

    key: str
    word: str


class KeysLine(Static):
    """Keys with their words, told once and again when they change."""

    DEFAULT_CSS = """
    KeysLine {
        height: 1;
        width: 100%;
        padding: 0 1;
        background: $panel;
    }
    """

    def __init__(self, keys: Sequence[KeyWord]) -> None:
        super().__init__(_line(keys))

    def show(self, keys: Sequence[KeyWord]) -> None:
        """Put other keys in place of these."""
        self.update(_line(keys))


def _line(keys: Sequence[KeyWord]) -> Content:
    return Content("   ").join(
        Content.assemble((key, "bold $accent"), " ", (harmless(word), "$muted")) for key, word in keys
    )

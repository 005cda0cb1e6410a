"""The last row but one: how many there are, and what was last said."""

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.lists.column import Cell, Tone
from tui.lists.text import cut, harmless
from tui.widgets.tones import toned

_GAP = "   "


class StatusRow(Widget):
    """Counts at the left, the last message at the right. A message is never cut for a count."""

    DEFAULT_CSS = """
    StatusRow {
        height: 2;
        width: 100%;
        padding: 0 1;
        background: $background;
        border-top: solid $line;
    }
    """

    _counts: reactive[tuple[str, ...]] = reactive(())
    _message: reactive[Cell] = reactive(Cell(""))

    def counts(self, counts: Sequence[str]) -> None:
        """Other counts, the most important first: those that do not fit are left out."""
        self._counts = tuple(text for text in counts if text)

    def say(self, text: str, tone: Tone = "text") -> None:
        """Another message, or none."""
        self._message = Cell(harmless(text), tone)

    def render(self) -> Content:
        text, tone = self._message.text, self._message.tone
        message = toned(Cell(cut(text, self.size.width), tone))
        room = self.size.width - (message.cell_length + len(_GAP) if text else 0)
        counts = Content("")
        for index, count in enumerate(self._counts):
            longer = counts + toned(Cell(f"{_GAP}{count}", "muted") if index else Cell(count))
            if longer.cell_length > room:
                break
            counts = longer
        air = self.size.width - counts.cell_length - message.cell_length if counts.plain else 0
        return counts.pad_right(max(air, 0)) + message

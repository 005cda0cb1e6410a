"""What stands in a table's place when it has no rows to show: empty, loading, refused, away."""

from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from tui.lists.column import Cell, Tone
from tui.lists.text import harmless
from tui.widgets.tones import toned


class StateText(NamedTuple):
    """One sentence, and the key that helps with what it does."""

    sentence: str
    key: str = ""
    word: str = ""
    tone: Tone = "text"


class State(Static):
    """One sentence a third down, and the key that helps. Hidden until it is told something."""

    DEFAULT_CSS = """
    State {
        display: none;
        width: 1fr;
        height: 1fr;
        padding: 0 4;
        color: $foreground;
        background: $background;
        text-align: center;
    }
    """

    def show(self, state: StateText | None) -> None:
        """Says a sentence, and under it what a key does about it; hidden when there is nothing to say."""
        self.display = state is not None
        if state is None:
            return
        lines = [toned(Cell(state.sentence, state.tone))]
        if state.key:
            lines += [Content(""), Content.assemble((state.key, "bold $accent"), " ", (harmless(state.word), "$muted"))]
        self.update(Content("\n").join(lines))

    def on_resize(self) -> None:
        self.styles.padding = (self.size.height // 3, 4, 0, 4)

"""A text field of several lines."""

from textual import events
from textual.widgets import TextArea

from tui.lists.text import harmless


class TextBox(TextArea):
    """Its cursor does not blink: over SSH every blink would be sent. Tab leaves it; what is pasted is made harmless."""

    DEFAULT_CSS = """
    TextBox {
        height: 2;
        padding: 0 1;
        border: none;
        background: $background;
        color: $foreground;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $hint; }
    }
    """

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(text, placeholder=placeholder, highlight_cursor_line=False, compact=True)
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = "\n".join(harmless(line.replace("\t", " ")) for line in event.text.splitlines())

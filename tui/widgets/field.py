"""A text field of one line."""

from textual import events
from textual.widgets import Input

from tui.lists.text import harmless


class Field(Input):
    """Its cursor does not blink: over SSH every blink would be sent. With `lower` it lower-cases as one types (W2).

    What it starts with and what is pasted is made harmless.
    """

    DEFAULT_CSS = """
    Field {
        width: 1fr;
        height: 1;
        padding: 0 1;
        border: none;
        background: $background;
        color: $foreground;
        &:focus { border: none; background-tint: transparent; }
        &:disabled { opacity: 100%; color: $hint; }
        & > .input--placeholder { color: $hint; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", lower: bool = False) -> None:
        self._lower = lower
        super().__init__(harmless(value), placeholder, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        return value.lower() if self._lower else value

    def on_paste(self, event: events.Paste) -> None:
        event.text = "\n".join(harmless(line) for line in event.text.splitlines())

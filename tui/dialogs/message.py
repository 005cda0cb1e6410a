"""What failed, why and what to do, where one line is not enough."""

from collections.abc import Iterator, Sequence

from textual.widget import Widget

from tui.dialogs.dialog import Dialog, sentence
from tui.widgets.keys_row import KeyHint


class Message(Dialog[None]):
    """Says something and waits until it was read."""

    CANCEL = "Close"

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = lines

    def body(self) -> Iterator[Widget]:
        return (sentence(line) for line in self._lines)

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Enter", self.CANCEL)]

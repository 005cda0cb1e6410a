"""A code to be entered at GitHub, shown until it was (S4)."""

from collections.abc import Iterator
from typing import Literal

from textual.widget import Widget

from tui.dialogs.dialog import Dialog, labelled, sentence
from tui.widgets.keys_row import KeyHint


class DeviceCode(Dialog[Literal[True]]):
    """True once the code was entered, which whoever waits for it says; None to give it up."""

    def __init__(self, title: str, address: str, code: str, until: str) -> None:
        """`until` is when the code expires, as people read it."""
        super().__init__(title)
        self._address = address
        self._code = code
        self._until = until

    def body(self) -> Iterator[Widget]:
        yield sentence("Open this address in any browser, and enter the code there:")
        yield labelled("Address", self._address)
        yield labelled("Code", self._code, "-code")
        yield sentence(f"Waiting for GitHub. The code is good until {self._until}.", "-muted")

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Esc", self.CANCEL)]

"""Nobody is signed in any more: why, what was not done, and the way back (S1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from textual.widget import Widget

from tui.dialogs.dialog import Dialog, sentence


@dataclass(frozen=True)
class WayBack:
    """`confirm` is the word for it."""

    title: str
    lines: Sequence[str]
    confirm: str


class SignedOut(Dialog[Literal[True]]):
    """True to come in again; None to quit. The screen stays below as it was."""

    CANCEL = "Quit"
    AUTO_FOCUS = "#confirm"

    def __init__(self, way: WayBack) -> None:
        super().__init__(way.title, way.confirm)
        self._lines = way.lines

    def body(self) -> Iterator[Widget]:
        return (sentence(line) for line in self._lines if line)

    def answer(self) -> None:
        self.close(True)

"""Somebody was quicker: who changed what when, and the new state (M5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from textual.content import Content
from textual.widget import Widget

from tui.dialogs.dialog import Dialog, sentence
from tui.lists.text import fit, harmless
from tui.widgets.facts import Fact, Facts

LABEL_WIDTH = 11
SEEN_WIDTH = 22


class Difference(NamedTuple):
    """A field as it was on the screen, and as it is now."""

    label: str
    seen: str
    now: str


@dataclass(frozen=True)
class ChangedState:
    """`again` is the word for the same act on the new state; empty where it is not allowed there."""

    title: str
    who_when: str
    differences: Sequence[Difference]
    again: str = ""


class Changed(Dialog[Literal[True]]):
    """True to do it again, on the state that is shown. The focus is on Close."""

    CANCEL = "Close"

    def __init__(self, state: ChangedState) -> None:
        super().__init__(state.title, state.again)
        self._state = state

    def body(self) -> Iterator[Widget]:
        yield sentence(self._state.who_when)
        yield sentence("Nothing of yours was changed. This is how it is now:", "-muted")
        facts = Facts()
        facts.show([_heading(), *(_fact(difference) for difference in self._state.differences)])
        yield facts

    def answer(self) -> None:
        self.close(True)


def _heading() -> Fact:
    was = fit("", LABEL_WIDTH) + fit("WAS", SEEN_WIDTH) + "  "
    return Fact(Content.styled(was, "$hint"), Content.styled("NOW", "$hint"))


def _fact(difference: Difference) -> Fact:
    """Only what differs is bright."""
    label, seen, now = difference
    before = Content.styled(fit(label, LABEL_WIDTH) + fit(seen, SEEN_WIDTH) + "  ", "$muted")
    return Fact(before, Content.styled(harmless(now), "bold" if seen != now else "$muted"))

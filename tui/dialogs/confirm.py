"""A question before an act: what changes, what stops, what stays, what is for good."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from textual.widget import Widget

from tui.dialogs.dialog import Dialog, labelled, sentence


class Told(Protocol):
    """What a person is told before an act, a sentence each; an empty one has nothing to say."""

    @property
    def becomes(self) -> str: ...
    @property
    def stops(self) -> str: ...
    @property
    def stays(self) -> str: ...
    @property
    def for_good(self) -> str: ...


@dataclass(frozen=True)
class Question:
    """`confirm` is the word on the button, in the colour of danger where there is some."""

    title: str
    confirm: str
    told: Told
    danger: bool = False


class Confirm(Dialog[Literal[True]]):
    """True once confirmed. The focus is on Cancel.

    With `perform` it stays open until that is done; it gives the sentence of a refusal, or None.
    """

    def __init__(self, question: Question, perform: Callable[[], Awaitable[str | None]] | None = None) -> None:
        super().__init__(question.title, question.confirm, danger=question.danger)
        self._told = question.told
        self._perform = perform

    def body(self) -> Iterator[Widget]:
        return consequences(self._told)

    def answer(self) -> None:
        if self._perform:
            self.submit(self._perform, True)
        else:
            self.close(True)


def consequences(told: Told) -> Iterator[Widget]:
    """The paragraphs that say what an act does."""
    yield sentence(told.becomes)
    if told.stops:
        yield labelled("Stops", told.stops)
    if told.stays:
        yield labelled("Stays", told.stays)
    if told.for_good:
        yield labelled("For good", told.for_good, "-danger")

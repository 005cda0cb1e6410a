"""A question so heavy that the workspace's name must be typed."""

from collections.abc import Iterator
from typing import Literal

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.dialogs.confirm import Question, consequences
from tui.dialogs.dialog import Dialog, plain
from tui.widgets.field import Field


class TypeName(Dialog[Literal[True]]):
    """True once `name` was typed and confirmed. Enter in the field goes to the button, it does not press it."""

    def __init__(self, question: Question, name: str) -> None:
        super().__init__(question.title, question.confirm, danger=question.danger, ready=False)
        self._told = question.told
        self._name_to_type = name

    def body(self) -> Iterator[Widget]:
        yield from consequences(self._told)
        yield from typed_name(self._name_to_type)

    def answer(self) -> None:
        self.close(True)

    @on(Input.Changed)
    def _compare(self, event: Input.Changed) -> None:
        self.ready(event.value == self._name_to_type)

    @on(Input.Submitted)
    def _go_to_button(self) -> None:
        self.query_one("#confirm", Button).focus()


def typed_name(name: str) -> Iterator[Widget]:
    """The field in which a workspace's name is typed."""
    yield Static(plain(f"Type {name} to go on:"), classes="prompt")
    yield Field(lower=True)

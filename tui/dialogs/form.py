"""A dialog of fields: Enter in one of them presses the main button."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.dialogs.dialog import Dialog, plain
from tui.domain.names import tidy
from tui.widgets.keys_row import KeyHint

Answer = TypeVar("Answer")


class Form(Dialog[Answer], Generic[Answer]):
    """The answer of its fields. The last row says the word of its main button."""

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Tab", "Next"), KeyHint("Enter", self._confirm), KeyHint("Esc", self.CANCEL)]

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.query_one("#confirm", Button).press()

    def typed(self, ids: Iterable[str]) -> Iterator[str]:
        """What stands in the fields of these ids, tidied."""
        return (tidy(self.query_one(f"#{id}", Input).value) for id in ids)


def field_row(label: str, field: Widget) -> Horizontal:
    """A field with what it is for at its left."""
    return Horizontal(Static(plain(label), classes="label"), field, classes="field")

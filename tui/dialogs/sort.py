"""By which column a list is sorted; the same column again sorts the other way."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region, Size

from tui.widgets.choices import Choice, Choices
from tui.widgets.overlay import Overlay

UP, DOWN = "↑", "↓"


class SortColumn(NamedTuple):
    key: str
    title: str


class Order(NamedTuple):
    key: str
    descending: bool = False


class Sort(Overlay[Order]):
    """The order that was chosen."""

    def __init__(self, columns: Sequence[SortColumn], now: Order, near: Region | None = None) -> None:
        super().__init__(near, "Sort")
        self._now = now
        self._choices = Choices([self._line(column) for column in columns], start=now.key)

    def compose(self) -> ComposeResult:
        yield self._choices

    def wanted(self) -> Size:
        return self._choices.wanted()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.close(Order(event.id, descending=event.id == self._now.key and not self._now.descending))

    def _line(self, column: SortColumn) -> Choice:
        if column.key != self._now.key:
            return Choice(column.key, column.title, mark=" ")
        return Choice(column.key, column.title, "now; again: other way", mark=DOWN if self._now.descending else UP)

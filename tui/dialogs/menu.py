"""The row's menu: every act with its key, the refused ones with their reason (M1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region, Size

from tui.lists.column import Tone
from tui.widgets.choices import Choice, Choices
from tui.widgets.overlay import Overlay


@dataclass(frozen=True)
class MenuItem:
    """An act by its id; with a `reason` it is refused."""

    id: str
    label: str
    key: str = ""
    reason: str = ""
    danger: bool = False


class Menu(Overlay[str]):
    """The id of the act that was chosen, with Enter, with its own key or with the mouse."""

    def __init__(self, title: str, items: Sequence[MenuItem], near: Region | None = None) -> None:
        super().__init__(near, title)
        self._items = items
        start = next((item.id for item in items if not item.reason), None)
        self._choices = Choices([_line(item) for item in items], start=start)

    def compose(self) -> ComposeResult:
        yield self._choices

    def wanted(self) -> Size:
        return self._choices.wanted()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.close(event.id)

    def on_key(self, event: events.Key) -> None:
        """An act's key goes to its line, and chooses it unless it is refused."""
        for index, item in enumerate(self._items):
            if event.character and item.key == event.character:
                self._choices.highlighted = index
                self._choices.action_select()


def _line(item: MenuItem) -> Choice:
    tone: Tone = "danger" if item.danger else "text"
    return Choice(item.id, item.label, reason=item.reason, mark=item.key, tone=tone)

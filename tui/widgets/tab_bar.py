"""The parts of a dialog of which one is shown, in one row."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.lists.text import cell_width, harmless

GAP = "  "


class Tab(NamedTuple):
    id: str
    label: str


class TabBar(Widget, can_focus=True):
    """Left and Right, or a click, show another part."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "beside(-1)", "The part before", show=False),
        Binding("right,enter,space", "beside(1)", "The next part", show=False),
    ]
    DEFAULT_CSS = """
    TabBar { width: 1fr; height: 1; }
    """

    active: reactive[str] = reactive("", init=False)

    class Changed(Message):
        """Another part is to be shown."""

        def __init__(self, id: str) -> None:
            self.id = id
            super().__init__()

    def __init__(self, tabs: Sequence[Tab], active: str = "") -> None:
        """`active` is the id of the part that is shown at first; the first one where none is named."""
        super().__init__()
        self._tabs = tabs
        self.set_reactive(TabBar.active, active or tabs[0].id)

    def render(self) -> Content:
        return Content(GAP).join(self._label(tab) for tab in self._tabs)

    def _label(self, tab: Tab) -> Content:
        if tab.id != self.active:
            return Content.styled(f" {harmless(tab.label)} ", "$muted")
        mark = "▸" if self.has_focus else " "
        return Content.styled(f"{mark}{harmless(tab.label)} ", "bold $on-accent on $accent")

    def watch_active(self, active: str) -> None:
        self.post_message(self.Changed(active))

    def action_beside(self, step: int) -> None:
        ids = [tab.id for tab in self._tabs]
        self.active = ids[(ids.index(self.active) + step) % len(ids)]

    def on_click(self, event: events.Click) -> None:
        end = 0
        for tab in self._tabs:
            end += cell_width(harmless(tab.label)) + 2
            if event.x < end:
                self.active = tab.id
                return
            end += len(GAP)

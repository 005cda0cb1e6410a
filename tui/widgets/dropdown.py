"""A value of a few, in one row: it opens the others on top of what is around it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.lists.text import cell_width, harmless
from tui.widgets.choices import Choice, Choices
from tui.widgets.overlay import Overlay

OPENS = " ▾"
PADDING = 2


class Lines(Overlay[str]):
    """The id of a line."""

    def __init__(self, choices: Sequence[Choice], start: str, near: Region) -> None:
        super().__init__(near)
        self._choices = Choices(choices, start=start)

    def compose(self) -> ComposeResult:
        yield self._choices

    def wanted(self) -> Size:
        return self._choices.wanted()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.close(event.id)


class Dropdown(Widget, can_focus=True):
    """Enter, Space or a click opens its lines; a refused one has its reason and cannot be chosen (M1)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", "Choose", show=False)]
    DEFAULT_CSS = """
    Dropdown {
        height: 1;
        padding: 0 1;
        background: $background;
        color: $foreground;
        &:focus { background: $cursor; text-style: bold; }
    }
    """

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, value: str) -> None:
            self.value = value
            super().__init__()

    def __init__(self, choices: Sequence[Choice], value: str, *, id: str | None = None) -> None:
        """`value` is the id of the line that is chosen at first."""
        super().__init__(id=id)
        self._labels = {choice.id: harmless(choice.label) for choice in choices}
        self._choices = choices
        # As wide as its widest label, so that nothing beside it moves.
        self.styles.width = max(map(cell_width, self._labels.values())) + len(OPENS) + PADDING
        self.set_reactive(Dropdown.value, value)

    def render(self) -> Content:
        return Content.assemble(self._labels[self.value], (OPENS, "$accent" if self.has_focus else "$muted"))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_open()

    @work(exclusive=True)
    async def action_open(self) -> None:
        chosen = await Lines(self._choices, self.value, self.region).ask(self.screen)
        if chosen is not None and chosen != self.value:
            self.value = chosen
            self.post_message(self.Changed(chosen))

"""The search field of a list, and by what it is filtered and sorted."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.lists.column import Cell, Tone
from tui.widgets.field import Field
from tui.widgets.tones import toned

PAUSE = 0.15
"""Seconds without a key after which what was typed is searched for."""

_GAP = "   "
_LEAST_SEARCH = 20
_ALL = "all"


class Facets(Widget):
    """Filters and sort; where there is little room, filters that leave nothing out go first, and the sort last."""

    DEFAULT_CSS = """
    Facets { width: auto; height: 1; }
    """

    filters: reactive[tuple[tuple[str, str], ...]] = reactive((), layout=True)
    sort: reactive[str] = reactive("", layout=True)

    def render(self) -> Content:
        return Content(_GAP).join(self._parts())

    def on_click(self, event: events.Click) -> None:
        is_sort = event.x >= self.sort_x
        self.post_message(FilterBar.SortClicked() if is_sort else FilterBar.FilterClicked())

    @property
    def sort_x(self) -> int:
        """The cell at which the sort begins."""
        parts = self._parts()
        return Content(_GAP).join(parts).cell_length - (parts[-1].cell_length if parts else 0)

    def _parts(self) -> list[Content]:
        filters = list(self.filters)
        room = self.app.size.width - _LEAST_SEARCH
        while len(parts := self._painted(filters)) > 1 and Content(_GAP).join(parts).cell_length > room:
            filters.remove(next((fact for fact in filters if fact[1] == _ALL), filters[0]))
        return parts

    def _painted(self, filters: Sequence[tuple[str, str]]) -> list[Content]:
        parts = [_part(label, value, "text" if value == _ALL else "accent") for label, value in filters]
        return [*parts, *([_part("Sort", self.sort, "text")] if self.sort else [])]


class FilterBar(Horizontal):
    """Posts what is searched for, shortly after the last key; Enter and Down go back to the rows."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "leave", show=False, id="search.leave")]

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        width: 100%;
        padding: 0 1;
        background: $background;
        & > .slash { width: 1; color: $accent; text-style: bold; }
        & > .air { width: 1fr; }
        & > Field > .input--placeholder { color: $muted; }
    }
    """

    class Searched(Message):
        """Another text is searched for."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person goes from the field to the rows; the text stays."""

    class FilterClicked(Message):
        """A filter was clicked."""

    class SortClicked(Message):
        """The sort was clicked."""

    def __init__(self, noun: str, *, searchable: bool = True) -> None:
        """`noun` is what the list is of, in the plural."""
        super().__init__()
        self._searchable = searchable
        self._field = Field(placeholder=f"Search {noun}")
        self._facets = Facets()
        self._told = ""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        if self._searchable:
            yield Static("/", classes="slash")
            yield self._field
        else:
            yield Static(classes="air")
        yield self._facets

    @property
    def sort_region(self) -> Region:
        """Where the sort stands on the screen."""
        region, x = self._facets.region, self._facets.sort_x
        return Region(region.x + x, region.y, region.width - x, 1)

    def show(self, filters: Sequence[tuple[str, str]], sort: str, *, descending: bool) -> None:
        """Each filter with what it lets through (`all`), and the title of the column sorted by."""
        self._facets.filters = tuple(filters)
        self._facets.sort = f"{sort} {'↓' if descending else '↑'}" if sort else ""

    def focus_search(self) -> None:
        self._field.focus()

    def clear_search(self) -> None:
        """Empties the field; nothing is posted, for whoever clears it knows."""
        self._told = ""
        self._field.value = ""

    def action_leave(self) -> None:
        self._tell()
        self.post_message(self.Left())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._tell)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave()

    def _tell(self) -> None:
        """Says what is searched for, unless that was said already."""
        if self._pause:
            self._pause.stop()
        if self._field.value != self._told:
            self._told = self._field.value
            self.post_message(self.Searched(self._told))


def _part(label: str, value: str, tone: Tone) -> Content:
    return toned(Cell(f"{label} ", "muted")) + toned(Cell(value, tone))

"""What one sees of a table: titles over rows, a cursor, marks and one section's title, line by line."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollUp
from textual.strip import Strip

from tui.lists.column import Column, Placed, lay_out
from tui.lists.window import Window
from tui.widgets.table_lines import LEAD, Lines, RowLook, RowState

Row = TypeVar("Row")

HEAD = 2
"""Lines above the rows: the titles and the hairline under them."""

SECTION_LINES = 2
"""Lines of a section's title: air and the title."""

_STRIPS = 512
_PARTS = "text bright muted hint accent owner manager user danger ok title line cursor edge".split()


class Section(NamedTuple):
    """A title over the rows from position `before` on."""

    before: int
    title: str


class TableView(ScrollView, Generic[Row]):
    """Paints the rows of a `Window` that are in sight. Lines are kept, and few are painted again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"table--{part}" for part in _PARTS}

    DEFAULT_CSS = """
    TableView {
        background: $background;
        color: $foreground;
        scrollbar-size: 0 1;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        & > .table--text, & > .table--bright, & > .table--user { color: $foreground; }
        & > .table--muted { color: $muted; }
        & > .table--hint { color: $hint; }
        & > .table--accent { color: $accent; }
        & > .table--owner { color: $owner; text-style: bold; }
        & > .table--manager { color: $manager; }
        & > .table--danger { color: $danger; }
        & > .table--ok { color: $ok; }
        & > .table--title { color: $muted; text-style: bold; }
        & > .table--line { color: $line; }
        & > .table--cursor { background: $cursor; }
        & > .table--edge { color: $muted; }
        &:focus > .table--edge { color: $accent; }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        window: Window[Row],
        *,
        look: RowLook[Row] | None,
        now: Callable[[], datetime],
        id: str | None,
    ) -> None:
        super().__init__(id=id)
        self.window = window
        self.cursor = 0
        self.marks: set[str] = set()
        self._columns = columns
        self._look = look or RowLook[Row]()
        self._now = now
        self._section: Section | None = None
        self._sort = ("", False)
        self._left = 0
        self._width = 0
        self._placed: list[Placed[Row]] = []
        self._lines: Lines[Row] | None = None
        self._strips: LRUCache[tuple[int, RowState], Strip] = LRUCache(_STRIPS)

    @property
    def section(self) -> Section | None:
        return self._section

    @section.setter
    def section(self, section: Section | None) -> None:
        self._section = section
        self.repaint()

    def show_sort(self, field: str, *, descending: bool) -> None:
        """Puts the arrow at the column of a sort field."""
        self._sort = (field, descending)
        self.repaint()

    def cell_region(self, column: str) -> Region:
        """Where the cursor row's cell of a column is on the screen."""
        placed = next(placed for placed in self._placed if placed.column.id == column)
        y = HEAD + self._line(self.cursor) - self.scroll_offset.y
        return Region(LEAD + placed.x - self._left, y, placed.width, 1).translate(self.content_region.offset)

    def repaint(self) -> None:
        """Paints everything anew: the rows, the length of the list or the time have changed."""
        self._forget_lines()
        self._width = self.scrollable_content_region.width
        self._placed = lay_out(self._columns, self._room, self.app.size.width)
        self.virtual_size = Size(self._width, HEAD + self._line(self.window.total))
        self.refresh()

    def action_columns(self, direction: int) -> None:
        """Scrolls by a column, until the last one is in full sight; the first one stays."""
        rest = self._placed[1:]
        most = max(self._placed[-1].end - self._room, 0) if rest else 0
        stops = sorted({0, most, *(placed.x - rest[0].x for placed in rest if placed.x - rest[0].x < most)})
        index = stops.index(self._left) + direction if self._left in stops else 0
        self._left = stops[max(min(index, len(stops) - 1), 0)]
        self.repaint()

    def render_line(self, y: int) -> Strip:
        lines = self._painter()
        if y == 0:
            field, descending = self._sort
            return lines.titles(field, descending=descending)
        if y < HEAD:
            return lines.rule("")
        line = self.scroll_offset.y + y - HEAD
        position = self._position(line)
        if position is None:
            before = self._section and self._line(self._section.before)
            return lines.rule(self._section.title) if self._section and before == line + 1 else self._blank()
        return self._row_strip(lines, position) if position < self.window.total else self._blank()

    def watch_has_focus(self, focused: bool) -> None:
        super().watch_has_focus(focused)
        self._forget_lines()
        self._refresh_row(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._forget_lines()

    def on_resize(self, _event: events.Resize) -> None:
        self._left = 0
        self.repaint()

    def on_scroll_up(self, event: ScrollUp) -> None:
        self._scroll_page(event, -1)

    def on_scroll_down(self, event: ScrollDown) -> None:
        self._scroll_page(event, 1)

    def _scroll_page(self, event: ScrollUp | ScrollDown, pages: int) -> None:
        """A click beside the bar's thumb goes a page, as elsewhere, but not over rows that were under the titles."""
        event.stop()
        event.prevent_default()
        self.scroll_relative(y=pages * max(self._height - 1, 1), animate=False)

    @property
    def _room(self) -> int:
        """Cells for columns, with one of air at the right."""
        return self._width - LEAD - 1

    @property
    def _height(self) -> int:
        """Lines of rows that are in sight."""
        return max(self.size.height - HEAD, 1)

    def _in_sight(self) -> tuple[int, int]:
        """The first and the last position in sight."""
        top = self.scroll_offset.y
        first = max(top - SECTION_LINES, 0) if self._section else top
        return first, top + self._height - 1

    def _line(self, position: int) -> int:
        return position + (SECTION_LINES if self._section and position >= self._section.before else 0)

    def _position(self, line: int) -> int | None:
        """The position shown in a line; None for the lines of the section's title."""
        if self._section is None or line < self._section.before:
            return line
        return None if line < self._section.before + SECTION_LINES else line - SECTION_LINES

    def _refresh_row(self, position: int) -> None:
        y = HEAD + self._line(position) - self.scroll_offset.y
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self._width, 1))

    def _painter(self) -> Lines[Row]:
        """Paints with the present layout and theme; each style is asked for once."""
        if self._lines is None:
            self._lines = Lines(cache(self._ink), self._placed, self._width, self._left, self._look)
        return self._lines

    def _forget_lines(self) -> None:
        self._lines = None
        self._strips.clear()

    def _row_strip(self, lines: Lines[Row], position: int) -> Strip:
        row = self.window.row(position)
        is_marked = row is not None and self.window.key(row) in self.marks
        key = (position, RowState(position == self.cursor, is_marked))
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = lines.row(row, self._now(), key[1])
        return strip

    def _blank(self) -> Strip:
        return Strip.blank(self._width, self.rich_style)

    def _ink(self, part: str) -> Style:
        return self.get_component_rich_style(f"table--{part}")

"""A table of any number of rows: it paints what is in sight and reads what is near."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.domain.errors import Failure
from tui.lists.column import Column
from tui.lists.window import Fetch, Window
from tui.widgets.table_lines import LEAD, RowLook
from tui.widgets.table_view import HEAD, TableView

Row = TypeVar("Row")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class WindowTable(TableView[Row], Generic[Row], can_focus=True):
    """The rows of a `Window`, with a cursor and marks that hold on to ids.

    The cursor moves at once; what acts on its row awaits `settled_row`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False, id="table.down"),
        Binding("up,k", "move(-1)", show=False, id="table.up"),
        Binding("pagedown", "page(1)", show=False, id="table.page_down"),
        Binding("pageup", "page(-1)", show=False, id="table.page_up"),
        Binding("home,g", "first", show=False, id="table.first"),
        Binding("end,G", "last", show=False, id="table.last"),
        Binding("left,h", "columns(-1)", show=False, id="table.left"),
        Binding("right,l", "columns(1)", show=False, id="table.right"),
        Binding("enter", "activate", show=False, id="table.activate"),
    ]

    class CursorMoved(Message):
        """The cursor is at another position, or its row has come or changed (`row` None: not here yet)."""

        def __init__(self, table: "WindowTable[Any]", position: int, row: Any) -> None:
            super().__init__()
            self.table, self.position, self.row = table, position, row

    class RowActivated(Message):
        """Enter, or a click on the row under the cursor."""

        def __init__(self, table: "WindowTable[Any]", row: Any) -> None:
            super().__init__()
            self.table, self.row = table, row

    class DropdownAsked(Message):
        """A click on the cell with `▾`."""

        def __init__(self, table: "WindowTable[Any]", row: Any) -> None:
            super().__init__()
            self.table, self.row = table, row

    class SortAsked(Message):
        """A click on the title of a column that the list can be sorted by."""

        def __init__(self, table: "WindowTable[Any]", field: str) -> None:
            super().__init__()
            self.table, self.field = table, field

    class MarksChanged(Message):
        def __init__(self, table: "WindowTable[Any]") -> None:
            super().__init__()
            self.table = table

    class Loaded(Message):
        """Another list, or the same anew, has been read: its length is known."""

        def __init__(self, table: "WindowTable[Any]") -> None:
            super().__init__()
            self.table = table

    class Failed(Message):
        """Rows could not be read; what was there is still shown."""

        def __init__(self, table: "WindowTable[Any]", failure: Failure) -> None:
            super().__init__()
            self.table, self.failure = table, failure

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        window: Window[Row],
        *,
        look: RowLook[Row] | None = None,
        now: Callable[[], datetime] = _utc_now,
        id: str | None = None,
    ) -> None:
        super().__init__(columns, window, look=look, now=now, id=id)
        self._cursor_id: str | None = None
        self._last_mark: str | None = None
        self._opening = False
        self._another: Fetch[Row] | None = None
        self._loading = False
        self._rows_came = asyncio.Event()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None where it has not been read yet."""
        return self.window.row(self.cursor)

    def open(self, fetch: Fetch[Row]) -> None:
        """Reads another list, or this one by another order or filter. Answers with Loaded or Failed."""
        self._opening = True
        self._another = fetch
        self._restart(partial(self.window.open, fetch), opened=True)

    def reload(self) -> None:
        """Reads the list again, what is in sight first; one that is being opened from its start. Answers as `open`."""
        if self._another:
            self.open(self._another)
            return
        self._opening = True
        self._restart(partial(self.window.refresh, *self._in_sight()), opened=False)

    @property
    def is_another_asked_for(self) -> bool:
        """Whether the rows that are shown are about to make way for another list."""
        return self._another is not None

    def replace_row(self, row: Row) -> None:
        """Shows the new state of a row, wherever it stands."""
        self.window.replace(row)
        self._changed()

    def remove_row(self, id_: str) -> None:
        """Takes a row away, and its mark."""
        self.window.remove(id_)
        self.marks.discard(id_)
        self._changed()

    async def settled_row(self) -> Row | None:
        """The row that is now under the cursor, as soon as it is here; None when it does not come."""
        return await self._row_at(self.cursor)

    async def _row_at(self, position: int) -> Row | None:
        while self.window.row(position) is None and (self._loading or self._opening):
            self._rows_came.clear()
            await self._rows_came.wait()
        return self.window.row(position)

    def toggle_mark(self) -> None:
        """Marks the row under the cursor, or takes its mark away."""
        if self.row is not None:
            self._mark(self.marks ^ {self.window.key(self.row)})

    def mark_to_here(self) -> bool:
        """Marks from the last mark to the cursor; False when not all of these rows are here."""
        anchor = self.window.position_of(self._last_mark) if self._last_mark else self.cursor
        if anchor is None:
            return False
        ids = set()
        for position in range(min(anchor, self.cursor), max(anchor, self.cursor) + 1):
            row = self.window.row(position)
            if row is None:
                return False
            ids.add(self.window.key(row))
        self._mark(self.marks | ids)
        return True

    def set_marks(self, ids: set[str]) -> None:
        """Marks these rows and no others."""
        self.marks = set(ids)
        self._last_mark = self._last_mark if self._last_mark in self.marks else None
        self._strips.clear()
        self.refresh()
        self.post_message(self.MarksChanged(self))

    def _mark(self, ids: set[str]) -> None:
        """Sets marks by the cursor's row, which the next range begins at if it is marked."""
        self._last_mark = self._cursor_id
        self.set_marks(ids)

    def move_to(self, position: int) -> None:
        """Puts the cursor at a position, or at the nearest that there is."""
        position = max(min(position, self.window.total - 1), 0)
        if position == self.cursor:
            # Somebody may have scrolled away from it.
            self._scroll_to_cursor()
            return
        before, self.cursor = self.cursor, position
        self._hold()
        self._refresh_row(before)
        self._refresh_row(position)
        self._scroll_to_cursor()
        self.post_message(self.CursorMoved(self, position, self.row))

    def action_move(self, rows: int) -> None:
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        self.move_to(self.cursor + pages * max(self._height - 1, 1))

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.window.total - 1)

    def action_activate(self) -> None:
        self._activate(self.cursor)

    @work(group="activate")
    async def _activate(self, position: int) -> None:
        """Tells of the row that stood under the cursor at that moment, wherever it goes meanwhile."""
        row = await self._row_at(position)
        if row is not None:
            self.post_message(self.RowActivated(self, row))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEAD:
            self._click_title(offset.x)
            return
        position = self._position(self.scroll_offset.y + offset.y - HEAD)
        if position is not None and position < self.window.total:
            self._click_row(position, offset.x)

    def _click_title(self, x: int) -> None:
        clicked = self._column_at(x)
        if clicked and clicked.sort:
            self.post_message(self.SortAsked(self, clicked.sort))

    def _click_row(self, position: int, x: int) -> None:
        again = position == self.cursor
        self.move_to(position)
        clicked = self._column_at(x)
        if x < LEAD:
            self.toggle_mark()
        elif again and clicked and clicked.id == self._look.dropdown:
            self.post_message(self.DropdownAsked(self, self.row))
        elif again:
            self._activate(self.cursor)

    def _column_at(self, x: int) -> Column[Row] | None:
        x += self._left - LEAD
        return next((placed.column for placed in self._placed if placed.x <= x < placed.end), None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._look_around()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._look_around()

    @work(group="restart", exclusive=True)
    async def _restart(self, reading: Callable[[], Awaitable[bool]], *, opened: bool) -> None:
        try:
            if not await reading():
                return
        except Failure as failure:
            self.post_message(self.Failed(self, failure))
        else:
            if opened:
                self.cursor = 0
                self.scroll_to(y=0, animate=False)
            self._changed()
            self.post_message(self.Loaded(self))
        self._opening = False
        self._another = None
        self._rows_came.set()

    def _look_around(self) -> None:
        """Starts reading what is in sight or near and not here."""
        if not self._loading and self.window.lacks(*self._in_sight()):
            self._loading = True
            self._load()

    @work(group="rows")
    async def _load(self) -> None:
        try:
            while await self.window.load(*self._in_sight()):
                self._changed()
        except Failure as failure:
            self.post_message(self.Failed(self, failure))
        finally:
            self._loading = False
            self._rows_came.set()

    def _changed(self) -> None:
        """Takes up what the window has now, and finds the cursor's row again."""
        first, last = self._in_sight()
        was_in_sight = first <= self.cursor <= last
        held = self.window.position_of(self._cursor_id) if self._cursor_id else None
        self.cursor = max(min(self.cursor if held is None else held, self.window.total - 1), 0)
        self._hold()
        self.repaint()
        if was_in_sight:
            self._scroll_to_cursor()
        self._rows_came.set()
        self.post_message(self.CursorMoved(self, self.cursor, self.row))
        self._look_around()

    def _hold(self) -> None:
        self._cursor_id = None if self.row is None else self.window.key(self.row)

    def _scroll_to_cursor(self) -> None:
        line, top = self._line(self.cursor), self.scroll_offset.y
        if line < top:
            self.scroll_to(y=line, animate=False)
        elif line >= top + self._height:
            self.scroll_to(y=line - self._height + 1, animate=False)

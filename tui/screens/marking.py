"""The marked rows of a list: as the person saw them, wherever they stand by now."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

from tui.domain.queries import PAGE_LIMIT, Page, Place
from tui.widgets.window_table import WindowTable

Row = TypeVar("Row")

MOST = 10_000
"""Rows that can be marked at once."""


class Marks(Generic[Row]):
    """Keeps the rows behind the table's marks, also those that are no longer in its window."""

    def __init__(self, table: WindowTable[Row]) -> None:
        self._table = table
        self._rows: dict[str, Row] = {}

    @property
    def rows(self) -> list[Row]:
        """The marked rows in the order in which they were marked."""
        return list(self._rows.values())

    def keep_up(self) -> None:
        """Takes up which rows are marked now, and their state where they have been read again."""
        window, marked = self._table.window, self._table.marks
        self._rows = {id: row for id, row in self._rows.items() if id in marked}
        for id in marked:
            position = window.position_of(id)
            row = None if position is None else window.row(position)
            if row is not None:
                self._rows[id] = row

    async def mark_all(self, read: Callable[[Place], Awaitable[Page[Row]]]) -> AsyncIterator[int]:
        """Marks all that match, from the first on; how many it has read so far, page by page."""
        found: dict[str, Row] = {}
        cursor: str | None = None
        while len(found) < MOST:
            page = await read(Place(limit=PAGE_LIMIT, cursor=cursor))
            found |= {self._table.window.key(row): row for row in page.items}
            yield len(found)
            cursor = page.next
            if cursor is None:
                break
        self._rows = dict(list(found.items())[:MOST])
        self._table.set_marks(set(self._rows))

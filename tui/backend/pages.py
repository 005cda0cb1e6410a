"""All rows of a list, however many pages it has."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from tui.domain.queries import PAGE_LIMIT, Page, Place

Row = TypeVar("Row")


async def every(fetch: Callable[[Place], Awaitable[Page[Row]]]) -> AsyncIterator[Row]:
    """The rows from the first on, a page read whenever the one before is used up. Raises as `fetch` does."""
    cursor: str | None = None
    while True:
        page = await fetch(Place(limit=PAGE_LIMIT, cursor=cursor))
        for row in page.items:
            yield row
        cursor = page.next
        if cursor is None:
            return

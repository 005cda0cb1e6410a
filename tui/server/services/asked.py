"""What a list is asked for, in the words of the domain; a filter or sort that is not one is refused."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from tui.domain.errors import invalid
from tui.domain.queries import ListQuery, Page
from tui.server.storage.times import micros

Word = TypeVar("Word", bound=StrEnum)
Row = TypeVar("Row")
Shown = TypeVar("Shown")


def only(query: ListQuery, *filters: str) -> None:
    """Raises `Refused("input_invalid")` for a filter that the list has not."""
    for name in query.filters:
        if name not in filters:
            raise invalid(name, f"This list has no filter “{name}”.")


def values(query: ListQuery, name: str, words: type[Word]) -> frozenset[Word]:
    """The values of a filter; none when it is not asked. Raises `Refused("input_invalid")`."""
    known = {word.value for word in words}
    for value in query.filters.get(name, ()):
        if value not in known:
            raise invalid(name, f"One of {', '.join(sorted(known))}.")
    return frozenset(words(value) for value in query.filters.get(name, ()))


def time(query: ListQuery, name: str) -> int | None:
    """The time that a filter names, in microseconds; None when it is not asked."""
    given = query.filters.get(name)
    return micros(datetime.fromisoformat(given[0])) if given else None


def sort(query: ListQuery, fields: Sequence[str]) -> str:
    """The field to sort by; the first of them unless another is asked. Raises `Refused("input_invalid")`."""
    if query.sort and query.sort not in fields:
        raise invalid("sort", f"One of {', '.join(fields)}, with - before it for descending.")
    return query.sort or fields[0]


def shown(page: Page[Row], show: Callable[[Row], Shown]) -> Page[Shown]:
    """The same page with each row as the caller may see it."""
    return Page(
        items=[show(row) for row in page.items],
        next=page.next,
        prev=page.prev,
        position=page.position,
        total=page.total,
        total_is=page.total_is,
    )

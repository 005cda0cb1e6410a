"""What a list is asked for and what comes back: filters, sort, a place in it, one page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from tui.domain.structs import OpenEnum

Row = TypeVar("Row")

PAGE_LIMIT = 200
"""Rows that one page holds at most."""

VALUES_LIMIT = 20
"""Values that one filter takes at most."""


class TotalIs(OpenEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"


class Page(msgspec.Struct, Generic[Row], frozen=True, gc=False):
    """Consecutive rows of a list, with cursors to the pages beside them.

    `position` is the first row's, counted from 0, where it is known.
    """

    items: list[Row]
    next: str | None
    prev: str | None
    position: int | None
    total: int
    total_is: TotalIs = TotalIs.EXACT


class Place(msgspec.Struct, frozen=True):
    """Where a page begins: the start, the end, a position, or a cursor of a page before.

    At most one of `cursor`, `at` and `from_end` is set; none of them is the start.
    """

    limit: int = 50
    cursor: str | None = None
    at: int | None = None
    from_end: bool = False


class ListQuery(msgspec.Struct, frozen=True):
    """Which rows, in which order. Empty filter values are no filter.

    `filters` maps a filter of `api.md` (`role`, `status`, `kind` …) to its values.
    """

    sort: str = ""
    descending: bool = False
    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = {}

    @property
    def sort_parameter(self) -> str:
        """The `sort` of the wire: `-` before the field means descending."""
        return f"-{self.sort}" if self.descending else self.sort


class ActivityQuery(msgspec.Struct, frozen=True):
    """Which entries of an activity log. `action` is an act's id, or all of a noun: `members.*`."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None

"""Rows by position of a list of any length: what has been read of it, and what to read next."""

from bisect import bisect_right, insort
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from tui.domain.queries import PAGE_LIMIT, Page, Place, TotalIs

Row = TypeVar("Row")

Fetch = Callable[[Place], Awaitable[Page[Row]]]

PAGE = 100
"""Rows read at a time."""

SPANS = 12
"""Pages held at most."""

_start = attrgetter("start")


@dataclass
class _Span(Generic[Row]):
    """Consecutive rows that were read together, with cursors to what is beside them."""

    start: int
    rows: list[Row]
    before: str | None
    after: str | None

    @property
    def end(self) -> int:
        return self.start + len(self.rows)


@dataclass(frozen=True)
class _Gap:
    """Positions from `low` up to `high` of which nothing is here, with cursors of the neighbours."""

    low: int
    high: int
    after_low: str | None
    before_high: str | None


class Window(Generic[Row]):
    """The part of a list that is here: a few pages, those nearest to where one looks.

    `fetch` reads a page and raises `Failure`; a failure leaves what was there. Answers to a
    question that has changed meanwhile are dropped.
    """

    def __init__(self, fetch: Fetch[Row], key: Callable[[Row], str]) -> None:
        self.total = 0
        self.total_is = TotalIs.EXACT
        self.loaded = False
        self._fetch = fetch
        self._key = key
        self._spans: list[_Span[Row]] = []
        self._positions: dict[str, int] = {}
        self._generation = 0
        self._asked = 0

    def row(self, position: int) -> Row | None:
        """The row at a position; None where it has not been read, or there is none."""
        span = self._span_at(position)
        return span.rows[position - span.start] if span else None

    def position_of(self, id_: str) -> int | None:
        """Where a row that is here stands."""
        return self._positions.get(id_)

    def key(self, row: Row) -> str:
        return self._key(row)

    def lacks(self, first: int, last: int) -> bool:
        """Whether `load` would read something for these rows."""
        return self._wanted(first, last) is not None

    async def open(self, fetch: Fetch[Row]) -> bool:
        """Reads another list, or the same by another order or filter, from its start.

        What was there stays until the answer. False when another question overtook it.
        """
        return await self._restart(fetch, 0, PAGE)

    async def refresh(self, first: int, last: int) -> bool:
        """Reads the list again, the rows from `first` to `last` before all others.

        False when another question overtook it.
        """
        return await self._restart(self._fetch, first, last + 1)

    async def load(self, first: int, last: int) -> bool:
        """Reads one page that these rows lack, or that lies beside them.

        False when nothing is lacking, or the server has nothing for a place that should have a row.
        """
        position = self._wanted(first, last)
        if position is None:
            return False
        start, place = self._place(position, self._gap(position))
        generation = self._generation
        page = await self._fetch(place)
        if generation != self._generation:
            return True
        if self._moved(page):
            self._spans = []
            start = start if page.position is None else page.position
        elif place.cursor is None and page.position is not None:
            start = page.position
        self._keep(start, page)
        return self._span_at(position) is not None

    def replace(self, row: Row) -> None:
        """Puts the new state of a row in its place; a row that is not here is not added."""
        position = self.position_of(self._key(row))
        span = None if position is None else self._span_at(position)
        if span and position is not None:
            self._generation += 1
            span.rows[position - span.start] = row

    def remove(self, id_: str) -> None:
        """Takes a row out; those below move up."""
        position = self.position_of(id_)
        span = None if position is None else self._span_at(position)
        if span is None or position is None:
            return
        self._generation += 1
        del span.rows[position - span.start]
        for below in self._spans:
            if below.start > position:
                below.start -= 1
        self._spans = [span for span in self._spans if span.rows]
        self.total -= 1
        self._index()

    async def _restart(self, fetch: Fetch[Row], first: int, end: int) -> bool:
        self._asked += 1
        asked = self._asked
        place = self._around(first, end)
        generation = -1
        while generation != self._generation:  # a row that changed meanwhile may be older in the answer
            generation = self._generation
            page = await fetch(place)
            if asked != self._asked:
                return False
        self._generation += 1
        self._fetch = fetch
        self._spans = []
        self.total = 0
        self.loaded = True
        self._keep((place.at or 0) if page.position is None else page.position, page)
        return True

    def _around(self, first: int, end: int) -> Place:
        """One page with these rows in it, and the whole of a list that fits in one."""
        fits = PAGE < self.total <= PAGE_LIMIT
        if fits or end <= PAGE:
            return Place(limit=PAGE_LIMIT if fits else PAGE)
        start = max(first - PAGE // 4, 0)
        return Place(limit=min(max(end - start, PAGE), PAGE_LIMIT), at=start)

    def _wanted(self, first: int, last: int) -> int | None:
        """The first position that is lacking, those in sight before those beside them."""
        in_sight = self._lacking(first, last)
        return self._lacking(first - PAGE // 2, last + PAGE // 2) if in_sight is None else in_sight

    def _lacking(self, first: int, last: int) -> int | None:
        position = max(first, 0)
        while position <= min(last, self.total - 1):
            span = self._span_at(position)
            if span is None:
                return position
            position = span.end
        return None

    def _moved(self, page: Page[Row]) -> bool:
        """Whether the list has another length than it had, so that positions read before are wrong."""
        return self.total_is == page.total_is == TotalIs.EXACT and self.total != page.total

    def _place(self, position: int, gap: _Gap) -> tuple[int, Place]:
        """How to read a position, and where the answer begins: beside what is here by cursor, else at
        an end of the list from there, else by number."""
        size = min(PAGE, gap.high - gap.low)
        if gap.low == 0 and position < size:
            return 0, Place(limit=size)
        if gap.after_low and position < gap.low + size:
            return gap.low, Place(limit=size, cursor=gap.after_low)
        if gap.before_high and position >= gap.high - size:
            return gap.high - size, Place(limit=size, cursor=gap.before_high)
        if gap.high == self.total and position >= gap.high - size and self.total_is == TotalIs.EXACT:
            return gap.high - size, Place(limit=size, from_end=True)
        start = min(max(position - PAGE // 4, gap.low), gap.high - size)
        return start, Place(limit=size, at=start)

    def _gap(self, position: int) -> _Gap:
        index = bisect_right(self._spans, position, key=_start)
        above = self._spans[index - 1] if index else None
        below = self._spans[index] if index < len(self._spans) else None
        return _Gap(
            low=above.end if above else 0,
            high=below.start if below else self.total,
            after_low=above.after if above else None,
            before_high=below.before if below else None,
        )

    def _keep(self, start: int, page: Page[Row]) -> None:
        """Takes in a page that begins at a position. Where it and an older one disagree, it is right."""
        span = _Span(start, list(page.items), page.prev, page.next)
        ids = {self._key(row) for row in span.rows}
        self._spans = [old for old in self._spans if not _overlap(old, span) and not self._holds(old, ids)]
        if span.rows:
            insort(self._spans, span, key=_start)
        if len(self._spans) > SPANS:
            self._spans.remove(max(self._spans, key=lambda old: abs(old.start - start)))
        self._count(page, span)
        self._index()

    def _count(self, page: Page[Row], span: _Span[Row]) -> None:
        """The length of the list. One counted only in part is as long as what was seen of it, and a page."""
        self.total_is = page.total_is
        if page.total_is == TotalIs.EXACT:
            self.total = page.total
        elif page.next is None:
            self.total, self.total_is = span.end, TotalIs.EXACT
        else:
            self.total = max(self.total, page.total, span.end + PAGE)

    def _holds(self, span: _Span[Row], ids: set[str]) -> bool:
        return any(self._key(row) in ids for row in span.rows)

    def _index(self) -> None:
        self._positions = {
            self._key(row): position for span in self._spans for position, row in enumerate(span.rows, span.start)
        }

    def _span_at(self, position: int) -> _Span[Row] | None:
        index = bisect_right(self._spans, position, key=_start)
        span = self._spans[index - 1] if index else None
        return span if span and position < span.end else None


def _overlap(one: _Span[Row], other: _Span[Row]) -> bool:
    return one.start < other.end and other.start < one.end

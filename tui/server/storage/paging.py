"""Pages of a list: cursors, positions, and the order of rows (api.md "Lists").

A list's rows are ordered by a key: a tuple of texts and whole numbers that ends in an id, so that
no two are equal. A cursor holds the key of the row that it stands beside, or none at an end of the
list, and outlives every change.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Select, bindparam, func, select, tuple_

from tui.domain.errors import invalid, sentence
from tui.domain.queries import PAGE_LIMIT, Page, Place, TotalIs

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
Key = tuple[str | int, ...]

COUNT_LIMIT = 10_000
"""Where the count of what a search found stops."""

_INT64 = 2**63


class Total(NamedTuple):
    n: int
    exact: bool = True


class Fetch(Protocol[Row_co]):
    """Reads rows of a list in its order, or from its end backwards: the key of each, and the row."""

    def __call__(self, beside: Key | None, *, backwards: bool, offset: int, limit: int) -> Sequence[tuple[Key, Row_co]]:
        """The rows after `beside` (before it, going backwards), `offset` skipped, at most `limit`."""


class _Cut(NamedTuple):
    """Where a page is cut out of the list."""

    beside: Key | None = None
    backwards: bool = False
    offset: int = 0
    limit: int = 0
    position: int | None = None


def read_page(place: Place, bound_to: object, shape: type[Key], total: Total, fetch: Fetch[Row]) -> Page[Row]:
    """One page, with the cursors beside it.

    `bound_to` is what a cursor belongs to (the list, its filter and sort); `shape` is the type of its keys.
    Raises `Refused`: `cursor_invalid`, or `input_invalid` for a limit or position that cannot be.
    """
    _check(place)
    mark = hashlib.sha256(msgspec.json.encode(bound_to, order="deterministic")).hexdigest()[:16]
    cut = _cut(place, mark, shape, total)
    rows = list(fetch(cut.beside, backwards=cut.backwards, offset=cut.offset, limit=cut.limit + 1))
    if not rows and place.at and not total.exact:
        cut = _Cut(backwards=True, limit=place.limit)
        rows = list(fetch(None, backwards=True, offset=0, limit=cut.limit + 1))
    more = len(rows) > cut.limit
    rows = rows[: cut.limit]
    behind = cut.beside is not None or cut.offset > 0
    if cut.backwards:
        rows.reverse()
    before, after = (more, behind) if cut.backwards else (behind, more)
    # Beside an empty page there is the end of the list, or its start.
    first, last = (rows[0][0], rows[-1][0]) if rows else (None, None)
    return Page(
        items=[row for _, row in rows],
        prev=_encode(mark, "<", first) if before else None,
        next=_encode(mark, ">", last) if after else None,
        position=cut.position,
        total=total.n,
        total_is=TotalIs.EXACT if total.exact else TotalIs.AT_LEAST,
    )


def _check(place: Place) -> None:
    if not 1 <= place.limit <= PAGE_LIMIT:
        raise invalid("limit", f"A page has 1 to {PAGE_LIMIT} rows.")
    if place.at is not None and not 0 <= place.at < _INT64:
        raise invalid("at", "A position is a whole number from 0.")


def _cut(place: Place, mark: str, shape: type[Key], total: Total) -> _Cut:
    if place.cursor is not None:
        way, key = _decode(place.cursor, mark, shape)
        return _Cut(key, backwards=way == "<", limit=place.limit)
    if place.from_end:
        known = max(total.n - place.limit, 0) if total.exact else None
        return _Cut(backwards=True, limit=place.limit, position=known)
    at = place.at or 0
    if not total.exact:
        return _Cut(offset=at, limit=place.limit, position=at)
    if at >= total.n:
        at = max(total.n - place.limit, 0)
    n = min(place.limit, total.n - at)
    if at <= total.n - at - n:
        return _Cut(offset=at, limit=place.limit, position=at)
    return _Cut(backwards=True, offset=total.n - at - n, limit=n, position=at)


def _encode(mark: str, way: str, key: Key | None) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((mark, way, key))).rstrip(b"=").decode()


def _decode(cursor: str, mark: str, shape: type[Key]) -> tuple[str, Key | None]:
    try:
        sent = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        cursor_mark, way, parts = msgspec.json.decode(sent, type=tuple[str, Literal["<", ">"], msgspec.Raw])
        key: Key | None = msgspec.json.decode(parts, type=shape | None)
    except (ValueError, binascii.Error, msgspec.DecodeError) as wrong:
        raise invalid("cursor", sentence("cursor_invalid"), "cursor_invalid") from wrong
    if cursor_mark != mark or not all(_storable(part) for part in key or ()):
        raise invalid("cursor", sentence("cursor_invalid"), "cursor_invalid")
    return way, key


def _storable(part: str | int) -> bool:
    """Whether a database can compare with it."""
    return "\0" not in part if isinstance(part, str) else -_INT64 <= part < _INT64


def ordered(statement: Select[Any], keys: Sequence[ColumnElement[Any]], *, descending: bool, seek: bool) -> Select[Any]:
    """A statement in the order of its keys, with the binds `n` and `skip`, and `k0`, `k1` … to begin beside a row."""
    if seek:
        statement = statement.where(beside(keys, descending=descending))
    order = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*order).limit(bindparam("n")).offset(bindparam("skip"))


def beside(keys: Sequence[ColumnElement[Any]], *, descending: bool, first: int = 0) -> ColumnElement[bool]:
    """The rows that follow the key bound as `k0`, `k1` …; with `first`, from that part of the key on.

    Numbers are compared in 64 bits, whatever their column holds: a cursor may have any.
    """
    types = [BigInteger() if isinstance(key.type, Integer) else key.type for key in keys]
    there = tuple_(*(bindparam(f"k{i}", type_=kind) for i, kind in enumerate(types, first)))
    return tuple_(*keys) < there if descending else tuple_(*keys) > there


def binds(beside: Key | None, *, offset: int, limit: int) -> dict[str, Any]:
    """The values that an `ordered` statement needs."""
    return {"n": limit, "skip": offset, **{f"k{i}": part for i, part in enumerate(beside or ())}}


def with_keys(found: Sequence[Sequence[Any]], by_pk: Callable[[list[int]], Mapping[int, Row]]) -> list[tuple[Key, Row]]:
    """Rows of a row id and a key, each as the key and what is stored under that id."""
    held = by_pk([row[0] for row in found])
    return [(tuple(row[1:]), held[row[0]]) for row in found]


def counted(statement: Select[Any]) -> Select[Any]:
    """How many rows a statement has, counted no further than the bind `stop`."""
    return select(func.count()).select_from(statement.limit(bindparam("stop")).subquery())


def total_of(connection: Connection, statement: Select[Any], values: dict[str, Any], *, searched: bool) -> Total:
    """A total from a `counted` statement: exact, but for a search that found more than `COUNT_LIMIT`."""
    stop = COUNT_LIMIT + 1 if searched else _INT64 - 1
    n = connection.execute(statement, {**values, "stop": stop}).scalar_one()
    return Total(COUNT_LIMIT, exact=False) if searched and n > COUNT_LIMIT else Total(n)

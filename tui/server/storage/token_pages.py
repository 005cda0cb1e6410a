"""Pages of tokens (T4): one walk along the index of its sort, or a sort of what a search finds."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, or_, select

from tui.domain.folding import words
from tui.domain.queries import Page, Place
from tui.domain.roles import Status
from tui.domain.tokens import TokenStatus
from tui.server.storage import search
from tui.server.storage import tokens as rows
from tui.server.storage.members import STATUS_NUMBER
from tui.server.storage.paging import Key, Total, binds, counted, ordered, read_page, total_of, with_keys
from tui.server.storage.tables import tokens
from tui.server.storage.tokens import TokenRow

SORTS = ("created_at", "name", "username", "last_used_at", "expires_at")

_TEXTS = ("name", "username")


class TokenFilter(NamedTuple):
    """Which tokens of a workspace, in which order. Empty sets are no filter; times are microseconds.

    `unused_since` leaves out what was used or made since then, `expires_before` what never expires.
    """

    workspace_pk: int
    user_ids: frozenset[str] = frozenset()
    statuses: frozenset[TokenStatus] = frozenset()
    unused_since: int | None = None
    expires_before: int | None = None
    q: str = ""
    sort: str = "created_at"
    descending: bool = False


class _Form(NamedTuple):
    """What a statement is built for, and kept under."""

    dialect: str
    filters: frozenset[str]
    statuses: frozenset[TokenStatus]
    sort: str
    descending: bool
    searched: bool
    seek: bool = False


def read(connection: Connection, asked: TokenFilter, now: int, place: Place) -> Page[TokenRow]:
    """One page of a workspace's tokens, with their statuses at `now`. Raises as `read_page` does."""
    searched = bool(words(asked.q))
    shape = tuple[str, str] if asked.sort in _TEXTS else tuple[int, str]
    if asked.q.strip() and not searched:
        return read_page(place, asked, shape, Total(0), lambda *_, **__: [])
    given = {
        "user_ids": sorted(asked.user_ids) or None,
        "unused_since": asked.unused_since,
        "expires_before": asked.expires_before,
    }
    filters = frozenset(name for name, value in given.items() if value is not None)
    form = _Form(connection.dialect.name, filters, asked.statuses, asked.sort, asked.descending, searched)
    values = {"workspace_pk": asked.workspace_pk, **{name: given[name] for name in filters}}
    if asked.statuses:
        values["now"] = now
    if searched:
        values |= search.sought(form.dialect, asked.workspace_pk, asked.q)
    total = total_of(connection, _count(form), values, searched=searched)
    return read_page(place, asked, shape, total, partial(_fetch, connection, form, values))


def _fetch(
    connection: Connection,
    form: _Form,
    values: dict[str, Any],
    beside: Key | None,
    *,
    backwards: bool,
    offset: int,
    limit: int,
) -> Sequence[tuple[Key, TokenRow]]:
    turned = form._replace(descending=form.descending != backwards, seek=beside is not None)
    found = connection.execute(_page(turned), {**values, **binds(beside, offset=offset, limit=limit)}).all()
    return with_keys(found, partial(rows.by_pk, connection))


@cache
def _keys(sort: str) -> tuple[ColumnElement[Any], ...]:
    return tokens.c["name_folded" if sort == "name" else sort], tokens.c.id


@lru_cache(maxsize=1024)
def _page(form: _Form) -> Select[Any]:
    found, keys = _filtered(form, tokens.c.pk, *_keys(form.sort)), _keys(form.sort)
    if "user_ids" in form.filters:
        # Few rows: left to itself SQLite walks everybody's tokens in the order that is asked for.
        theirs = found.cte("theirs").prefix_with("MATERIALIZED")
        found, keys = select(*theirs.c), tuple(theirs.c)[1:]
    return ordered(found, keys, descending=form.descending, seek=form.seek)


@lru_cache(maxsize=512)
def _count(form: _Form) -> Select[Any]:
    return counted(_filtered(form, tokens.c.pk))


def _filtered(form: _Form, *columns: ColumnElement[Any]) -> Select[Any]:
    """The tokens that are asked for, in no order yet."""
    statement = search.found(form.dialect, tokens, columns) if form.searched else select(*columns)
    statement = statement.where(tokens.c.workspace_pk == bindparam("workspace_pk"))
    user_ids: BindParameter[Any] = bindparam("user_ids", expanding=True)
    conditions: dict[str, ColumnElement[bool]] = {
        "user_ids": tokens.c.user_id.in_(user_ids),
        "unused_since": and_(
            tokens.c.last_used_at < bindparam("unused_since"), tokens.c.created_at < bindparam("unused_since")
        ),
        "expires_before": and_(tokens.c.expires_at > 0, tokens.c.expires_at < bindparam("expires_before")),
    }
    statement = statement.where(*(conditions[name] for name in sorted(form.filters)))
    if not form.statuses:
        return statement
    return statement.where(or_(*(_is(status) for status in sorted(form.statuses))))


def _is(status: TokenStatus) -> ColumnElement[bool]:
    """As `Condition.status` says it of one token."""
    if status == TokenStatus.DISABLED:
        return tokens.c.status == STATUS_NUMBER[Status.DISABLED]
    has_expired = and_(tokens.c.expires_at > 0, tokens.c.expires_at <= bindparam("now"))
    in_time = or_(tokens.c.expires_at == 0, tokens.c.expires_at > bindparam("now"))
    enabled = tokens.c.status == STATUS_NUMBER[Status.ACTIVE]
    return and_(enabled, has_expired if status == TokenStatus.EXPIRED else in_time)

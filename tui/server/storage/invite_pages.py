"""Pages of invites (I4): one branch a status, each of them a walk along an index, merged in order.

A search sorts what the word index finds.
"""

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, or_, select, union_all

from tui.domain.folding import words
from tui.domain.invites import InviteKind, InviteStatus
from tui.domain.queries import Page, Place
from tui.domain.roles import Role
from tui.server.storage import invites as rows
from tui.server.storage import search
from tui.server.storage.invites import InviteRow
from tui.server.storage.members import ROLE_NUMBER
from tui.server.storage.paging import Key, Total, beside, binds, counted, ordered, read_page, total_of, with_keys
from tui.server.storage.tables import invites

SORTS = ("created_at", "email", "role", "expires_at")


class InviteFilter(NamedTuple):
    """Which invites of a workspace, in which order. `statuses` is never empty; other empty filters are none."""

    workspace_pk: int
    statuses: frozenset[InviteStatus]
    kinds: frozenset[InviteKind] = frozenset()
    roles: frozenset[Role] = frozenset()
    inviters: tuple[str, ...] = ()
    exactly: tuple[str, ...] = ()
    q: str = ""
    sort: str = "created_at"
    descending: bool = False


class _Form(NamedTuple):
    """What a statement is built for, and kept under."""

    dialect: str
    sort: str
    descending: bool
    statuses: frozenset[InviteStatus]
    filters: frozenset[str]
    searched: bool
    seek: bool = False


def read(connection: Connection, asked: InviteFilter, now: int, place: Place) -> Page[InviteRow]:
    """One page of a workspace's invites. Raises as `read_page` does."""
    searched = bool(words(asked.q))
    shape = tuple[str, str] if asked.sort == "email" else tuple[int, str]
    if asked.q.strip() and not searched:
        return read_page(place, asked, shape, Total(0), lambda *_, **__: [])
    filters = {
        "kinds": sorted(kind.value for kind in asked.kinds),
        "roles": sorted(ROLE_NUMBER[role] for role in asked.roles),
        "inviters": list(asked.inviters),
        "exactly": list(asked.exactly),
    }
    used = {name: value for name, value in filters.items() if value}
    form = _Form(
        connection.dialect.name, asked.sort, asked.descending, asked.statuses, frozenset(used), searched=searched
    )
    values = {**used, **_values(form, asked), "present": now}
    total = total_of(connection, _count(form), values, searched=searched)
    return read_page(place, asked, shape, total, partial(_fetch, connection, form, values))


def _values(form: _Form, asked: InviteFilter) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if asked.exactly:
        values["emails"] = [text.casefold() for text in asked.exactly]
    if not form.searched:
        return {**values, "workspace_pk": asked.workspace_pk}
    return values | search.sought(form.dialect, asked.workspace_pk, asked.q)


def _fetch(
    connection: Connection,
    form: _Form,
    values: dict[str, Any],
    beside: Key | None,
    *,
    backwards: bool,
    offset: int,
    limit: int,
) -> Sequence[tuple[Key, InviteRow]]:
    turned = form._replace(descending=form.descending != backwards, seek=beside is not None)
    found = connection.execute(_page(turned), {**values, **binds(beside, offset=offset, limit=limit)}).all()
    return with_keys(found, partial(rows.by_pk, connection))


@cache
def _keys(sort: str) -> tuple[ColumnElement[Any], ...]:
    return (invites.c["email_key" if sort == "email" else sort], invites.c.id)


@lru_cache(maxsize=512)
def _page(form: _Form) -> Select[Any]:
    if form.searched:
        return ordered(_found(form), _keys(form.sort), descending=form.descending, seek=form.seek)
    merged = union_all(*(_walk(form, status) for status in sorted(form.statuses))).subquery()
    return select(*merged.c).order_by(*_order(form, list(merged.c)[1:])).limit(bindparam("n")).offset(bindparam("skip"))


@lru_cache(maxsize=512)
def _count(form: _Form) -> Select[Any]:
    if form.searched:
        return counted(_found(form))
    merged = union_all(*(_branch(form, status) for status in sorted(form.statuses))).subquery()
    return counted(select(merged.c.pk))


def _walk(form: _Form, status: InviteStatus) -> Select[Any]:
    """The invites of one status, in order: PostgreSQL merges such that stop by themselves, SQLite such that do not."""
    statement = _branch(form, status)
    keys = _keys(form.sort)
    if form.seek:
        statement = statement.where(beside(keys, descending=form.descending))
    if form.dialect == "postgresql":
        inner = statement.order_by(*_order(form, keys)).limit(bindparam("n") + bindparam("skip")).subquery()
        return select(*inner.c)
    return statement


def _order(form: _Form, keys: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [key.desc() if form.descending else key.asc() for key in keys]


def _branch(form: _Form, status: InviteStatus) -> Select[Any]:
    columns = (invites.c.pk, *_keys(form.sort))
    here = invites.c.workspace_pk == bindparam("workspace_pk")
    return select(*columns).where(here, rows.has_status(status), *_conditions(form.filters))


def _found(form: _Form) -> Select[Any]:
    """The invites that a search finds, in no order yet."""
    statement = search.found(form.dialect, invites, (invites.c.pk, *_keys(form.sort)))
    statuses = or_(*(rows.has_status(status) for status in sorted(form.statuses)))
    return statement.where(statuses, *_conditions(form.filters))


def _conditions(filters: frozenset[str]) -> list[ColumnElement[bool]]:
    def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        values: BindParameter[Any] = bindparam(name, expanding=True)
        return column.in_(values)

    conditions = {
        "kinds": one_of(invites.c.kind, "kinds"),
        "roles": one_of(invites.c.role, "roles"),
        "inviters": one_of(invites.c.inviter_id, "inviters"),
        "exactly": or_(one_of(invites.c.id, "exactly"), one_of(invites.c.email_folded, "emails")),
    }
    return [conditions[name] for name in sorted(filters)]

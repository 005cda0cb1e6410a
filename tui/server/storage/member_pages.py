"""Pages of members (M4): what a page costs depends neither on how many there are nor on the filter.

Without a search a page is the ordered merge of one branch a (role, status), each of them a walk
along an index. A search sorts what the word index finds.
"""

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    literal_column,
    or_,
    select,
    union,
    union_all,
)

from tui.domain.folding import words
from tui.domain.queries import Page, Place
from tui.domain.roles import Role, Status
from tui.server.storage import members as rows
from tui.server.storage import search
from tui.server.storage.members import ROLE_NUMBER, STATUS_NUMBER, MemberRow
from tui.server.storage.paging import Key, Total, beside, binds, counted, ordered, read_page, total_of, with_keys
from tui.server.storage.tables import SORT_KEYS, members, users

SORTS = (*SORT_KEYS, "role", "status")

Branches = frozenset[tuple[int, int]]


class MemberFilter(NamedTuple):
    """Which members of a workspace, in which order. `roles` and `statuses` are never empty."""

    workspace_pk: int
    roles: frozenset[Role]
    statuses: frozenset[Status]
    q: str = ""
    exactly: tuple[str, ...] = ()
    sort: str = "username"
    descending: bool = False

    @property
    def branches(self) -> Branches:
        return frozenset((ROLE_NUMBER[role], STATUS_NUMBER[status]) for role in self.roles for status in self.statuses)


class _Form(NamedTuple):
    """What a statement is built for, and kept under."""

    dialect: str
    sort: str
    descending: bool
    branches: Branches
    seek: bool
    pivot: int | None = None
    searched: bool = False
    exact: bool = False


def read(connection: Connection, asked: MemberFilter, place: Place) -> Page[MemberRow]:
    """One page of a workspace's members. Raises as `read_page` does."""
    searched, exact = bool(words(asked.q)), bool(asked.exactly)
    form = _Form(connection.dialect.name, asked.sort, asked.descending, asked.branches, False, None, searched, exact)
    if asked.q.strip() and not searched:
        return read_page(place, asked, _shape(asked.sort), Total(0), lambda *_, **__: [])
    values = _values(form.dialect, asked)
    total = _total(connection, asked, form, values)
    return read_page(place, asked, _shape(asked.sort), total, partial(_fetch, connection, form, values))


def _fetch(
    connection: Connection,
    form: _Form,
    values: dict[str, Any],
    beside: Key | None,
    *,
    backwards: bool,
    offset: int,
    limit: int,
) -> Sequence[tuple[Key, MemberRow]]:
    by_number = form.sort in {"role", "status"} and not (form.searched or form.exact)
    pivot = int(beside[0]) if beside and by_number else None
    turned = form._replace(descending=form.descending != backwards, seek=beside is not None, pivot=pivot)
    statement = _page(turned)
    if statement is None:
        return []
    found = connection.execute(statement, {**values, **binds(beside, offset=offset, limit=limit)}).all()
    return with_keys(found, partial(rows.by_pk, connection))


def _values(dialect: str, asked: MemberFilter) -> dict[str, Any]:
    values: dict[str, Any] = {"workspace_pk": asked.workspace_pk}
    if words(asked.q):
        values |= search.sought(dialect, asked.workspace_pk, asked.q)
    if asked.exactly:
        values |= {"exactly": list(asked.exactly), "emails": [text.casefold() for text in asked.exactly]}
    return values


def _total(connection: Connection, asked: MemberFilter, form: _Form, values: dict[str, Any]) -> Total:
    if form.searched or form.exact:
        return total_of(connection, _narrowed_count(form), values, searched=form.searched)
    counts = rows.counts(connection, asked.workspace_pk)
    return Total(sum(n for (role, status), n in counts.items() if role in asked.roles and status in asked.statuses))


def _shape(sort: str) -> type[Key]:
    if sort in {"role", "status"}:
        return tuple[int, str, str]
    return tuple[int, str] if sort in {"joined_at", "last_active_at"} else tuple[str, str]


@cache
def _keys(sort: str) -> tuple[ColumnElement[Any], ...]:
    """What a sort orders by. Equal roles and statuses are in the order of usernames."""
    first = (members.c[sort],) if sort not in {"role", "status"} else (members.c[sort], members.c.username)
    return (*first, members.c.user_id)


@lru_cache(maxsize=2048)
def _page(form: _Form) -> Select[Any] | None:
    """The row ids and keys of a page; None where no branch can hold a row."""
    if form.searched or form.exact:
        return ordered(_narrowed(form), _keys(form.sort), descending=form.descending, seek=form.seek)
    branches = [branch for pair in sorted(form.branches) if (branch := _branch(form, *pair)) is not None]
    if not branches:
        return None
    merged = union_all(*branches).subquery()
    order = [column.desc() if form.descending else column.asc() for column in list(merged.c)[1:]]
    return select(*merged.c).order_by(*order).limit(bindparam("n")).offset(bindparam("skip"))


def _branch(form: _Form, role: int, status: int) -> Select[Any] | None:
    """The members of one role and status, in order: a walk along one index.

    PostgreSQL merges branches that stop by themselves, SQLite such that do not.
    """
    number = {"role": role, "status": status}.get(form.sort)
    keys = _keys(form.sort)
    seek_keys = keys
    if form.pivot is not None and number is not None:
        if number != form.pivot:
            passed = number > form.pivot if form.descending else number < form.pivot
            if passed:
                return None
            seek_keys = ()
        else:
            seek_keys = keys[1:]
    statement = select(members.c.pk, *keys).where(
        members.c.workspace_pk == bindparam("workspace_pk"),
        members.c.role == literal_column(str(role)),
        members.c.status == literal_column(str(status)),
    )
    return _walk(form, statement, keys, seek_keys)


def _walk(
    form: _Form, statement: Select[Any], keys: tuple[ColumnElement[Any], ...], seek_keys: tuple[ColumnElement[Any], ...]
) -> Select[Any]:
    if form.seek and seek_keys:
        first = len(keys) - len(seek_keys)
        statement = statement.where(beside(seek_keys, descending=form.descending, first=first))
    if form.dialect == "postgresql":
        order = [key.desc() if form.descending else key.asc() for key in keys]
        inner = statement.order_by(*order).limit(bindparam("n") + bindparam("skip")).subquery()
        return select(*inner.c)
    return statement


def _narrowed(form: _Form) -> Select[Any]:
    """The members that a search finds, or that are exactly named, in no order yet."""
    columns = (members.c.pk, *_keys(form.sort))
    statement = search.found(form.dialect, members, columns) if form.searched else select(*columns)
    if form.exact:
        statement = statement.where(members.c.pk.in_(_named()))
    pairs = [(members.c.role == role) & (members.c.status == status) for role, status in sorted(form.branches)]
    return statement if len(pairs) == len(ROLE_NUMBER) * len(STATUS_NUMBER) else statement.where(or_(*pairs))


def _named() -> Select[Any]:
    """The row ids of the members with one of these ids, usernames or addresses."""
    exactly: BindParameter[Any] = bindparam("exactly", expanding=True)
    emails: BindParameter[Any] = bindparam("emails", expanding=True)
    theirs = union(
        select(users.c.id).where(users.c.id.in_(exactly)),
        select(users.c.id).where(users.c.username.in_(exactly)),
        select(users.c.id).where(users.c.email_folded.in_(emails)),
    )
    here = members.c.workspace_pk == bindparam("workspace_pk")
    return select(members.c.pk).where(here, members.c.user_id.in_(theirs))


@lru_cache(maxsize=256)
def _narrowed_count(form: _Form) -> Select[Any]:
    return counted(_narrowed(form))

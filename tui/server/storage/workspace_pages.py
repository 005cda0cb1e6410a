"""Pages of a user's workspaces (W6)."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, bindparam, case, cast, func, or_, select

from tui.domain.folding import words
from tui.domain.queries import Page, Place
from tui.domain.roles import Kind, Role, Status
from tui.server.storage import members as member_rows
from tui.server.storage import workspaces as rows
from tui.server.storage.members import ROLE_NUMBER, STATUS_NUMBER, MemberRow
from tui.server.storage.paging import Key, Total, binds, counted, ordered, read_page, total_of
from tui.server.storage.tables import member_counts, members, users, workspaces
from tui.server.storage.workspaces import WorkspaceRow

SORTS = ("name", "role", "active_members", "joined_at")

_HIDDEN = -1
"""The sort key of what a disabled member does not see: smaller than any."""


class WorkspaceFilter(NamedTuple):
    """Which workspaces of a user, in which order. Empty sets are no filter.

    A filter for a role leaves out the workspaces in which the user is disabled: theirs is not shown.
    `workspace_id` is set for a token, which sees its own only.
    """

    user_id: str
    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[Status] = frozenset()
    roles: frozenset[Role] = frozenset()
    names: frozenset[str] = frozenset()
    q: str = ""
    workspace_id: str | None = None
    sort: str = "name"
    descending: bool = False


class _Form(NamedTuple):
    """What a statement is built for, and kept under."""

    filters: frozenset[str]
    words: int
    sort: str
    descending: bool
    seek: bool


def read(connection: Connection, asked: WorkspaceFilter, place: Place) -> Page[tuple[WorkspaceRow, MemberRow]]:
    """One page of a user's workspaces, each with the user's own seat. Raises as `read_page` does."""
    sought = words(asked.q)
    shape = tuple[str, str] if asked.sort == "name" else tuple[int, str]
    if asked.q.strip() and not sought:
        return read_page(place, asked, shape, Total(0), lambda *_, **__: [])
    values: dict[str, Any] = {
        "user_id": asked.user_id,
        "kinds": sorted(asked.kinds),
        "statuses": sorted(STATUS_NUMBER[status] for status in asked.statuses),
        "roles": sorted(ROLE_NUMBER[role] for role in asked.roles),
        "names": sorted(asked.names),
        "workspace_id": asked.workspace_id,
    }
    used = frozenset(name for name, value in values.items() if value and name != "user_id")
    values = {name: value for name, value in values.items() if name in used or name == "user_id"}
    values |= {f"w{i}": f"{word}%" for i, word in enumerate(sought)}
    values |= {f"v{i}": f"%-{word}%" for i, word in enumerate(sought)}
    form = _Form(used, len(sought), asked.sort, asked.descending, seek=False)
    total = total_of(connection, _count(form), values, searched=bool(sought))
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
) -> Sequence[tuple[Key, tuple[WorkspaceRow, MemberRow]]]:
    turned = form._replace(descending=form.descending != backwards, seek=beside is not None)
    found = connection.execute(_page(turned), {**values, **binds(beside, offset=offset, limit=limit)})
    return [_read_row(row) for row in found]


def _read_row(row: Sequence[Any]) -> tuple[Key, tuple[WorkspaceRow, MemberRow]]:
    key, *rest = row
    workspace = rows.workspace_row(rest[: len(rows.COLUMNS)])
    own = member_rows.member_row(rest[len(rows.COLUMNS) :])
    return (key, workspace.id), (workspace, own)


@lru_cache(maxsize=512)
def _page(form: _Form) -> Select[Any]:
    return ordered(_filtered(form), (_key(form.sort), workspaces.c.id), descending=form.descending, seek=form.seek)


@lru_cache(maxsize=512)
def _count(form: _Form) -> Select[Any]:
    return counted(_filtered(form))


@cache
def _key(sort: str) -> ColumnElement[Any]:
    if sort == "name":
        return workspaces.c.name
    active = (
        # PostgreSQL adds up whole numbers as decimal ones, which no cursor holds.
        select(cast(func.coalesce(func.sum(member_counts.c.n), 0), BigInteger))
        .where(member_counts.c.workspace_pk == workspaces.c.pk)
        .where(member_counts.c.status == STATUS_NUMBER[Status.ACTIVE])
        .scalar_subquery()
    )
    shown = {"role": members.c.role, "active_members": active, "joined_at": members.c.joined_at}[sort]
    return case((members.c.status == STATUS_NUMBER[Status.ACTIVE], shown), else_=_HIDDEN)


def _filtered(form: _Form) -> Select[Any]:
    statement = (
        select(_key(form.sort).label("sort_key"), *rows.COLUMNS, *member_rows.COLUMNS)
        .select_from(members)
        .join(workspaces, workspaces.c.pk == members.c.workspace_pk)
        .join(users, users.c.id == members.c.user_id)
        .where(members.c.user_id == bindparam("user_id"), workspaces.c.deleted_at.is_(None))
    )
    conditions: dict[str, ColumnElement[bool]] = {
        "kinds": workspaces.c.kind.in_(bindparam("kinds", expanding=True)),
        "statuses": members.c.status.in_(bindparam("statuses", expanding=True)),
        "roles": and_(
            members.c.role.in_(bindparam("roles", expanding=True)),
            members.c.status == STATUS_NUMBER[Status.ACTIVE],
        ),
        "names": workspaces.c.name.in_(bindparam("names", expanding=True)),
        "workspace_id": workspaces.c.id == bindparam("workspace_id"),
    }
    for used in sorted(form.filters):
        statement = statement.where(conditions[used])
    for i in range(form.words):
        begins = workspaces.c.name.like(bindparam(f"w{i}"))
        statement = statement.where(or_(begins, workspaces.c.name.like(bindparam(f"v{i}"))))
    return statement


def personal(connection: Connection, user_id: str) -> tuple[WorkspaceRow, MemberRow]:
    """A user's personal workspace, and the seat in it (W1)."""
    return _read_row(connection.execute(_personal(), {"user_id": user_id}).one())[1]


@cache
def _personal() -> Select[Any]:
    form = _Form(frozenset(), 0, "name", descending=False, seek=False)
    return _filtered(form).where(workspaces.c.kind == Kind.PERSONAL.value)

"""Workspaces that a user may join by GitHub: from these organizations, open, and not the user's yet (W5)."""

from collections.abc import Collection, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, select

from tui.domain.queries import Page, Place
from tui.domain.roles import Role, Status
from tui.server.storage.members import ROLE_NUMBER, STATUS_NUMBER
from tui.server.storage.paging import Key, binds, counted, ordered, read_page, total_of
from tui.server.storage.tables import members, users, workspaces
from tui.server.storage.workspaces import COLUMNS, WorkspaceRow, workspace_row

OWNERS = 3
"""How many of a workspace's Owners are named."""

_OPEN = (
    workspaces.c.deleted_at.is_(None),
    workspaces.c.auto_join.is_(True),
    workspaces.c.github_org_id.in_(bindparam("org_ids", expanding=True)),
)
_ANY = select(exists(select(workspaces.c.pk).where(*_OPEN)))
_OWNERS = (
    select(users.c.username)
    .join(members, members.c.user_id == users.c.id)
    .where(
        members.c.workspace_pk == bindparam("workspace_pk"),
        members.c.role == ROLE_NUMBER[Role.OWNER],
        members.c.status == STATUS_NUMBER[Status.ACTIVE],
    )
    .order_by(members.c.username, members.c.user_id)
    .limit(OWNERS)
)


def page(connection: Connection, user_id: str, org_ids: Collection[str], place: Place) -> Page[WorkspaceRow]:
    """One page of them by name. Raises as `read_page` does."""
    values = {"user_id": user_id, "org_ids": sorted(org_ids)}
    total = total_of(connection, _count(), values, searched=False)
    return read_page(place, ("joinable", user_id), tuple[str, str], total, partial(_fetch, connection, values))


def any_open(connection: Connection, org_ids: Collection[str]) -> bool:
    """Whether any workspace of these organizations can be joined."""
    return bool(connection.execute(_ANY, {"org_ids": list(org_ids)}).scalar_one())


def owners(connection: Connection, workspace_pk: int) -> list[str]:
    """The usernames of the first active Owners."""
    return list(connection.execute(_OWNERS, {"workspace_pk": workspace_pk}).scalars())


def _fetch(
    connection: Connection, values: dict[str, Any], beside: Key | None, *, backwards: bool, offset: int, limit: int
) -> Sequence[tuple[Key, WorkspaceRow]]:
    statement = _page(seek=beside is not None, descending=backwards)
    found = connection.execute(statement, {**values, **binds(beside, offset=offset, limit=limit)})
    return [((row.name, row.id), workspace_row(row)) for row in found]


def _to_join() -> Select[Any]:
    seat = select(members.c.pk).where(
        members.c.workspace_pk == workspaces.c.pk, members.c.user_id == bindparam("user_id")
    )
    return select(*COLUMNS).where(*_OPEN, ~exists(seat))


@cache
def _page(*, seek: bool, descending: bool) -> Select[Any]:
    return ordered(_to_join(), (workspaces.c.name, workspaces.c.id), descending=descending, seek=seek)


@cache
def _count() -> Select[Any]:
    return counted(_to_join())

"""Workspaces: rows, names and revision."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.domain.github import GithubOrg
from tui.domain.roles import Kind, Source
from tui.server.storage.secrets import new_id
from tui.server.storage.tables import workspace_names, workspaces


class WorkspaceRow(NamedTuple):
    """A workspace as stored. Times are microseconds."""

    pk: int
    id: str
    name: str
    kind: Kind
    source: Source
    github_org_id: str | None
    github_org_login: str | None
    auto_join: bool | None
    created_at: int
    revision: int
    version: int


COLUMNS = (
    workspaces.c.pk,
    workspaces.c.id,
    workspaces.c.name,
    workspaces.c.kind,
    workspaces.c.source,
    workspaces.c.github_org_id,
    workspaces.c.github_org_login,
    workspaces.c.auto_join,
    workspaces.c.created_at,
    workspaces.c.revision,
    workspaces.c.version,
)
"""The columns of a `WorkspaceRow`, in its order."""

_BY_ID = select(*COLUMNS).where(workspaces.c.id == bindparam("workspace_id"), workspaces.c.deleted_at.is_(None))
_LOCK = select(workspaces.c.pk).where(workspaces.c.id == bindparam("workspace_id")).with_for_update()
_BUMP = (
    update(workspaces)
    .where(workspaces.c.pk == bindparam("workspace_pk"))
    .values(revision=workspaces.c.revision + 1)
    .returning(workspaces.c.kind)
)
_RENAME = (
    update(workspaces)
    .where(workspaces.c.pk == bindparam("workspace_pk"))
    .values(name=bindparam("new_name"), version=workspaces.c.version + 1)
)
_AUTO_JOIN = (
    update(workspaces)
    .where(workspaces.c.pk == bindparam("workspace_pk"))
    .values(auto_join=bindparam("on"), version=workspaces.c.version + 1)
)
_HOLD = (
    update(workspace_names).where(workspace_names.c.name == bindparam("old_name")).values(held_until=bindparam("until"))
)
_DELETE = update(workspaces).where(workspaces.c.pk == bindparam("workspace_pk")).values(deleted_at=bindparam("present"))
_FREE = delete(workspace_names).where(workspace_names.c.workspace_pk == bindparam("workspace_pk"))


def workspace_row(row: Iterable[Any]) -> WorkspaceRow:
    """A row of `COLUMNS` in the words of the domain."""
    stored = WorkspaceRow(*row)
    return stored._replace(kind=Kind(stored.kind), source=Source(stored.source))


def read(connection: Connection, workspace_id: str) -> WorkspaceRow | None:
    found = connection.execute(_BY_ID, {"workspace_id": workspace_id}).one_or_none()
    return workspace_row(found) if found else None


def lock(connection: Connection, workspace_id: str) -> None:
    """Keeps others from changing a workspace and all under it until the transaction ends (W8)."""
    connection.execute(_LOCK, {"workspace_id": workspace_id})


def add(connection: Connection, kind: Kind, name: str, now: int, org: GithubOrg | None = None) -> WorkspaceRow | None:
    """A new workspace, or None when the name is taken or held. From a GitHub organization, it can be joined (W4)."""
    row = {
        "id": new_id("ac"),
        "name": name,
        "kind": kind.value,
        "source": (Source.GITHUB if org else Source.SCRATCH).value,
        "github_org_id": org.id if org else None,
        "github_org_login": org.login if org else None,
        "auto_join": True if org else None,
        "created_at": now,
        "revision": 0,
        "version": 1,
    }
    with connection.begin_nested() as savepoint:
        added = connection.execute(insert(workspaces).returning(*COLUMNS), row).one()
        if not claim(connection, added.pk, name, now):
            savepoint.rollback()
            return None
    return workspace_row(added)


def claim(connection: Connection, workspace_pk: int, name: str, now: int) -> bool:
    """Gives a workspace a name, unless another one has or holds it (W2, W9); two at once: one gets it."""
    claimed = connection.execute(
        _CLAIM[connection.dialect.name], {"name": name, "workspace_pk": workspace_pk, "held_until": None, "now": now}
    )
    return claimed.one_or_none() is not None


def rename(connection: Connection, row: WorkspaceRow, name: str, until: int) -> None:
    """Writes a claimed name; the old one is held for this workspace until then."""
    connection.execute(_RENAME, {"workspace_pk": row.pk, "new_name": name})
    connection.execute(_HOLD, {"old_name": row.name, "until": until})


def set_auto_join(connection: Connection, workspace_pk: int, *, on: bool) -> None:
    connection.execute(_AUTO_JOIN, {"workspace_pk": workspace_pk, "on": on})


def bump(connection: Connection, workspace_pk: int) -> Kind:
    """Raises the revision (A2): the workspace's kind."""
    return Kind(connection.execute(_BUMP, {"workspace_pk": workspace_pk}).scalar_one())


def remove(connection: Connection, workspace_pk: int, now: int) -> None:
    """Takes a workspace and all under it out of sight, and frees its names."""
    connection.execute(_DELETE, {"workspace_pk": workspace_pk, "present": now})
    connection.execute(_FREE, {"workspace_pk": workspace_pk})


def _claim(upsert: Any) -> Any:
    statement = upsert(workspace_names)
    names = workspace_names.c
    return statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"workspace_pk": statement.excluded.workspace_pk, "held_until": None},
        where=or_(
            names.held_until <= bindparam("now"),
            names.held_until.is_not(None) & (names.workspace_pk == statement.excluded.workspace_pk),
        ),
    ).returning(names.name)


_CLAIM = {"sqlite": _claim(upsert_sqlite), "postgresql": _claim(upsert_postgresql)}

"""The seats of one user, in all workspaces: what they show of the user, and giving them up."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from tui.domain.roles import ROLES, Kind, Role, Status
from tui.domain.users import User
from tui.server.storage import members as rows
from tui.server.storage.members import STATUSES
from tui.server.storage.tables import members, workspaces


class Seat(NamedTuple):
    """Where a user sits; `deleted` are workspaces that are out of sight and not swept yet."""

    pk: int
    workspace_pk: int
    name: str
    kind: Kind
    role: Role
    status: Status
    deleted: bool


_OF_USER = (
    select(
        members.c.pk,
        workspaces.c.pk.label("workspace_pk"),
        workspaces.c.name,
        workspaces.c.kind,
        members.c.role,
        members.c.status,
        workspaces.c.deleted_at.is_not(None).label("deleted"),
    )
    .join(workspaces, workspaces.c.pk == members.c.workspace_pk)
    .where(members.c.user_id == bindparam("user_id"))
    .order_by(workspaces.c.pk)
)
_LOCK = (
    select(workspaces.c.pk)
    .where(workspaces.c.pk.in_(bindparam("pks", expanding=True)))
    .order_by(workspaces.c.pk)
    .with_for_update()
)
_SHOW = (
    update(members)
    .where(members.c.pk == bindparam("member_pk"))
    .values({name: bindparam(f"new_{name}") for name in ("username", "display_name", "email", "words")})
)
_REMOVE = delete(members).where(members.c.pk.in_(bindparam("pks", expanding=True)))


def locked(connection: Connection, user_id: str) -> list[Seat]:
    """The seats of a user who is locked; nobody else changes their workspaces until the transaction ends.

    All locks are taken in one order, so that two such calls never wait for each other.
    """
    pks = [seat.workspace_pk for seat in _of_user(connection, user_id)]
    connection.execute(_LOCK, {"pks": pks})
    return _of_user(connection, user_id)


def show(connection: Connection, seats: Sequence[Seat], user: User) -> None:
    """Lets every seat be sorted and found by the user's present name and address."""
    connection.execute(
        _SHOW,
        [
            {
                "member_pk": seat.pk,
                **{
                    f"new_{name}": value
                    for name, value in rows.sort_keys(
                        connection.dialect.name, seat.workspace_pk, user.username, user.display_name, user.email
                    ).items()
                },
            }
            for seat in seats
        ],
    )


def forget(connection: Connection, seats: Collection[Seat]) -> None:
    """Takes seats out of workspaces that are out of sight, where nothing is counted any more."""
    connection.execute(_REMOVE, {"pks": [seat.pk for seat in seats]})


def _of_user(connection: Connection, user_id: str) -> list[Seat]:
    return [
        Seat(pk, workspace_pk, name, Kind(kind), ROLES[role], STATUSES[status], deleted)
        for pk, workspace_pk, name, kind, role, status, deleted in connection.execute(_OF_USER, {"user_id": user_id})
    ]

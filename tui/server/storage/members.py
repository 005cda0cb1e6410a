"""Members: rows read and written, and the counts that are kept with them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.domain.errors import Unauthenticated
from tui.domain.folding import fold
from tui.domain.roles import ROLES, JoinedBy, Role, Status
from tui.server.storage import search
from tui.server.storage.tables import member_counts, members, users

STATUSES = (Status.ACTIVE, Status.DISABLED)
ROLE_NUMBER = {role: n for n, role in enumerate(ROLES)}
STATUS_NUMBER = {status: n for n, status in enumerate(STATUSES)}

KEY_LIMIT = 254
"""Characters of a sort key: what an index row of PostgreSQL has room for."""

Counts = dict[tuple[Role, Status], int]


class MemberRow(NamedTuple):
    """A member as stored. Times are microseconds; `last_active_at` is 0 for never."""

    pk: int
    user_id: str
    username: str
    display_name: str
    email: str | None
    role: Role
    status: Status
    joined_by: JoinedBy
    joined_at: int
    last_active_at: int
    disabled_at: int | None
    disabled_by: str | None
    version: int
    changed_by: str | None
    changed_at: int | None


class Change(NamedTuple):
    """A member before, and after: None where the seat is gone."""

    before: MemberRow
    after: MemberRow | None


COLUMNS = (
    members.c.pk,
    users.c.id,
    users.c.username,
    users.c.display_name,
    users.c.email,
    members.c.role,
    members.c.status,
    members.c.joined_by,
    members.c.joined_at,
    members.c.last_active_at,
    members.c.disabled_at,
    members.c.disabled_by,
    members.c.version,
    members.c.changed_by,
    members.c.changed_at,
)
"""The columns of a `MemberRow`, in its order."""

_WITH_USER = members.join(users, users.c.id == members.c.user_id)
_OF_USERS = (
    select(*COLUMNS)
    .select_from(_WITH_USER)
    .where(members.c.workspace_pk == bindparam("workspace_pk"))
    .where(members.c.user_id.in_(bindparam("user_ids", expanding=True)))
)
_BY_PK = select(*COLUMNS).select_from(_WITH_USER).where(members.c.pk.in_(bindparam("pks", expanding=True)))
_COUNTS = select(member_counts.c.role, member_counts.c.status, member_counts.c.n).where(
    member_counts.c.workspace_pk == bindparam("workspace_pk")
)
_COUNTS_OF_MANY = select(
    member_counts.c.workspace_pk, member_counts.c.role, member_counts.c.status, member_counts.c.n
).where(member_counts.c.workspace_pk.in_(bindparam("pks", expanding=True)))
_SAVE = (
    update(members)
    .where(members.c.pk == bindparam("member_pk"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("role", "status", "disabled_at", "disabled_by", "version", "changed_by", "changed_at")
        }
    )
)
_SHOWN = (
    select(users.c.username, users.c.display_name, users.c.email)
    .where(users.c.id == bindparam("user_id"))
    .with_for_update(read=True)
)
"""What a seat carries of its user, who does not change before the seat is there."""
_REMOVE = delete(members).where(members.c.pk == bindparam("member_pk"))


def member_row(row: Sequence[Any]) -> MemberRow:
    """A row of `COLUMNS` in the words of the domain."""
    *head, role, status, joined_by = row[:8]
    return MemberRow._make((*head, ROLES[role], STATUSES[status], JoinedBy(joined_by), *row[8:]))


def of_users(connection: Connection, workspace_pk: int, user_ids: Collection[str]) -> dict[str, MemberRow]:
    """Those of these users who are members, by user id."""
    found = connection.execute(_OF_USERS, {"workspace_pk": workspace_pk, "user_ids": list(user_ids)})
    return {row.user_id: row for row in map(member_row, found)}


def by_pk(connection: Connection, pks: Collection[int]) -> dict[int, MemberRow]:
    """These members, by row id."""
    found = connection.execute(_BY_PK, {"pks": list(pks)})
    return {row.pk: row for row in map(member_row, found)}


def counts(connection: Connection, workspace_pk: int) -> Counts:
    """How many members a workspace has of each role and status."""
    found = connection.execute(_COUNTS, {"workspace_pk": workspace_pk})
    return {(ROLES[role], STATUSES[status]): n for role, status, n in found}


def counts_of_many(connection: Connection, workspace_pks: Collection[int]) -> dict[int, Counts]:
    """The counts of several workspaces, by row id."""
    found: dict[int, Counts] = {pk: {} for pk in workspace_pks}
    for pk, role, status, n in connection.execute(_COUNTS_OF_MANY, {"pks": list(workspace_pks)}):
        found[pk][ROLES[role], STATUSES[status]] = n
    return found


def active_owners(counted: Counts) -> int:
    return counted.get((Role.OWNER, Status.ACTIVE), 0)


def sort_keys(dialect: str, workspace_pk: int, username: str, display_name: str, email: str | None) -> dict[str, str]:
    """What a member carries of its user: folded sort keys, and the words it is found by."""
    return {
        "username": username,
        "display_name": fold(display_name)[:KEY_LIMIT],
        "email": fold(email or "")[:KEY_LIMIT],
        "words": search.kept_words(dialect, workspace_pk, (username, display_name, email)),
    }


def add(connection: Connection, workspace_pk: int, user_id: str, role: Role, *, joined_by: JoinedBy, now: int) -> None:
    """Gives a user a seat, active. The workspace must be locked, or new.

    Raises `Unauthenticated` where the account was deleted meanwhile.
    """
    user = connection.execute(_SHOWN, {"user_id": user_id}).one_or_none()
    if user is None:
        raise Unauthenticated
    connection.execute(
        insert(members),
        {
            "pk": search.next_pk(connection, members, workspace_pk),
            "workspace_pk": workspace_pk,
            "user_id": user_id,
            "role": ROLE_NUMBER[role],
            "status": STATUS_NUMBER[Status.ACTIVE],
            "joined_by": joined_by.value,
            "joined_at": now,
            "last_active_at": 0,
            "version": 1,
            **sort_keys(connection.dialect.name, workspace_pk, *user),
        },
    )
    _count(connection, workspace_pk, Counter({(role, Status.ACTIVE): 1}))


def save(connection: Connection, workspace_pk: int, changes: Iterable[Change]) -> None:
    """Writes members changed or removed, and their counts. The workspace must be locked."""
    saved, removed = [], []
    moved: Counter[tuple[Role, Status]] = Counter()
    for before, after in changes:
        moved[before.role, before.status] -= 1
        if after is None:
            removed.append({"member_pk": before.pk})
        else:
            moved[after.role, after.status] += 1
            saved.append(_saved(after))
    if saved:
        connection.execute(_SAVE, saved)
    if removed:
        connection.execute(_REMOVE, removed)
    _count(connection, workspace_pk, moved)


def _saved(row: MemberRow) -> dict[str, Any]:
    return {
        "member_pk": row.pk,
        "new_role": ROLE_NUMBER[row.role],
        "new_status": STATUS_NUMBER[row.status],
        "new_disabled_at": row.disabled_at,
        "new_disabled_by": row.disabled_by,
        "new_version": row.version,
        "new_changed_by": row.changed_by,
        "new_changed_at": row.changed_at,
    }


def _count(connection: Connection, workspace_pk: int, moved: Counter[tuple[Role, Status]]) -> None:
    rows = [
        {"workspace_pk": workspace_pk, "role": ROLE_NUMBER[role], "status": STATUS_NUMBER[status], "n": n}
        for (role, status), n in moved.items()
        if n
    ]
    if rows:
        connection.execute(_ADD_COUNT[connection.dialect.name], rows)


def _add_count(upsert: Any) -> Any:
    statement = upsert(member_counts)
    return statement.on_conflict_do_update(
        index_elements=["workspace_pk", "role", "status"],
        set_={"n": member_counts.c.n + statement.excluded.n},
    )


_ADD_COUNT = {"sqlite": _add_count(upsert_sqlite), "postgresql": _add_count(upsert_postgresql)}

"""Filling an empty SQLite database with many rows at once: demo data, up to a million members.

Rows go in as tuples in one transaction; the indexes, the counts and the search index of members
are made once, afterwards.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, text

from tui.domain.activity import ActorType, From, TargetType
from tui.domain.github import GithubOrg
from tui.domain.roles import JoinedBy, Kind, Role, Source, Status
from tui.server.storage import search
from tui.server.storage.engine import Store
from tui.server.storage.invites import InviteRow, stored
from tui.server.storage.members import ROLE_NUMBER, STATUS_NUMBER, sort_keys
from tui.server.storage.tables import activity, invites, members, tokens, users, workspace_names, workspaces
from tui.server.storage.tokens import expiry, found_by

BATCH = 10_000

INDEXES = len(members.indexes) + 1
"""How many indexes are made: those of members, and the one for searching."""

Progress = Callable[[str, int], None]
"""Told what is being written and how many rows are done: `users`, `workspaces`, `members`, `indexes`, `tokens`,
`invites`, `activity`."""


class LoadedUser(NamedTuple):
    """Times are microseconds."""

    id: str
    username: str
    display_name: str
    email: str | None
    created_at: int
    github_login: str | None = None
    sso_managed: bool = False


class LoadedWorkspace(NamedTuple):
    """`pk` is a small whole number of the caller's choice."""

    pk: int
    id: str
    name: str
    kind: Kind
    source: Source
    created_at: int
    github_org: GithubOrg | None = None


class LoadedMember(NamedTuple):
    """`last_active_at` is 0 for never."""

    workspace_pk: int
    user: LoadedUser
    role: Role
    status: Status
    joined_by: JoinedBy
    joined_at: int
    last_active_at: int = 0
    disabled_at: int | None = None
    disabled_by: str | None = None


class LoadedToken(NamedTuple):
    """A token of a loaded member. Times are microseconds, 0 for never; `lifetime` is in seconds."""

    workspace_pk: int
    user: LoadedUser
    id: str
    name: str
    secret_hash: bytes
    created_at: int
    last_used_at: int = 0
    lifetime: int | None = None
    disabled_by: LoadedUser | None = None


class LoadedInvite(NamedTuple):
    """An invite, whose `pk` does not count, and the hash of its code."""

    row: InviteRow
    code_hash: bytes


class LoadedEntry(NamedTuple):
    """One entry of a workspace's log. `before` and `after` are JSON."""

    id: str
    event_at: int
    workspace_pk: int
    actor_id: str
    actor_name: str
    action: str
    target_type: TargetType
    target_id: str
    target_name: str
    before: str | None
    after: str | None
    source: From
    ip: str | None = None
    device: str | None = None
    group: str | None = None


def load(
    store: Store,
    *,
    users: Iterable[LoadedUser],
    workspaces: Iterable[LoadedWorkspace],
    members: Iterable[LoadedMember],
    tokens: Iterable[LoadedToken] = (),
    invites: Iterable[LoadedInvite] = (),
    activity: Iterable[LoadedEntry] = (),
    progress: Progress = lambda _what, _rows: None,
) -> None:
    """Fills an empty database, all or nothing. The rows are taken from the iterables as they are written."""
    with store.writing() as connection:
        _write(connection, _USERS, map(_user, users), lambda n: progress("users", n))
        named = list(workspaces)
        _write(connection, _WORKSPACES, map(_workspace, named), lambda n: progress("workspaces", n))
        _write(connection, _NAMES, ((row.name, row.pk) for row in named), lambda _: None)
        _drop_indexes(connection)
        _write(connection, _MEMBERS, _numbered(members), lambda n: progress("members", n))
        _make_indexes(connection, lambda n: progress("indexes", n))
        _write(connection, _TOKENS, _numbered_tokens(tokens), lambda n: progress("tokens", n))
        _write(connection, _INVITES, _numbered_invites(invites), lambda n: progress("invites", n))
        _write(connection, _ACTIVITY, map(_entry, activity), lambda n: progress("activity", n))


def _insert(table: Table, *columns: str) -> str:
    unknown = set(columns) - set(table.c.keys())
    if unknown:
        raise ValueError(f"{table.name} has no {unknown}")
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names


_USERS = _insert(
    users,
    *("id", "username", "display_name", "email", "created_at", "github_login", "sso_managed"),
    *("email_folded", "email_proved", "version"),
)
_WORKSPACES = _insert(
    workspaces,
    *("pk", "id", "name", "kind", "source", "created_at", "github_org_id", "github_org_login"),
    *("auto_join", "revision", "version"),
)
_NAMES = _insert(workspace_names, "name", "workspace_pk")
_MEMBERS = _insert(
    members,
    *("pk", "workspace_pk", "user_id", "role", "status", "joined_by", "joined_at", "last_active_at"),
    *("disabled_at", "disabled_by", "version", "username", "display_name", "email", "words"),
)
_TOKENS = _insert(
    tokens,
    *("pk", "workspace_pk", "user_id", "id", "name", "secret_hash", "secret_at", "status", "disabled_by_id"),
    *("disabled_by", "created_at", "last_used_at", "expires_at", "lifetime", "version"),
    *("name_folded", "words", "username"),
)
_INVITES = _insert(invites, *invites.c.keys())
_ACTIVITY = _insert(
    activity,
    *("id", "event_at", "workspace_pk", "actor_type", "actor_id", "actor_name", "action", "target_type", "target_id"),
    *("target_name", "before", "after", "source", "ip", "device", "group_id", "request_id"),
)
_COUNTS = text(
    "INSERT INTO member_counts (workspace_pk, role, status, n)"
    " SELECT workspace_pk, role, status, count(*) FROM members GROUP BY workspace_pk, role, status"
)
_TRIGGERS = [statement for statement in search.CREATE["sqlite"] if statement.startswith("CREATE TRIGGER members_")]


def _write(
    connection: Connection, statement: str, rows: Iterable[Sequence[Any]], progress: Callable[[int], None]
) -> None:
    remaining, done = iter(rows), 0
    while batch := [tuple(row) for row in islice(remaining, BATCH)]:
        connection.exec_driver_sql(statement, batch)
        done += len(batch)
        progress(done)


def _user(row: LoadedUser) -> tuple[Any, ...]:
    return (*row, row.email.casefold() if row.email else None, False, 1)


def _workspace(row: LoadedWorkspace) -> tuple[Any, ...]:
    org = (row.github_org.id, row.github_org.login, True) if row.github_org else (None, None, None)
    return (*row[:3], row.kind.value, row.source.value, row.created_at, *org, 1, 1)


def _numbered(rows: Iterable[LoadedMember]) -> Iterable[tuple[Any, ...]]:
    """Members with their row ids: each workspace counts its own."""
    count: dict[int, int] = {}
    for row in rows:
        n = count[row.workspace_pk] = count.get(row.workspace_pk, 0) + 1
        carried = sort_keys("sqlite", row.workspace_pk, row.user.username, row.user.display_name, row.user.email)
        yield (
            search.row_pk(row.workspace_pk, n),
            row.workspace_pk,
            row.user.id,
            ROLE_NUMBER[row.role],
            STATUS_NUMBER[row.status],
            row.joined_by.value,
            *row[5:],
            1,
            *carried.values(),
        )


def _numbered_tokens(rows: Iterable[LoadedToken]) -> Iterable[tuple[Any, ...]]:
    """Tokens with their row ids: each workspace counts its own."""
    count: Counter[int] = Counter()
    for row in rows:
        count[row.workspace_pk] += 1
        by = row.disabled_by
        yield (
            search.row_pk(row.workspace_pk, count[row.workspace_pk]),
            row.workspace_pk,
            row.user.id,
            row.id,
            row.name,
            row.secret_hash,
            row.created_at,
            STATUS_NUMBER[Status.DISABLED if by else Status.ACTIVE],
            by and by.id,
            by and by.username,
            row.created_at,
            row.last_used_at,
            expiry(row.lifetime, row.created_at),
            row.lifetime,
            2 if by else 1,
            *found_by("sqlite", row.workspace_pk, row.id, row.name, row.user.username).values(),
            row.user.username,
        )


def _numbered_invites(rows: Iterable[LoadedInvite]) -> Iterable[tuple[Any, ...]]:
    """Invites with their row ids: each workspace counts its own."""
    count: Counter[int] = Counter()
    for row, code_hash in rows:
        count[row.workspace_pk] += 1
        columns = stored("sqlite", row, code_hash) | {"pk": search.row_pk(row.workspace_pk, count[row.workspace_pk])}
        yield tuple(columns[column.name] for column in invites.c)


def _entry(row: LoadedEntry) -> tuple[Any, ...]:
    return (
        *row[:3],
        ActorType.USER.value,
        *row[3:6],
        row.target_type.value,
        *row[7:11],
        row.source.value,
        *row[12:],
        "",
    )


def _drop_indexes(connection: Connection) -> None:
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.split()[2]}")
    for index in members.indexes:
        index.drop(connection)


def _make_indexes(connection: Connection, progress: Callable[[int], None]) -> None:
    for done, index in enumerate(sorted(members.indexes, key=lambda index: str(index.name)), 1):
        index.create(connection)
        progress(done)
    connection.execute(_COUNTS)
    connection.exec_driver_sql("INSERT INTO members_words(members_words) VALUES ('rebuild')")
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(trigger)
    progress(INDEXES)

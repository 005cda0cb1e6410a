"""API tokens: credentials of one member in one workspace (T1-T5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from tui.domain.folding import fold
from tui.domain.roles import ROLES, Role, Status
from tui.server.storage import search
from tui.server.storage.members import KEY_LIMIT, STATUS_NUMBER, STATUSES
from tui.server.storage.secrets import digest, new_id, new_secret
from tui.server.storage.tables import members, tokens, users, workspaces
from tui.server.storage.times import SECOND


class Credential(NamedTuple):
    """What is stored under a token's id, with its member. Times are microseconds, 0 for never."""

    token_id: str
    secret_hash: bytes
    secret_at: int
    last_used_at: int
    expires_at: int
    status: Status
    user_id: str
    username: str
    sso_managed: bool
    member_status: Status
    workspace_id: str

    def works(self, now: int) -> bool:
        """Whether the token acts as its member now (T2)."""
        active = self.status == Status.ACTIVE and self.member_status == Status.ACTIVE
        return active and not has_expired(self.expires_at, now)


class TokenRow(NamedTuple):
    """A token as stored, with its member's role and status. Times are microseconds, 0 for never."""

    pk: int
    id: str
    name: str
    user_id: str
    username: str
    status: Status
    disabled_by_id: str | None
    disabled_by: str | None
    created_at: int
    secret_at: int
    last_used_at: int
    expires_at: int
    lifetime: int | None
    version: int
    member_role: Role
    member_status: Status


class Change(NamedTuple):
    """A token before, and after: None where it is gone."""

    before: TokenRow
    after: TokenRow | None


COLUMNS = (
    tokens.c.pk,
    tokens.c.id,
    tokens.c.name,
    tokens.c.user_id,
    tokens.c.username,
    tokens.c.status,
    tokens.c.disabled_by_id,
    tokens.c.disabled_by,
    tokens.c.created_at,
    tokens.c.secret_at,
    tokens.c.last_used_at,
    tokens.c.expires_at,
    tokens.c.lifetime,
    tokens.c.version,
    members.c.role,
    members.c.status,
)
"""The columns of a `TokenRow`, in its order."""

ITS_MEMBER = (members.c.workspace_pk == tokens.c.workspace_pk) & (members.c.user_id == tokens.c.user_id)

_CREDENTIAL = (
    select(
        tokens.c.id,
        tokens.c.secret_hash,
        tokens.c.secret_at,
        tokens.c.last_used_at,
        tokens.c.expires_at,
        tokens.c.status,
        users.c.id,
        users.c.username,
        users.c.sso_managed,
        members.c.status,
        workspaces.c.id,
    )
    .join(members, ITS_MEMBER)
    .join(users, users.c.id == tokens.c.user_id)
    .join(workspaces, workspaces.c.pk == tokens.c.workspace_pk)
    .where(tokens.c.id == bindparam("token_id"), workspaces.c.deleted_at.is_(None))
)
_WITH_MEMBER = select(*COLUMNS).join(members, ITS_MEMBER)
_BY_ID = _WITH_MEMBER.where(
    tokens.c.workspace_pk == bindparam("workspace_pk"), tokens.c.id.in_(bindparam("ids", expanding=True))
)
_BY_PK = _WITH_MEMBER.where(tokens.c.pk.in_(bindparam("pks", expanding=True)))
_OF_MEMBER = select(func.count()).where(
    tokens.c.workspace_pk == bindparam("workspace_pk"), tokens.c.user_id == bindparam("user_id")
)
_ACTIVE_OF = (
    select(tokens.c.user_id, func.count())
    .where(tokens.c.workspace_pk == bindparam("workspace_pk"))
    .where(tokens.c.user_id.in_(bindparam("user_ids", expanding=True)))
    .where(tokens.c.status == STATUS_NUMBER[Status.ACTIVE])
    .where(or_(tokens.c.expires_at == 0, tokens.c.expires_at > bindparam("now")))
    .group_by(tokens.c.user_id)
)
_OF_USER = (
    select(tokens.c.pk, tokens.c.workspace_pk, tokens.c.id, tokens.c.name)
    .join(members, ITS_MEMBER)
    .where(members.c.user_id == bindparam("user_id"))
)
_SAVED = ("name", "status", "disabled_by_id", "disabled_by", "expires_at", "version", "name_folded", "words")
_THIS = tokens.c.pk == bindparam("token_pk")
_SAVE = update(tokens).where(_THIS).values({name: bindparam(f"new_{name}") for name in _SAVED})
_SECRET = update(tokens).where(_THIS).values(secret_hash=bindparam("hash"), secret_at=bindparam("made_at"))
_RENEW = (
    update(tokens)
    .where(tokens.c.id == bindparam("token_id"), tokens.c.version == bindparam("seen"))
    .where(tokens.c.last_used_at < tokens.c.secret_at)
    .values(secret_hash=bindparam("hash"))
)
_CALL = update(tokens).where(_THIS).values(username=bindparam("new_username"), words=bindparam("new_words"))
_DELETE = delete(tokens).where(_THIS)


def has_expired(expires_at: int, now: int) -> bool:
    """Whether a time to expire, 0 for never, has come."""
    return 0 < expires_at <= now


def credential(connection: Connection, token_id: str) -> Credential | None:
    """What must be known of a token that calls; None where there is none, or its workspace is deleted."""
    found = connection.execute(_CREDENTIAL, {"token_id": token_id}).one_or_none()
    if found is None:
        return None
    stored = Credential(*found)
    return stored._replace(status=STATUSES[found[5]], member_status=STATUSES[found[9]])


def token_row(row: Sequence[Any]) -> TokenRow:
    """A row of `COLUMNS` in the words of the domain."""
    stored = TokenRow(*row)
    return stored._replace(
        status=STATUSES[row[5]],
        member_role=ROLES[row[-2]],
        member_status=STATUSES[row[-1]],
    )


def by_id(connection: Connection, workspace_pk: int, ids: Collection[str]) -> dict[str, TokenRow]:
    """Those of these tokens that the workspace has, by id."""
    found = connection.execute(_BY_ID, {"workspace_pk": workspace_pk, "ids": list(ids)})
    return {row.id: row for row in map(token_row, found)}


def by_pk(connection: Connection, pks: Collection[int]) -> dict[int, TokenRow]:
    """These tokens, by row id."""
    found = connection.execute(_BY_PK, {"pks": list(pks)})
    return {row.pk: row for row in map(token_row, found)}


def count_of(connection: Connection, workspace_pk: int, user_id: str) -> int:
    """How many tokens a member has, whatever their status."""
    return int(connection.execute(_OF_MEMBER, {"workspace_pk": workspace_pk, "user_id": user_id}).scalar_one())


def active_of(connection: Connection, workspace_pk: int, user_ids: Collection[str], now: int) -> Mapping[str, int]:
    """How many active tokens these members have, by user id; who has none is not there."""
    if not user_ids:
        return {}
    values = {"workspace_pk": workspace_pk, "user_ids": list(user_ids), "now": now}
    return dict(map(tuple, connection.execute(_ACTIVE_OF, values)))


def add(
    connection: Connection, workspace_pk: int, *, user_id: str, username: str, name: str, lifetime: int | None, now: int
) -> tuple[str, str]:
    """A new token's id and secret. The workspace must be locked; `lifetime` is in seconds."""
    token_id, secret = new_id("ak"), new_secret("as")
    connection.execute(
        insert(tokens),
        {
            "pk": search.next_pk(connection, tokens, workspace_pk),
            "id": token_id,
            "workspace_pk": workspace_pk,
            "user_id": user_id,
            "name": name,
            "secret_hash": digest(secret),
            "secret_at": now,
            "status": STATUS_NUMBER[Status.ACTIVE],
            "created_at": now,
            "last_used_at": 0,
            "expires_at": expiry(lifetime, now),
            "lifetime": lifetime,
            "version": 1,
            **found_by(connection.dialect.name, workspace_pk, token_id, name, username),
            "username": username,
        },
    )
    return token_id, secret


def expiry(lifetime: int | None, now: int) -> int:
    """When a token of a lifetime in seconds expires, 0 for never."""
    return 0 if lifetime is None else now + lifetime * SECOND


def found_by(dialect: str, workspace_pk: int, token_id: str, name: str, username: str) -> dict[str, str]:
    """What a token is sorted and searched by."""
    return {
        "name_folded": fold(name)[:KEY_LIMIT],
        "words": search.kept_words(dialect, workspace_pk, (name, token_id, username)),
    }


def save(connection: Connection, workspace_pk: int, changes: Iterable[Change]) -> None:
    """Writes tokens changed or deleted. The workspace must be locked."""
    dialect = connection.dialect.name
    saved = [_saved(dialect, workspace_pk, after) for _, after in changes if after is not None]
    deleted = [{"token_pk": before.pk} for before, after in changes if after is None]
    if saved:
        connection.execute(_SAVE, saved)
    if deleted:
        connection.execute(_DELETE, deleted)


def rotate(connection: Connection, token_pk: int, now: int) -> str:
    """A new secret in place of the old one."""
    secret = new_secret("as")
    connection.execute(_SECRET, {"token_pk": token_pk, "hash": digest(secret), "made_at": now})
    return secret


def new_secret_if_unused(connection: Connection, token_id: str, version: int | None) -> str | None:
    """A secret in place of one that was never used, of a token unchanged since that version; else None."""
    secret = new_secret("as")
    changed = connection.execute(_RENEW, {"token_id": token_id, "seen": version, "hash": digest(secret)})
    return secret if changed.rowcount == 1 else None


def rename_user(connection: Connection, user_id: str, username: str) -> None:
    """Carries a user's new username into all of their tokens."""
    dialect = connection.dialect.name
    changed = [
        {
            "token_pk": pk,
            "new_username": username,
            "new_words": found_by(dialect, workspace_pk, token_id, name, username)["words"],
        }
        for pk, workspace_pk, token_id, name in connection.execute(_OF_USER, {"user_id": user_id})
    ]
    if changed:
        connection.execute(_CALL, changed)


def _saved(dialect: str, workspace_pk: int, row: TokenRow) -> dict[str, Any]:
    carried = found_by(dialect, workspace_pk, row.id, row.name, row.username)
    return {
        "token_pk": row.pk,
        "new_name": row.name,
        "new_status": STATUS_NUMBER[row.status],
        "new_disabled_by_id": row.disabled_by_id,
        "new_disabled_by": row.disabled_by,
        "new_expires_at": row.expires_at,
        "new_version": row.version,
        **{f"new_{name}": text for name, text in carried.items()},
    }

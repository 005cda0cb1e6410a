"""Invites: rows read and written. A code is stored as its hash only (I5)."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, insert, or_, select, update

from tui.domain.folding import fold
from tui.domain.invites import InviteKind, InviteStatus, Mail
from tui.domain.roles import ROLES, Role
from tui.server.storage import search
from tui.server.storage.members import KEY_LIMIT, ROLE_NUMBER
from tui.server.storage.secrets import digest, new_secret
from tui.server.storage.tables import invites, members, users, workspaces


class InviteRow(NamedTuple):
    """An invite as stored. Times are microseconds; `expires_at` is 0 for never.

    `lifetime` is what it was made with, in seconds, None for never.

    `state` is never `expired`: `status` says that.
    """

    pk: int
    id: str
    workspace_pk: int
    kind: InviteKind
    email: str | None
    label: str | None
    role: Role
    state: InviteStatus
    revoked_by: str | None
    mail: Mail | None
    inviter_id: str
    inviter_name: str
    created_at: int
    sent_at: int | None
    expires_at: int
    lifetime: int | None
    uses: int
    max_uses: int | None
    version: int

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.email or self.label or self.id

    def status(self, now: int) -> InviteStatus:
        """What it is at this moment."""
        expired = self.state == InviteStatus.PENDING and 0 < self.expires_at <= now
        return InviteStatus.EXPIRED if expired else self.state


COLUMNS = tuple(invites.c[name] for name in InviteRow._fields)

_HERE = invites.c.workspace_pk == bindparam("workspace_pk")
_PENDING = invites.c.state == InviteStatus.PENDING.value
_LIVE = _PENDING & or_(invites.c.expires_at == 0, invites.c.expires_at > bindparam("present"))

_BY_PK = select(*COLUMNS).where(invites.c.pk.in_(bindparam("pks", expanding=True)))
_BY_ID = select(*COLUMNS).where(_HERE, invites.c.id == bindparam("invite_id"))
_BY_CODE = (
    select(workspaces.c.id, *COLUMNS)
    .join(workspaces, workspaces.c.pk == invites.c.workspace_pk)
    .where(invites.c.code_hash == bindparam("code_hash"), workspaces.c.deleted_at.is_(None))
)
_EMAILS = bindparam("emails", expanding=True, type_=invites.c.email_folded.type)
_INVITED = select(invites.c.email_folded).where(_HERE, _LIVE, invites.c.email_folded.in_(_EMAILS))
_SEATED = (
    select(users.c.email_folded)
    .join(members, members.c.user_id == users.c.id)
    .where(members.c.workspace_pk == bindparam("workspace_pk"), users.c.email_folded.in_(_EMAILS))
)
_OF_INVITERS = select(*COLUMNS).where(_HERE, _LIVE, invites.c.inviter_id.in_(bindparam("inviter_ids", expanding=True)))
_COUNT_PENDING = (
    select(invites.c.workspace_pk, func.count().label("n"))
    .where(invites.c.workspace_pk.in_(bindparam("pks", expanding=True)), _LIVE)
    .group_by(invites.c.workspace_pk)
)
_CHANGED = ("state", "revoked_by", "uses", "version")
_SENT_AGAIN = ("mail", "inviter_id", "inviter_name", "sent_at", "expires_at", "version", "code_hash", "words")


def _save(columns: Iterable[str]) -> Any:
    values = {name: bindparam(f"new_{name}", type_=invites.c[name].type) for name in columns}
    return update(invites).where(invites.c.pk == bindparam("invite_pk")).values(values)


_SAVE = _save(_CHANGED)
_SEND_AGAIN = _save(_SENT_AGAIN)
_CALL = _save(("inviter_name", "words"))
_OF_INVITER = select(*COLUMNS).where(_HERE, invites.c.inviter_id == bindparam("inviter"))
_REPLACE_CODE = (
    update(invites)
    .where(invites.c.id == bindparam("invite_id"), invites.c.version == bindparam("seen"), invites.c.uses == 0)
    .where(_PENDING)
    .values(code_hash=bindparam("new_hash"))
)


def invite_row(row: Sequence[Any]) -> InviteRow:
    """A row of `COLUMNS` in the words of the domain."""
    stored = InviteRow._make(row)
    return stored._replace(
        kind=InviteKind(stored.kind),
        role=ROLES[int(row[6])],
        state=InviteStatus(stored.state),
        mail=Mail(stored.mail) if stored.mail else None,
    )


def by_pk(connection: Connection, pks: Collection[int]) -> dict[int, InviteRow]:
    """These invites, by row id."""
    return {row.pk: row for row in map(invite_row, connection.execute(_BY_PK, {"pks": list(pks)}))}


def read(connection: Connection, workspace_pk: int, invite_id: str) -> InviteRow | None:
    found = connection.execute(_BY_ID, {"workspace_pk": workspace_pk, "invite_id": invite_id}).one_or_none()
    return invite_row(found) if found else None


def by_code(connection: Connection, code: str) -> tuple[str, InviteRow] | None:
    """The invite of a code, and the id of its workspace; None where there is none, or no workspace any more."""
    found = connection.execute(_BY_CODE, {"code_hash": digest(code)}).one_or_none()
    return (found[0], invite_row(found[1:])) if found else None


def invited(connection: Connection, workspace_pk: int, emails: Collection[str], now: int) -> set[str]:
    """Those of these folded addresses that have a pending invite."""
    values = {"workspace_pk": workspace_pk, "emails": list(emails), "present": now}
    return set(connection.execute(_INVITED, values).scalars())


def seated(connection: Connection, workspace_pk: int, emails: Collection[str]) -> set[str]:
    """Those of these folded addresses that a member has, disabled or not."""
    return set(connection.execute(_SEATED, {"workspace_pk": workspace_pk, "emails": list(emails)}).scalars())


def has_account(connection: Connection, email: str, *, proved: bool) -> bool:
    """Whether an account has this folded address; with `proved`, whether one has proved it."""
    has = users.c.email_folded == email
    return bool(connection.execute(select(exists().where(has & users.c.email_proved if proved else has))).scalar_one())


def pending_of(connection: Connection, workspace_pk: int, inviter_ids: Collection[str], now: int) -> list[InviteRow]:
    """The pending invites that these users sent."""
    values = {"workspace_pk": workspace_pk, "inviter_ids": list(inviter_ids), "present": now}
    return [invite_row(row) for row in connection.execute(_OF_INVITERS, values)]


def pending_counts(connection: Connection, workspace_pks: Collection[int], now: int) -> dict[int, int]:
    """How many pending invites each of these workspaces has, by row id; 0 is left out."""
    found = connection.execute(_COUNT_PENDING, {"pks": list(workspace_pks), "present": now})
    return {row.workspace_pk: row.n for row in found}


def add(connection: Connection, workspace_pk: int, rows: Sequence[InviteRow]) -> list[str]:
    """Writes new invites, whose row ids are given here: the code of each. The workspace must be locked."""
    codes = [_new_code() for _ in rows]
    first = search.next_pk(connection, invites, workspace_pk)
    dialect = connection.dialect.name
    connection.execute(
        insert(invites),
        [
            {**stored(dialect, row, digest(code)), "pk": pk}
            for pk, (row, code) in enumerate(zip(rows, codes, strict=True), first)
        ],
    )
    return codes


def save(connection: Connection, rows: Iterable[InviteRow]) -> None:
    """Writes what using and revoking change. The workspace must be locked."""
    changed = [
        {
            "invite_pk": row.pk,
            "new_state": row.state.value,
            "new_revoked_by": row.revoked_by,
            "new_uses": row.uses,
            "new_version": row.version,
        }
        for row in rows
    ]
    if changed:
        connection.execute(_SAVE, changed)


def send_again(connection: Connection, row: InviteRow) -> str:
    """Writes what sending again changes: the new code; the old one is dead. The workspace must be locked."""
    code = _new_code()
    values = stored(connection.dialect.name, row, digest(code))
    connection.execute(_SEND_AGAIN, {"invite_pk": row.pk, **{f"new_{name}": values[name] for name in _SENT_AGAIN}})
    return code


def rename_inviter(connection: Connection, workspace_pk: int, user_id: str, username: str) -> None:
    """Carries a user's new username into the invites that they sent. The workspace must be locked."""
    found = connection.execute(_OF_INVITER, {"workspace_pk": workspace_pk, "inviter": user_id})
    sent = [invite_row(row)._replace(inviter_name=username) for row in found]
    if sent:
        dialect = connection.dialect.name
        renamed = [
            {"invite_pk": row.pk, "new_inviter_name": username, "new_words": found_by(dialect, row)} for row in sent
        ]
        connection.execute(_CALL, renamed)


def replace_code(connection: Connection, invite_id: str, version: int) -> str | None:
    """A code in place of that of an invite nobody has used or changed since; else None."""
    code = _new_code()
    values = {"invite_id": invite_id, "seen": version, "new_hash": digest(code)}
    return code if connection.execute(_REPLACE_CODE, values).rowcount == 1 else None


def has_status(status: InviteStatus) -> ColumnElement[bool]:
    """The condition of a status, with the bind `present`."""
    if status == InviteStatus.PENDING:
        return _LIVE
    if status == InviteStatus.EXPIRED:
        return _PENDING & invites.c.expires_at.between(1, bindparam("present"))
    return invites.c.state == status.value


def _new_code() -> str:
    return new_secret("ic")


def stored(dialect: str, row: InviteRow, code_hash: bytes) -> dict[str, Any]:
    """Every column of an invite."""
    return {
        **row._asdict(),
        "kind": row.kind.value,
        "role": ROLE_NUMBER[row.role],
        "state": row.state.value,
        "mail": row.mail.value if row.mail else None,
        "email_folded": (row.email or "").casefold(),
        "email_key": fold(row.email or "")[:KEY_LIMIT],
        "code_hash": code_hash,
        "words": found_by(dialect, row),
    }


def found_by(dialect: str, row: InviteRow) -> str:
    """The words that an invite is found by."""
    return search.kept_words(dialect, row.workspace_pk, (row.email, row.label, row.inviter_name))

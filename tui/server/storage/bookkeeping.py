"""What is written without activity or revision: last used, last active, logins of organizations, rates, sweeps."""

from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, bindparam, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.domain.errors import Refused
from tui.domain.invites import Mail
from tui.server.storage.engine import Store
from tui.server.storage.idempotency import KEPT
from tui.server.storage.sessions import LAST_SIGN, LIFETIME
from tui.server.storage.tables import (
    activity,
    email_codes,
    idempotency_keys,
    invites,
    members,
    rates,
    sessions,
    sign_ins,
    tokens,
    workspace_names,
    workspaces,
)
from tui.server.storage.times import DAY, MINUTE, SECOND, now

ACCURACY = 5 * MINUTE
"""How old a time of use may be before it is written anew."""

RATE = 20
"""Calls a minute and address of what can be tried by somebody who is not signed in."""


class Quota(NamedTuple):
    """How many mails one sender may cause in a day (UTC), and what is said of more."""

    act: str
    most: int
    said: str


INVITE_MAILS = Quota("invites.mail", 500, "A workspace sends at most 500 invites by mail in a day. Try again tomorrow.")
"""Of a workspace."""

CODE_MAILS = Quota("account.mail", 20, "An account gets at most 20 codes by mail in a day. Try again tomorrow.")
"""Of an account: whose mailbox it is that the code goes to, is not known yet."""

SWEEP = 500
"""Rows that one transaction of a sweep removes: a fraction of a second."""

_LEFT_BEHIND: tuple[tuple[Column[int], ColumnElement[bool]], ...] = (
    (invites.c.pk, invites.c.workspace_pk == bindparam("workspace_pk")),
    (tokens.c.pk, tokens.c.workspace_pk == bindparam("workspace_pk")),
    (members.c.pk, members.c.workspace_pk == bindparam("workspace_pk")),
    (activity.c.pk, (activity.c.workspace_pk == bindparam("workspace_pk")) & activity.c.account_id.is_(None)),
)
"""What a deleted workspace had; accounts keep what stands in their own logs."""

_DELETED = select(workspaces.c.pk).where(workspaces.c.deleted_at.is_not(None))

_USED = (
    update(sessions)
    .where(sessions.c.id == bindparam("session_id"), sessions.c.last_used_at < bindparam("used_at"))
    .values(last_used_at=bindparam("used_at"), last_ip=bindparam("ip"))
)
_TOKEN_USED = (
    update(tokens)
    .where(tokens.c.id == bindparam("token_id"), tokens.c.last_used_at < bindparam("used_at"))
    .values(last_used_at=bindparam("used_at"))
)
_ACTIVE = (
    update(members)
    .where(members.c.pk == bindparam("member_pk"), members.c.last_active_at < bindparam("active_at"))
    .values(last_active_at=bindparam("active_at"))
)

_CALLED = (
    update(workspaces)
    .where(workspaces.c.github_org_id == bindparam("org_id"), workspaces.c.github_org_login != bindparam("login"))
    .values(github_org_login=bindparam("login"))
)
_MAILED = (
    update(invites)
    .where(invites.c.id == bindparam("invite_id"), invites.c.code_hash == bindparam("of_code"))
    .values(mail=bindparam("new_mail"), sent_at=bindparam("new_sent_at"))
)


class Seen(NamedTuple):
    """What a call showed: which session or token was used from where, which member was active.

    None where that is known.
    """

    at: int
    session_id: str | None
    token_id: str | None
    ip: str | None
    member_pk: int | None


def note(store: Store, seen: Seen) -> None:
    """Writes when a session or token was used and a member active, unless others write now: then the next call does.

    Nothing that goes wrong here concerns the call that was made.
    """
    if seen.session_id is None and seen.token_id is None and seen.member_pk is None:
        return
    with suppress(Refused), store.attempting() as connection:
        if seen.session_id is not None:
            connection.execute(_USED, {"session_id": seen.session_id, "used_at": seen.at, "ip": seen.ip})
        if seen.token_id is not None:
            connection.execute(_TOKEN_USED, {"token_id": seen.token_id, "used_at": seen.at})
        if seen.member_pk is not None:
            connection.execute(_ACTIVE, {"member_pk": seen.member_pk, "active_at": seen.at})


def note_organization(store: Store, org_id: str, login: str) -> None:
    """Lets every workspace of an organization call it as GitHub does today (W4); waits for nobody, as `note`."""
    with suppress(Refused), store.attempting() as connection:
        connection.execute(_CALLED, {"org_id": org_id, "login": login})


def count_call(store: Store, act: str, address: str | None) -> None:
    """Counts a call from an address, the same for all replicas; one from nowhere is not counted.

    Embedded calls come from the loopback address.

    Raises `Refused("rate_limited")` for the calls after `RATE` in a minute.
    """
    if address is None:
        return
    present = now()
    with store.writing() as connection:
        calls = _count(connection, act, address, present // MINUTE, 1)
    if calls > RATE:
        raise Refused("rate_limited", retry_after=_seconds_left(present, MINUTE))


def count_mails(connection: Connection, quota: Quota, sender_id: str, mails: int, present: int) -> None:
    """Counts mails that are about to go out, in the transaction that writes what they carry.

    Raises `Refused("rate_limited")` for those beyond the quota.
    """
    today = present // DAY * (DAY // MINUTE)
    if _count(connection, quota.act, sender_id, today, mails) > quota.most:
        raise Refused("rate_limited", quota.said, retry_after=_seconds_left(present, DAY))


def note_mail(store: Store, invite_id: str, code_hash: bytes, *, sent: bool) -> None:
    """Writes what became of the mail with a code, unless the invite has another code by now (I1)."""
    became = Mail.SENT if sent else Mail.FAILED
    with store.writing() as connection:
        connection.execute(
            _MAILED,
            {
                "invite_id": invite_id,
                "of_code": code_hash,
                "new_mail": became.value,
                "new_sent_at": now() if sent else None,
            },
        )


def fail_queued_mails(store: Store) -> None:
    """Counts as failed what was queued when a server ended: nobody has those codes any more.

    Another server that is sending one of them right now says so once it is sent.
    """
    queued = invites.c.mail == Mail.QUEUED.value
    with store.writing() as connection:
        connection.execute(update(invites).where(queued).values(mail=Mail.FAILED.value))


def _count(connection: Connection, act: str, address: str, minute: int, calls: int) -> int:
    """How many there are, with these, in the time that began at a minute."""
    row = {"act": act, "address": address, "minute": minute, "calls": calls}
    return int(connection.execute(_COUNT[connection.dialect.name], row).scalar_one())


def _seconds_left(present: int, span: int) -> int:
    """Whole seconds until a span of time, one of many that follow each other, is over."""
    return -(-(span - present % span) // SECOND)


def sweep(store: Store) -> None:
    """Removes what has expired: keys of requests, sessions, sign-ins, codes, names held, counts, deleted workspaces.

    In many short transactions: others write between them.
    """
    present = now()
    with store.writing() as connection:
        connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < present - KEPT))
        connection.execute(delete(sessions).where(present - LIFETIME >= LAST_SIGN))
        connection.execute(delete(workspace_names).where(workspace_names.c.held_until <= present))
        connection.execute(delete(sign_ins).where(sign_ins.c.expires_at <= present))
        connection.execute(delete(email_codes).where(email_codes.c.expires_at <= present))
        connection.execute(delete(rates).where(rates.c.minute < (present - DAY) // MINUTE))
        deleted = connection.execute(_DELETED).scalars().all()
    for workspace_pk in deleted:
        for column, condition in _LEFT_BEHIND:
            while _sweep_some(store, column, condition, workspace_pk):
                pass
        with store.writing() as connection:
            connection.execute(delete(workspaces).where(workspaces.c.pk == workspace_pk))


def _sweep_some(store: Store, pk: Column[int], condition: ColumnElement[bool], workspace_pk: int) -> bool:
    """Removes some of a deleted workspace's rows of one table; False when none was left."""
    with store.writing() as connection:
        values = {"workspace_pk": workspace_pk}
        some = connection.execute(select(pk).where(condition).limit(SWEEP), values).scalars().all()
        connection.execute(delete(pk.table).where(pk.in_(some)))
    return bool(some)


def sweep_embedded(connection: Connection, present: int) -> None:
    """Removes the sessions that programs left behind on this computer, unused for a day."""
    connection.execute(delete(sessions).where(sessions.c.embedded, present - DAY >= LAST_SIGN))


def _counted(upsert: Any) -> Any:
    statement = upsert(rates)
    more = statement.excluded.calls
    again = case((rates.c.minute == statement.excluded.minute, rates.c.calls + more), else_=more)
    return statement.on_conflict_do_update(
        index_elements=["act", "address"], set_={"minute": statement.excluded.minute, "calls": again}
    ).returning(rates.c.calls)


_COUNT = {"sqlite": _counted(upsert_sqlite), "postgresql": _counted(upsert_postgresql)}

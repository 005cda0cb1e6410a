"""Sessions: credentials of users, one a device (S1, S3)."""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, case, delete, insert, select, update

from tui.domain.queries import Page, Place
from tui.domain.users import Device, DeviceAsk, Session
from tui.server.storage.paging import Key, binds, counted, ordered, read_page, total_of
from tui.server.storage.secrets import digest, new_id, new_secret
from tui.server.storage.tables import sessions, users
from tui.server.storage.times import DAY, moment

LIFETIME = 90 * DAY
"""Microseconds that a session may lie unused."""

COLUMNS = (
    sessions.c.id,
    sessions.c.device_name,
    sessions.c.device_platform,
    sessions.c.device_app,
    sessions.c.created_at,
    sessions.c.last_used_at,
    sessions.c.last_ip,
)
LAST_SIGN = case((sessions.c.last_used_at > 0, sessions.c.last_used_at), else_=sessions.c.created_at)
"""When a session was last used, or else made."""

_BY_ID = select(*COLUMNS, sessions.c.user_id).where(sessions.c.id == bindparam("session_id"))
_CREDENTIAL = (
    select(
        sessions.c.id,
        sessions.c.secret_hash,
        sessions.c.last_used_at,
        sessions.c.created_at,
        sessions.c.device_name,
        users.c.id,
        users.c.username,
        users.c.sso_managed,
    )
    .join(users, users.c.id == sessions.c.user_id)
    .where(sessions.c.id == bindparam("session_id"))
)
_OWN = (
    delete(sessions).where(sessions.c.user_id == bindparam("user_id")).returning(sessions.c.id, sessions.c.device_name)
)
_END = _OWN.where(sessions.c.id == bindparam("session_id"))
_END_OTHERS = _OWN.where(sessions.c.id != bindparam("session_id"))


class Credential(NamedTuple):
    """What is stored under a session's id, with its user."""

    session_id: str
    secret_hash: bytes
    last_used_at: int
    created_at: int
    device: str
    user_id: str
    username: str
    sso_managed: bool

    @property
    def expires_at(self) -> int:
        return (self.last_used_at or self.created_at) + LIFETIME


def credential(connection: Connection, session_id: str) -> Credential | None:
    found = connection.execute(_CREDENTIAL, {"session_id": session_id}).one_or_none()
    return Credential(*found) if found else None


def create(
    connection: Connection, user_id: str, device: DeviceAsk, ip: str | None, now: int, *, embedded: bool = False
) -> tuple[str, str]:
    """A new session's id and secret."""
    session_id, secret = new_id("se"), new_secret("ss")
    connection.execute(
        insert(sessions),
        {
            "id": session_id,
            "secret_hash": digest(secret),
            "user_id": user_id,
            "device_name": device.name,
            "device_platform": device.platform,
            "device_app": device.app,
            "embedded": embedded,
            "created_at": now,
            "last_used_at": 0,
            "last_ip": ip,
        },
    )
    return session_id, secret


def new_secret_if_unused(connection: Connection, session_id: str) -> str | None:
    """A secret in place of the first, for a session that was never used; else None."""
    secret = new_secret("ss")
    unused = (sessions.c.id == session_id) & (sessions.c.last_used_at == 0)
    changed = connection.execute(update(sessions).where(unused).values(secret_hash=digest(secret)))
    return secret if changed.rowcount == 1 else None


def read(connection: Connection, session_id: str, *, current: bool) -> Session:
    """A session that exists."""
    row = connection.execute(_BY_ID, {"session_id": session_id}).one()
    return _session(row, row.id if current else None)


def end(connection: Connection, user_id: str, session_id: str) -> str | None:
    """Ends one session of a user: its device's name, or None when the user has no such session."""
    found = connection.execute(_END, {"user_id": user_id, "session_id": session_id}).one_or_none()
    return found.device_name if found else None


def end_others(connection: Connection, user_id: str, session_id: str) -> list[tuple[str, str]]:
    """Ends every other session of a user: their ids and devices."""
    found = connection.execute(_END_OTHERS, {"user_id": user_id, "session_id": session_id})
    return [(ended.id, ended.device_name) for ended in found]


def end_embedded(connection: Connection, session_id: str) -> None:
    """Ends a session of a program on this computer, if it is there."""
    connection.execute(delete(sessions).where(sessions.c.id == session_id, sessions.c.embedded))


def page(connection: Connection, user_id: str, current: str | None, now: int, place: Place) -> Page[Session]:
    """The sessions of a user that are good, the newest first."""
    values = {"user_id": user_id, "oldest": now - LIFETIME}
    total = total_of(connection, _count(), values, searched=False)
    fetch = partial(_fetch, connection, values, current)
    return read_page(place, ("sessions", user_id), tuple[int, str], total, fetch)


def _fetch(
    connection: Connection,
    values: dict[str, Any],
    current: str | None,
    beside: Key | None,
    *,
    backwards: bool,
    offset: int,
    limit: int,
) -> Sequence[tuple[Key, Session]]:
    statement = _page(seek=beside is not None, descending=not backwards)
    found = connection.execute(statement, {**values, **binds(beside, offset=offset, limit=limit)})
    return [((row.created_at, row.id), _session(row, current)) for row in found]


def _good() -> Select[Any]:
    return select(*COLUMNS).where(sessions.c.user_id == bindparam("user_id"), bindparam("oldest") < LAST_SIGN)


@cache
def _page(*, seek: bool, descending: bool) -> Select[Any]:
    return ordered(_good(), (sessions.c.created_at, sessions.c.id), descending=descending, seek=seek)


@cache
def _count() -> Select[Any]:
    return counted(_good())


def _session(row: Any, current: str | None) -> Session:
    last = row.last_used_at or row.created_at
    return Session(
        id=row.id,
        device=Device(name=row.device_name, platform=row.device_platform, app=row.device_app),
        current=row.id == current,
        created_at=moment(row.created_at),
        last_used_at=moment(last),
        last_ip=row.last_ip,
        expires_at=moment(last + LIFETIME),
    )

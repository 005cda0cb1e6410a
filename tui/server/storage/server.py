"""What the server keeps about itself: the owner of an embedded one, the set-up link of an empty one."""

from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.server.storage.secrets import digest, matches
from tui.server.storage.tables import server

_ROW = {"pk": 1}
_ADD: dict[str, Any] = {
    "sqlite": upsert_sqlite(server).on_conflict_do_nothing(),
    "postgresql": upsert_postgresql(server).on_conflict_do_nothing(),
}
_READ = select(server.c.embedded_user_id, server.c.set_up_hash, server.c.set_up_expires_at)
_USE_UP = update(server).where(server.c.set_up_hash == bindparam("used")).values(set_up_hash=None)


def embedded_user(connection: Connection) -> str | None:
    """The id of the user whose data folder this is."""
    return connection.execute(select(server.c.embedded_user_id)).scalar()


def set_embedded_user(connection: Connection, user_id: str) -> None:
    connection.execute(_ADD[connection.dialect.name], _ROW)
    connection.execute(update(server).values(embedded_user_id=user_id))


def forget_embedded_user(connection: Connection, user_id: str) -> None:
    """Leaves a data folder without an owner, where it was this user: its next start makes a new one."""
    connection.execute(update(server).where(server.c.embedded_user_id == user_id).values(embedded_user_id=None))


def set_set_up_code(connection: Connection, code: str, expires_at: int) -> None:
    """Keeps a new code, by hash; the one before it is dead."""
    connection.execute(_ADD[connection.dialect.name], _ROW)
    connection.execute(update(server).values(set_up_hash=digest(code), set_up_expires_at=expires_at))


def use_set_up_code(connection: Connection, code: str, now: int) -> bool:
    """Whether the code is the one that was kept and is good; it is used up by this. Of two at once one wins."""
    row = connection.execute(_READ).one_or_none()
    if not matches(code, row.set_up_hash if row else None) or row is None or row.set_up_expires_at <= now:
        return False
    return connection.execute(_USE_UP, {"used": row.set_up_hash}).rowcount == 1

"""The codes that prove an address: one a user, good for an hour and a few tries (S5)."""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.server.storage.engine import Store
from tui.server.storage.secrets import digest, matches
from tui.server.storage.tables import email_codes
from tui.server.storage.times import MINUTE

LIFETIME = 60 * MINUTE
"""Microseconds that a code is good for."""
TRIES = 5

_COUNT = update(email_codes).where(email_codes.c.user_id == bindparam("owner")).values(tries=email_codes.c.tries + 1)
_READ = select(email_codes).where(email_codes.c.user_id == bindparam("owner"))
_REMOVE = delete(email_codes).where(email_codes.c.user_id == bindparam("owner"))


def put(connection: Connection, user_id: str, email: str, code: str, now: int) -> None:
    """Keeps a new code for an address, by hash; the user's code before it is dead."""
    row = {
        "user_id": user_id,
        "email": email,
        "code_hash": digest(code),
        "tries": 0,
        "expires_at": now + LIFETIME,
    }
    connection.execute(_PUT[connection.dialect.name], row)


def count_try(store: Store, user_id: str) -> None:
    """Counts a try in a transaction of its own, so that one that is refused counts too."""
    with store.writing() as connection:
        connection.execute(_COUNT, {"owner": user_id})


def use(connection: Connection, user_id: str, code: str, now: int) -> str | None:
    """The address that a code proves; None when it is wrong, used, expired or was tried too often."""
    kept = connection.execute(_READ, {"owner": user_id}).one_or_none()
    good = matches(code, kept.code_hash if kept else None)
    if kept is None or not good or kept.expires_at <= now or kept.tries > TRIES:
        return None
    forget(connection, user_id)
    return str(kept.email)


def forget(connection: Connection, user_id: str) -> None:
    """Makes a user's code worthless."""
    connection.execute(_REMOVE, {"owner": user_id})


def _put(upsert: Any) -> Any:
    statement = upsert(email_codes)
    fields = ("email", "code_hash", "tries", "expires_at")
    return statement.on_conflict_do_update(
        index_elements=["user_id"], set_={name: statement.excluded[name] for name in fields}
    )


_PUT = {"sqlite": _put(upsert_sqlite), "postgresql": _put(upsert_postgresql)}

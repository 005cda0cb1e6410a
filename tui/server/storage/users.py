"""Users."""

from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite
from sqlalchemy.exc import IntegrityError

from tui.domain.users import User
from tui.server.storage.secrets import new_id
from tui.server.storage.tables import users
from tui.server.storage.times import moment

COLUMNS = (
    users.c.id,
    users.c.username,
    users.c.display_name,
    users.c.email,
    users.c.email_proved,
    users.c.github_login,
    users.c.sso_managed,
    users.c.created_at,
    users.c.version,
)
_BY_ID = select(*COLUMNS).where(users.c.id == bindparam("user_id"))
_TAKEN = select(exists(select(users.c.id).where(users.c.username == bindparam("username"))))
_LOCK = select(users.c.id).where(users.c.id == bindparam("user_id")).with_for_update()
_CHANGE = update(users).where(users.c.id == bindparam("user_id")).values(version=users.c.version + 1)
_RENAME = _CHANGE.values(username=bindparam("new_username"), display_name=bindparam("new_display_name"))
_SET_EMAIL = _CHANGE.values(
    email=bindparam("new_email"), email_folded=bindparam("new_email_folded"), email_proved=bindparam("new_email_proved")
)
_REMOVE = delete(users).where(users.c.id == bindparam("user_id"))
_ANY = select(exists(select(users.c.id)))
_ADD: dict[str, Any] = {
    "sqlite": upsert_sqlite(users).on_conflict_do_nothing(index_elements=["username"]).returning(users.c.id),
    "postgresql": upsert_postgresql(users).on_conflict_do_nothing(index_elements=["username"]).returning(users.c.id),
}


def read(connection: Connection, user_id: str) -> User:
    """A user who exists."""
    row = connection.execute(_BY_ID, {"user_id": user_id}).one()
    return User(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        email_proved=row.email_proved,
        github_login=row.github_login,
        sso_managed=row.sso_managed,
        created_at=moment(row.created_at),
        version=row.version,
    )


def any_exist(connection: Connection) -> bool:
    return bool(connection.execute(_ANY).scalar_one())


def is_taken(connection: Connection, username: str) -> bool:
    """Whether somebody has this username."""
    return bool(connection.execute(_TAKEN, {"username": username}).scalar_one())


def add(connection: Connection, username: str, display_name: str, email: str | None, now: int) -> str | None:
    """A new user's id, or None when somebody has this username."""
    added = connection.execute(
        _ADD[connection.dialect.name],
        {
            "id": new_id("us"),
            "username": username,
            "display_name": display_name,
            "email": email,
            "email_folded": email.casefold() if email else None,
            "email_proved": False,
            "sso_managed": False,
            "created_at": now,
            "version": 1,
        },
    )
    return added.scalar_one_or_none()


def lock(connection: Connection, user_id: str) -> bool:
    """Whether the user is still there; nobody else changes or seats them until the transaction ends."""
    return connection.execute(_LOCK, {"user_id": user_id}).one_or_none() is not None


def rename(connection: Connection, user_id: str, username: str, display_name: str) -> bool:
    """Gives a user another username and display name; False when somebody has this username."""
    values = {"user_id": user_id, "new_username": username, "new_display_name": display_name}
    return _unless_taken(connection, _RENAME, values)


def set_email(connection: Connection, user_id: str, email: str, *, proved: bool) -> bool:
    """Gives a user another address; False when it is to be proved and somebody else has proved it."""
    values = {
        "user_id": user_id,
        "new_email": email,
        "new_email_folded": email.casefold(),
        "new_email_proved": proved,
    }
    return _unless_taken(connection, _SET_EMAIL, values)


def remove(connection: Connection, user_id: str) -> None:
    """Takes a user away who has no seat any more, with sessions and codes."""
    connection.execute(_REMOVE, {"user_id": user_id})


def _unless_taken(connection: Connection, statement: Update, values: dict[str, Any]) -> bool:
    """Of two at once one gets it: the unique index says which."""
    try:
        with connection.begin_nested():
            connection.execute(statement, values)
    except IntegrityError:
        return False
    return True

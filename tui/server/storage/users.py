"""Users."""

from typing import Any

from sqlalchemy import Connection, bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

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

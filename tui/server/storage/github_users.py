"""GitHub accounts linked to users; people are known by GitHub's numeric id, never by login (W4, U1)."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from tui.server.storage.tables import users


class Link(NamedTuple):
    """A user's GitHub account; `token` is sealed."""

    user_id: str
    github_id: str
    login: str
    token: bytes


_OF_USER = select(users.c.id, users.c.github_id, users.c.github_login, users.c.github_token).where(
    users.c.github_id.is_not(None), users.c.id == bindparam("user_id")
)
_ID_OF = select(users.c.id).where(users.c.github_id == bindparam("github_id"))
_LOCK = _ID_OF.with_for_update()
_CHANGE = (
    update(users)
    .where(users.c.id == bindparam("user_id"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("github_id", "github_login", "github_token")}
        | {"version": users.c.version + 1}
    )
)
_RENEW = (
    update(users)
    .where(users.c.id == bindparam("user_id"))
    .values(github_login=bindparam("new_login"), github_token=bindparam("new_token"))
)


def of_user(connection: Connection, user_id: str) -> Link | None:
    """The GitHub account of a user."""
    found = connection.execute(_OF_USER, {"user_id": user_id}).one_or_none()
    return Link(*found) if found else None


def is_linked(connection: Connection, github_id: str) -> bool:
    """Whether some user has this GitHub account."""
    return connection.execute(_ID_OF, {"github_id": github_id}).one_or_none() is not None


def lock_user_of(connection: Connection, github_id: str) -> str | None:
    """The id of the user who has this GitHub account, and whom nobody else changes until the transaction ends."""
    return connection.execute(_LOCK, {"github_id": github_id}).scalar_one_or_none()


def link(connection: Connection, link: Link) -> bool:
    """Gives a user a GitHub account; False when it is another user's. Of two at once one gets it."""
    values = {"new_github_id": link.github_id, "new_github_login": link.login, "new_github_token": link.token}
    try:
        with connection.begin_nested():
            connection.execute(_CHANGE, {"user_id": link.user_id, **values})
    except IntegrityError:
        return False
    return True


def unlink(connection: Connection, user_id: str) -> None:
    values = {"new_github_id": None, "new_github_login": None, "new_github_token": None}
    connection.execute(_CHANGE, {"user_id": user_id, **values})


def renew(connection: Connection, link: Link) -> None:
    """Keeps today's login and token of an account that is linked already."""
    connection.execute(_RENEW, {"user_id": link.user_id, "new_login": link.login, "new_token": link.token})

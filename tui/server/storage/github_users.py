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


_LINKS = select(users.c.id, users.c.github_id, users.c.github_login, users.c.github_token).where(
    users.c.github_id.is_not(None)
)
_OF_USER = _LINKS.where(users.c.id == bindparam("user_id"))
_OF_GITHUB = _LINKS.where(users.c.github_id == bindparam("github_id"))
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


def of_github(connection: Connection, github_id: str) -> Link | None:
    """The user who has this GitHub account."""
    found = connection.execute(_OF_GITHUB, {"github_id": github_id}).one_or_none()
    return Link(*found) if found else None


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

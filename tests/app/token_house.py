"""The tokens of the home that tests open: mine and others', in every state."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, update

from tui.domain.roles import Status
from tui.server.storage import tables, tokens
from tui.server.storage.members import STATUS_NUMBER
from tui.server.storage.times import micros

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_SECONDS_A_DAY = 24 * 3600


class Kept(NamedTuple):
    """A token of somebody's, with how long ago things happened to it; `lives` in days."""

    username: str
    name: str
    created: timedelta
    last_used: timedelta | None = None
    lives: int | None = None
    disabled_by: str | None = None


TOKENS = (
    Kept("grace-holm", "ci deploy", 200 * _DAY, 12 * _MINUTE),
    Kept("grace-holm", "laptop", 88 * _DAY, _DAY, 90),
    Kept("grace-holm", "nightly backup", 30 * _DAY, 3 * _HOUR, 365),
    Kept("grace-holm", "old notebook", 120 * _DAY, 70 * _DAY, 90),
    Kept("grace-holm", "staging trial", 60 * _DAY, 6 * _DAY, disabled_by="ada-fern"),
    Kept("grace-holm", "spare", 2 * _HOUR, None, 30),
    Kept("ada-fern", "release bot", 150 * _DAY, 4 * _MINUTE),
    Kept("ada-fern", "terraform", 40 * _DAY, 2 * _DAY, 180),
    Kept("alan-moss", "dashboards", 190 * _DAY, 100 * _DAY),
    Kept("donald-pine", "cron on rook", 100 * _DAY, 21 * _DAY),
    Kept("edsger-vale", "proof checker", 11 * _DAY, _HOUR, 90),
    Kept("katya-brook", "notebook", 50 * _DAY, 45 * _DAY, disabled_by="katya-brook"),
    Kept("ken-ash", "load test", 5 * _DAY, None, 6),
)


def tell_tokens(connection: Connection, workspace_pk: int, ids: dict[str, str], now: datetime) -> None:
    """Gives members of a workspace their tokens; `ids` maps usernames to user ids."""
    for kept in TOKENS:
        created = micros(now - kept.created)
        token_id, _ = tokens.add(
            connection,
            workspace_pk,
            user_id=ids[kept.username],
            username=kept.username,
            name=kept.name,
            lifetime=kept.lives and kept.lives * _SECONDS_A_DAY,
            now=created,
        )
        lived: dict[str, Any] = {"last_used_at": micros(now - kept.last_used) if kept.last_used else 0}
        if kept.disabled_by:
            lived |= {
                "status": STATUS_NUMBER[Status.DISABLED],
                "disabled_by": kept.disabled_by,
                "disabled_by_id": ids[kept.disabled_by],
                "version": 2,
            }
        connection.execute(update(tables.tokens).where(tables.tokens.c.id == token_id).values(lived))

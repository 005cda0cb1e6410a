"""What the list of tokens shows (T4)."""

from collections.abc import Collection
from datetime import datetime

from tui.domain.tokens import Token, TokenStatus
from tui.lists.column import WIDE, WIDEST, Cell, Column, Tone
from tui.lists.time import age, date, until

SORT_KEYS = ("created_at", "name", "username", "last_used_at", "expires_at")
"""The fields by which the service sorts tokens, its default first; that one is descending."""

_TONES: dict[str, Tone] = {TokenStatus.DISABLED: "danger", TokenStatus.EXPIRED: "danger"}


def status_cell(token: Token) -> Cell:
    """A token's status in its tone."""
    return Cell(token.status, _TONES.get(token.status, "muted"))


def _expires(token: Token, now: datetime) -> Cell:
    return Cell(until(token.expires_at, now), "muted")


def columns(held: Collection[str]) -> tuple[Column[Token], ...]:
    """The columns; `held` are the ids of which this machine holds the secret."""

    def here(token: Token, now: datetime) -> Cell:
        return Cell("yes" if token.id in held else "", "accent")

    return (
        Column("name", "Name", lambda t, now: Cell(t.name, "bright"), 18, 8, 2, sort="name"),
        Column("username", "Member", lambda t, now: Cell(t.username), 14, 8, 1, sort="username"),
        Column("status", "Status", lambda t, now: status_cell(t), 8),
        Column(
            "last_used_at",
            "Last used",
            lambda t, now: Cell(age(t.last_used_at, now), "muted"),
            11,
            sort="last_used_at",
            value=lambda t: t.last_used_at,
        ),
        Column("expires_at", "Expires", _expires, 10, sort="expires_at", value=lambda t: t.expires_at),
        Column("here", "Here", here, 4, value=lambda t: "yes" if t.id in held else "no"),
        Column("id", "Id", lambda t, now: Cell(t.id, "muted"), 23, 12, from_width=WIDE),
        Column(
            "created_at",
            "Created",
            lambda t, now: Cell(date(t.created_at), "muted"),
            10,
            from_width=WIDEST,
            sort="created_at",
            value=lambda t: t.created_at,
        ),
    )

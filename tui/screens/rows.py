"""What the rows of all lists have: an id, and what people call them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tui.domain.github import Joinable
from tui.domain.invites import Invite
from tui.domain.members import Member
from tui.domain.tokens import Token
from tui.domain.users import Session, User
from tui.domain.workspaces import Workspace


def row_id(row: Any) -> str:
    """The id that a row keeps wherever it stands; empty for what is no row of a list."""
    match row:
        case Member():
            return row.user_id
        case Joinable():
            return row.workspace_id
    return str(getattr(row, "id", ""))


def row_name(row: Any) -> str:
    """What people call a row; its id where it has no name."""
    match row:
        case Member() | User():
            return row.username
        case Session():
            return row.device.name
        case Workspace() | Joinable() | Invite() | Token():
            return row.name
    return str(row.id)


def rows_name(rows: Sequence[Any]) -> str:
    """What people call one row or several: `barbara-lake`, `3 members`; empty where there are none."""
    if len(rows) == 1:
        return row_name(rows[0])
    return f"{len(rows):,} {_NOUNS.get(type(rows[0]), 'rows')}" if rows else ""


_NOUNS: Mapping[type, str] = {Member: "members", Invite: "invites", Token: "tokens"}

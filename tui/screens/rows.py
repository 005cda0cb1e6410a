"""What the rows of all lists have: an id, and what people call them."""

from typing import Any

from tui.domain.members import Member
from tui.domain.workspaces import Workspace


def row_id(row: Any) -> str:
    """The id that a row keeps wherever it stands; empty for what is no row of a list."""
    return row.user_id if isinstance(row, Member) else str(getattr(row, "id", ""))


def row_name(row: Any) -> str:
    """What people call a row; its id where it has no name."""
    match row:
        case Member():
            return row.username
        case Workspace():
            return row.name
    return str(row.id)

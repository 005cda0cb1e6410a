"""What the list of profiles shows (P3)."""

from tui.lists.column import WIDE, Cell, Column
from tui.profiles.row import ProfileRow


def _state(row: ProfileRow) -> Cell:
    if row.reason:
        return Cell(row.reason, "muted" if row.is_modals_own else "danger")
    return Cell("its secret is in the file, in plain text", "danger") if row.plain_secret else Cell("usable", "ok")


def _mark(row: ProfileRow) -> Cell:
    """`*` for the active one; the one that decides here in its place is `>`."""
    return Cell("*" if row.active else ">" if row.decides else "", "accent")


PROFILES: tuple[Column[ProfileRow], ...] = (
    Column("active", "", lambda p, now: _mark(p), 1),
    Column("name", "Name", lambda p, now: Cell(p.name, "bright"), 16, 8, 1),
    Column("server", "Server", lambda p, now: Cell(p.server or "Modal", "muted"), 28, 10, 1),
    Column("reason", "State", lambda p, now: _state(p), 40, 16, 3),
    Column("token_id", "Token", lambda p, now: Cell(p.token_id or "-", "muted"), 23, from_width=WIDE),
    Column("workspace_id", "Workspace", lambda p, now: Cell(p.workspace_id or "-", "muted"), 23, from_width=WIDE),
)

"""What the list of one's sessions shows (S3)."""

from tui.domain.users import Session
from tui.lists.column import WIDE, WIDEST, Cell, Column
from tui.lists.time import age, date

SESSIONS: tuple[Column[Session], ...] = (
    Column("id", "Id", lambda s, now: Cell(s.id, "bright"), 23),
    Column("device", "Device", lambda s, now: Cell(s.device.name), 18, 8, 2),
    Column("current", "", lambda s, now: Cell("this one" if s.current else "", "accent"), 8),
    Column(
        "last_used_at",
        "Last used",
        lambda s, now: Cell(age(s.last_used_at, now), "muted"),
        11,
        value=lambda s: s.last_used_at,
    ),
    Column(
        "created_at",
        "Created",
        lambda s, now: Cell(date(s.created_at), "muted"),
        10,
        value=lambda s: s.created_at,
    ),
    Column("app", "Program", lambda s, now: Cell(s.device.app, "muted"), 12, 6, 1, from_width=WIDE),
    Column("platform", "Platform", lambda s, now: Cell(s.device.platform, "muted"), 12, 6, 1, from_width=WIDEST),
    Column("last_ip", "Address", lambda s, now: Cell(s.last_ip or "-", "muted"), 15, 7, from_width=WIDE),
    Column(
        "expires_at",
        "Expires",
        lambda s, now: Cell(date(s.expires_at), "muted"),
        10,
        from_width=WIDEST,
        value=lambda s: s.expires_at,
    ),
)

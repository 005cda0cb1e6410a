"""What the list of members shows (M4)."""

from datetime import datetime

from tui.domain.members import Member
from tui.domain.roles import JoinedBy, Role, Status
from tui.lists.column import WIDE, WIDEST, Cell, Column, Tone
from tui.lists.time import age, date

SORT_KEYS = ("username", "display_name", "email", "role", "status", "joined_at", "last_active_at")
"""The fields by which the service sorts members, its default first."""

_JOINED_BY = {JoinedBy.CREATED: "made it", JoinedBy.EMAIL: "email", JoinedBy.LINK: "link", JoinedBy.AUTO_JOIN: "GitHub"}
_ROLE_TONES: dict[Role, Tone] = {Role.OWNER: "owner", Role.MANAGER: "manager", Role.USER: "user"}


def role_cell(role: Role | None) -> Cell:
    """A role as lists show it; `-` where there is none."""
    return Cell(role.capitalize(), _ROLE_TONES.get(role, "text")) if role else Cell("-", "hint")


def _name(member: Member, now: datetime) -> Cell:
    return Cell(member.display_name, tail=" (you)" if member.is_self else "")


def _status(member: Member, now: datetime) -> Cell:
    return Cell(member.status, "danger" if member.status == Status.DISABLED else "muted")


def _tokens(member: Member, now: datetime) -> Cell:
    return Cell("-" if member.active_tokens is None else f"{member.active_tokens:,}", "muted")


def _joined_by(member: Member, now: datetime) -> Cell:
    return Cell(_JOINED_BY.get(member.joined_by, member.joined_by), "muted")


MEMBERS: tuple[Column[Member], ...] = (
    Column("username", "Username", lambda m, now: Cell(m.username, "bright"), 15, 12, 2, sort="username"),
    Column("display_name", "Name", _name, 19, 8, 2, sort="display_name", value=lambda m: m.display_name),
    Column(
        "email",
        "Email",
        lambda m, now: Cell(m.email or "-", "muted"),
        26,
        10,
        2,
        from_width=WIDE,
        sort="email",
        value=lambda m: m.email,
    ),
    Column("role", "Role", lambda m, now: role_cell(m.role), 9, sort="role", value=lambda m: m.role),
    Column("status", "Status", _status, 8, sort="status"),
    Column(
        "last_active_at",
        "Last active",
        lambda m, now: Cell(age(m.last_active_at, now), "muted"),
        11,
        sort="last_active_at",
        value=lambda m: m.last_active_at,
    ),
    Column(
        "joined_at",
        "Joined",
        lambda m, now: Cell(date(m.joined_at), "muted"),
        10,
        from_width=WIDEST,
        sort="joined_at",
        value=lambda m: m.joined_at,
    ),
    Column("joined_by", "Joined by", _joined_by, 9, from_width=WIDEST, value=lambda m: m.joined_by),
    Column(
        "active_tokens",
        "Tokens",
        _tokens,
        6,
        align="right",
        from_width=WIDEST,
        value=lambda m: m.active_tokens,
    ),
)

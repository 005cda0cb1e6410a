"""What the list of invites shows (I4)."""

from datetime import datetime

from tui.domain.invites import INVITER_LOST_RIGHTS, Invite, InviteStatus, Mail
from tui.lists.column import WIDE, WIDEST, Cell, Column, Tone
from tui.lists.members import role_cell
from tui.lists.time import date, until

SORT_KEYS = ("created_at", "email", "role", "expires_at")
"""The fields by which the service sorts invites, its default first."""

DEFAULT_SORT = f"-{SORT_KEYS[0]}"

_STATUSES: dict[InviteStatus, tuple[str, Tone]] = {
    InviteStatus.PENDING: ("pending", "muted"),
    InviteStatus.ACCEPTED: ("accepted", "ok"),
    InviteStatus.USED_UP: ("used up", "muted"),
    InviteStatus.EXPIRED: ("expired", "hint"),
    InviteStatus.REVOKED: ("revoked", "danger"),
}


def status_words(status: InviteStatus) -> str:
    """A status for people; one of a newer server as it is."""
    return _STATUSES.get(status, (status, "text"))[0]


def status_cell(invite: Invite) -> Cell:
    """The status, with a failed mail as a word in it."""
    if mail_failed(invite):
        return Cell("mail failed", "danger")
    return Cell(*_STATUSES.get(invite.status, (invite.status, "text")))


def mail_failed(invite: Invite) -> bool:
    """Whether somebody still waits for a code that no mail has brought."""
    return invite.status == InviteStatus.PENDING and invite.mail == Mail.FAILED


def why(invite: Invite) -> str:
    """Why it cannot be accepted at present, where that is not plain from its status (I7); else empty."""
    if invite.revoked_by == INVITER_LOST_RIGHTS:
        return "Revoked: its inviter may no longer give this role."
    if invite.revoked_by:
        return f"Revoked by {invite.revoked_by}."
    return "The mail did not arrive: send the invite again." if mail_failed(invite) else ""


def uses_words(invite: Invite) -> str:
    """How often it was used, of how often it may be: `2 of 5`, `2`."""
    return f"{invite.uses:,}" if invite.max_uses is None else f"{invite.uses:,} of {invite.max_uses:,}"


def _name(invite: Invite, now: datetime) -> Cell:
    return Cell(invite.name, "bright" if invite.email or invite.label else "muted")


def _expires(invite: Invite, now: datetime) -> Cell:
    ends = invite.status in {InviteStatus.PENDING, InviteStatus.EXPIRED}
    return Cell(until(invite.expires_at, now), "muted") if ends else Cell("-", "hint")


INVITES: tuple[Column[Invite], ...] = (
    Column("name", "Email or label", _name, 25, 10, 3, sort="email", value=lambda i: i.name),
    Column("role", "Role", lambda i, now: role_cell(i.role), 8, sort="role", value=lambda i: i.role),
    Column("status", "Status", lambda i, now: status_cell(i), 11, value=lambda i: i.status),
    Column("inviter", "Inviter", lambda i, now: Cell(i.inviter.username), 13, 8, 1),
    Column("expires_at", "Expires", _expires, 10, sort="expires_at", value=lambda i: i.expires_at),
    Column("uses", "Uses", lambda i, now: Cell(uses_words(i), "muted"), 9, from_width=WIDE, value=lambda i: i.uses),
    Column("mail", "Mail", lambda i, now: Cell(i.mail or "-", "muted"), 6, from_width=WIDE, value=lambda i: i.mail),
    Column(
        "created_at",
        "Created",
        lambda i, now: Cell(date(i.created_at), "muted"),
        10,
        from_width=WIDEST,
        sort="created_at",
        value=lambda i: i.created_at,
    ),
    Column("id", "Id", lambda i, now: Cell(i.id, "muted"), 23, from_width=WIDEST),
)

"""What the activity log shows (A1)."""

from collections.abc import Mapping
from datetime import datetime

from tui.domain.activity import Activity, ActorType, Target, TargetType
from tui.domain.acts import ActId
from tui.lists.column import WIDE, WIDEST, Cell, Column
from tui.lists.time import age, date

_PHRASES = {
    "users.create": "made an account",
    "account.set": "changed the account",
    "account.confirm_email": "proved the address of",
    "account.link_github": "linked GitHub to",
    "account.unlink_github": "unlinked GitHub from",
    "account.delete": "deleted the account",
    "sessions.create": "signed in",
    "sessions.end": "ended a session",
    "sessions.end_others": "ended all other sessions",
    "workspaces.create": "created",
    "workspaces.rename": "renamed",
    "workspaces.delete": "deleted",
    "workspaces.leave": "left",
    "members.join": "joined",
    "settings.set": "changed the settings of",
    "members.set_role": "changed the role of",
    "members.remove": "removed",
    "invites.send": "invited",
    "invites.link": "made the invite link",
    "invites.resend": "sent again the invite of",
    "invites.revoke": "revoked the invite of",
    "invites.accept": "accepted the invite of",
    "tokens.create": "made the token",
    "tokens.rename": "renamed the token",
    "tokens.rotate": "rotated the token",
    "tokens.delete": "deleted the token",
}
_STATUSES = {"members.set_status": "", "tokens.set_status": " the token"}


AN_INVITE_LINK = "an invite link"
"""Stands for the id of an invite that was given no name."""


def what(entry: Activity) -> str:
    """What was done, in words; an action of a newer server is named as it is."""
    if entry.action == ActId.MEMBERS_HAND_OVER:
        return "stepped down" if _is_on_themself(entry) else "handed over to"
    if entry.action in _STATUSES:
        done = "enabled" if (entry.after or {}).get("status") == "active" else "disabled"
        return done + _STATUSES[entry.action]
    phrase = _PHRASES.get(entry.action, entry.action)
    if AN_INVITE_LINK in map(_target_name, entry.targets):
        return phrase.partition(" the invite")[0]
    return phrase


def _is_on_themself(entry: Activity) -> bool:
    return any(target.type == TargetType.MEMBER and target.id == entry.actor.id for target in entry.targets)


def on_whom(entry: Activity) -> str:
    """The names of the targets, as they were then; without the workspace where there are others."""
    others = [_target_name(target) for target in entry.targets if target.type != TargetType.WORKSPACE]
    return ", ".join(others or [_target_name(target) for target in entry.targets])


def _target_name(target: Target) -> str:
    """What a target was called; a link without a label has but its id for a name."""
    is_unnamed = target.type == TargetType.INVITE and target.name == target.id
    return AN_INVITE_LINK if is_unnamed else target.name


def change(entry: Activity) -> str:
    """What became what: `role user > manager`."""
    before, after = entry.before or {}, entry.after or {}
    return ", ".join(_became(field, before, after) for field in {**before, **after})


Values = Mapping[str, str | int | bool | None]

_FIELDS = {
    "display_name": "name",
    "expires_at": "expires",
    "github": "GitHub",
    "github_org": "GitHub",
    "max_uses": "uses at most",
    "auto_join": "auto-join",
}
_MOMENTS = frozenset({"expires_at"})
_CODES = frozenset({"joined_by", "revoked_by"})
"""Fields whose values are words of the wire."""


def _became(field: str, before: Values, after: Values) -> str:
    sides = [_value(field, side[field]) for side in (before, after) if field in side]
    return f"{_FIELDS.get(field, field.replace('_', ' '))} {' > '.join(sides)}"


def _value(field: str, value: str | int | bool | None) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if field in _MOMENTS:
        return date(datetime.fromisoformat(str(value)) if value else None)
    if field in _CODES:
        return str(value).replace("_", " ")
    return "-" if value is None else str(value)


def from_where(entry: Activity) -> str:
    """Through which door and from which device or address."""
    place = entry.context.device or entry.context.ip
    return f"{entry.context.source}, {place}" if place else entry.context.source


def _who(entry: Activity, now: datetime) -> Cell:
    return Cell(entry.actor.name, "hint" if entry.actor.type == ActorType.SYSTEM else "bright")


ACTIVITY: tuple[Column[Activity], ...] = (
    Column("event_at", "When", lambda e, now: Cell(age(e.event_at, now), "muted"), 11, value=lambda e: e.event_at),
    Column("actor", "Who", _who, 15, 8, 2),
    Column("action", "What", lambda e, now: Cell(what(e)), 20, 10, 1),
    Column("targets", "On whom", lambda e, now: Cell(on_whom(e)), 20, 8, 2),
    Column("change", "Before and after", lambda e, now: Cell(change(e), "muted"), 26, 10, 2, from_width=WIDE),
    Column("context", "From where", lambda e, now: Cell(from_where(e), "muted"), 20, 8, 1, from_width=WIDEST),
)

"""What the parts of an account show: the person, sessions, profiles, where secrets are kept (S3, P3, T6)."""

from dataclasses import dataclass, replace
from datetime import datetime

from tui.domain.activity import Activity
from tui.domain.users import Session, User
from tui.lists.activity import on_whom, what
from tui.lists.column import WIDE, Cell, Column
from tui.lists.time import age

NOT_LINKED = "not linked"
NOTHING = Cell("")


@dataclass(frozen=True)
class Part:
    """One line. `row` is what it is about; `group` is named on the first line of each group only."""

    id: str
    name: str
    state: Cell = NOTHING
    note: str = ""
    group: str = ""
    row: object = None
    in_use: bool = False


def email_words(user: User) -> str:
    """The address, and whether it is proved."""
    return f"{user.email} ({proof(user).text})" if user.email else "none"


def proof(user: User) -> Cell:
    """Whether the address is known to be the person's (S5)."""
    return Cell("proved", "ok") if user.email_proved else Cell("not proved" if user.email else "", "muted")


def of_user(user: User) -> list[Part]:
    """Names, address, GitHub."""
    return [
        Part("user", user.display_name, Cell(user.username), user.id, "You", user),
        Part("email", user.email or "no address", proof(user), group="Email", row=user),
        Part("github", user.github_login or NOT_LINKED, group="GitHub", row=user),
    ]


def of_session(session: Session, now: datetime) -> Part:
    """A session, by its device."""
    state = Cell("this one", "accent") if session.current else Cell(age(session.last_used_at, now), "muted")
    note = f"{session.device.app} on {session.device.platform}" if session.device.platform else session.device.app
    return Part(session.id, session.device.name, state, note, "Sessions", session, session.current)


def of_latest(entry: Activity | None, now: datetime) -> Part:
    """The latest of the person's own acts."""
    said = f"{what(entry)} {on_whom(entry)}" if entry else "nothing yet"
    state = Cell(age(entry.event_at, now) if entry else "", "muted")
    return Part("activity", said, state, group="Activity", row=entry)


def grouped(parts: list[Part]) -> list[Part]:
    """The same, with each group named once."""
    named = [""] + [part.group for part in parts]
    return [
        replace(part, group="") if part.group == before else part for part, before in zip(parts, named, strict=False)
    ]


PARTS: tuple[Column[Part], ...] = (
    Column("group", "Part", lambda part, now: Cell(part.group, "muted"), 10),
    Column("name", "What", lambda part, now: Cell(part.name, "bright"), 26, 12, 2),
    Column("state", "State", lambda part, now: part.state, 30, 10, 3),
    Column("note", "More", lambda part, now: Cell(part.note, "muted"), 24, 8, 1, from_width=WIDE),
)

"""How things stand with the server, in words."""

from datetime import datetime
from typing import Literal, NamedTuple

from tui.lists.column import Tone

State = Literal["reading", "online", "away", "not opened"]

_TONES: dict[State, Tone] = {"reading": "hint", "online": "ok", "away": "danger", "not opened": "danger"}
_MINUTE = 60


class Connection(NamedTuple):
    """`since` is when the server last answered, or when it went away after having been there."""

    state: State
    since: datetime | None = None

    def words(self, now: datetime, *, shows_rows: bool) -> tuple[str, str]:
        """The state in a word, and the rest of the sentence: `online`, `2 s ago`.

        `shows_rows` is whether anything of the server is on the screen.
        """
        if self.state == "reading":
            return "reading…", ""
        if self.since is None:
            return self.state, ""
        if self.state == "away":
            since = f"since {self.since.astimezone():%H:%M}"
            return "away", f"{since}: showing what was there" if shows_rows else since
        seconds = max(int((now - self.since).total_seconds()), 0)
        return "online", f"{seconds} s ago" if seconds < _MINUTE else f"{seconds // _MINUTE} min ago"

    @property
    def tone(self) -> Tone:
        return _TONES[self.state]

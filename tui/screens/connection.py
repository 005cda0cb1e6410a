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

    def words(self, now: datetime) -> tuple[str, str]:
        """The state in a word, and since when: `online`, `2 s ago`."""
        if self.state == "reading":
            return "reading…", ""
        if self.since is None:
            return self.state, ""
        if self.state == "away":
            return "away", f"since {self.since.astimezone():%H:%M}"
        seconds = max(int((now - self.since).total_seconds()), 0)
        return "online", f"{seconds} s ago" if seconds < _MINUTE else f"{seconds // _MINUTE} min ago"

    @property
    def tone(self) -> Tone:
        return _TONES[self.state]

"""What stands in a list's place when it has no rows: four different texts, each with the key that helps."""

from typing import NamedTuple

from tui.domain.errors import Failure, Unreachable
from tui.lists.column import Tone

PASSING = frozenset({429, 500, 503})
"""The statuses of what may be over when it is tried again."""


class Nothing(NamedTuple):
    """Why there are no rows. `id` is whose key helps, with the word for what it does."""

    sentence: str
    id: str = ""
    word: str = ""
    tone: Tone = "text"


def state_of(
    noun: str, failure: Failure | None, *, is_read: bool, total: int, is_narrowed: bool, empty: Nothing | None
) -> Nothing | None:
    """The text for a list of `noun`; None when there are rows to show. `empty` is what it says of itself."""
    if not is_read:
        return _unread(noun, failure)
    if total:
        return None
    if is_narrowed:
        return Nothing(f"No {noun} match the search and the filter.", "app.back", "Clear search")
    return empty or Nothing(f"There are no {noun} here.", "app.read_again", "Read again")


def _unread(noun: str, failure: Failure | None) -> Nothing:
    match failure:
        case None:
            return Nothing(f"Reading {noun}…", tone="muted")
        case Unreachable():
            return Nothing(failure.detail, "app.read_again", "Try again", "danger")
        case Failure() if failure.status in PASSING:
            return Nothing(failure.detail, "app.read_again", "Try again")
    return Nothing(failure.detail, "app.back", "Back")

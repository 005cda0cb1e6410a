"""The sections of the app: their numbers are fixed."""

from typing import NamedTuple

from tui.domain.acts import ActId


class Section(NamedTuple):
    """`needs` is the act that a person must be allowed for what the section shows."""

    number: int
    name: str
    title: str
    needs: ActId | None = None


WORKSPACES = Section(1, "workspaces", "Workspaces")
MEMBERS = Section(2, "members", "Members")
INVITES = Section(3, "invites", "Invites", needs=ActId.INVITES_SEND)
TOKENS = Section(4, "tokens", "Tokens")
ACTIVITY = Section(5, "activity", "Activity", needs=ActId.ACTIVITY_LIST)
SETTINGS = Section(6, "settings", "Settings")
ACCOUNT = Section(7, "account", "Account")

SECTIONS = (WORKSPACES, MEMBERS, INVITES, TOKENS, ACTIVITY, SETTINGS, ACCOUNT)
"""Every section that there is, in their order."""


def beside(number: int, step: int) -> int:
    """The number of the section before (-1) or after (1) one; at an end, the one at the other end."""
    numbers = [section.number for section in SECTIONS]
    return numbers[(numbers.index(number) + step) % len(numbers)]

"""What `doctor` has looked at: how it is, and what a person can do about it."""

from typing import NamedTuple

from tui.lists.column import Cell


class Check(NamedTuple):
    """`works` is None where it cannot be known, or where nothing has to work."""

    name: str
    works: bool | None
    found: str
    advice: str = ""


def state(check: Check) -> Cell:
    """How it is, in a word."""
    if check.works is None:
        return Cell("note", "muted")
    return Cell("works", "ok") if check.works else Cell("fails", "danger")

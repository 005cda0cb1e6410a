"""Disabling and enabling, the same for members and for tokens (M3, T3)."""

from collections.abc import Sequence
from typing import Protocol

from tui.domain.roles import Status


class HasStatus(Protocol):
    @property
    def status(self) -> str: ...


def other_status(rows: Sequence[HasStatus]) -> Status:
    """The status that `d` gives: enabled when all are disabled, else disabled."""
    all_disabled = bool(rows) and all(row.status == Status.DISABLED for row in rows)
    return Status.ACTIVE if all_disabled else Status.DISABLED


def word(rows: Sequence[HasStatus]) -> str:
    """What `d` does to them: `Disable`, `Enable`."""
    return "Enable" if other_status(rows) == Status.ACTIVE else "Disable"


def participle(status: Status) -> str:
    """What becomes of who gets a status: `disabled`, `enabled`."""
    return "enabled" if status == Status.ACTIVE else "disabled"

"""In which order refusals come where several apply ("Errors" of `workspaces.md`)."""

from collections.abc import Iterable
from typing import Protocol

from tui.domain.errors import Conflict, Refused

_BEFORE_VERSIONS = frozenset(
    {"session_required", "member_disabled", "role_forbidden", "personal_workspace", "self_disable", "self_remove"}
)
"""What the caller may not do at all, whatever they saw; other codes speak of the state as it is."""


class Versioned(Protocol):
    @property
    def version(self) -> int | None: ...


def refuse(codes: Iterable[str | None], seen: int | None, present: Versioned) -> None:
    """Raises `Refused` with the first of the codes that apply, or `Conflict` with what is present (M5).

    `seen` is the version that the caller saw, None for whatever is there.
    """
    given = [code for code in codes if code]
    if forbidden := next((code for code in given if code in _BEFORE_VERSIONS), None):
        raise Refused(forbidden)
    if seen is not None and seen != present.version:
        raise Conflict(present)
    if given:
        raise Refused(given[0])

"""What a backend can do, said before anything is asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.domain.errors import NotOffered

MEMBERS_LIST = "members.list"
TOKENS_LIST = "tokens.list"
WATCH = "watch"


@dataclass(frozen=True)
class Capabilities:
    """The act ids and features that a backend offers, with a sentence for each that it does not."""

    offered: frozenset[str]
    unavailable: Mapping[str, str] = field(default_factory=dict)

    def reason_without(self, capability: str) -> str | None:
        """Why a capability is not offered, as a sentence; None when it is."""
        if capability in self.offered:
            return None
        return self.unavailable.get(capability, "This server does not offer it.")

    def require(self, capability: str) -> None:
        """Raise `NotOffered` unless the backend offers it."""
        if reason := self.reason_without(capability):
            raise NotOffered(capability, reason)

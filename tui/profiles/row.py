"""A profile as it is listed (P3)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ProfileRow:
    """`decides` is true for the one that decides in this process (P2).

    `reason` is why it cannot be used, as a sentence; empty where nothing is known against it.
    """

    name: str
    server: str
    workspace_id: str | None
    token_id: str | None
    active: bool
    decides: bool
    is_modals_own: bool
    plain_secret: bool
    reason: str = ""

    @property
    def id(self) -> str:
        return self.name

    @property
    def version(self) -> None:
        """The config file keeps none."""

    @property
    def refusals(self) -> Mapping[str, str]:
        """Nobody else has a say in it."""
        return {}

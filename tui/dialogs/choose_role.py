"""The role dropdown: on the cell, starting on the present role, refused ones with their reason (M1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region, Size

from tui.domain.roles import Role
from tui.lists.column import Tone
from tui.widgets.choices import Choice, Choices
from tui.widgets.keys_row import KeyHint
from tui.widgets.overlay import Overlay

TONES: dict[Role, Tone] = {Role.OWNER: "owner", Role.MANAGER: "manager"}


@dataclass(frozen=True)
class RoleChoice:
    """A role; `now` where it is the present one, with a `reason` where it cannot be assigned."""

    role: Role
    now: bool = False
    reason: str = ""


class ChooseRole(Overlay[Role]):
    """The role to assign; None for the present one too, for then nothing changes."""

    def __init__(self, choices: Sequence[RoleChoice], near: Region | None = None) -> None:
        super().__init__(near)
        self._now = next((choice.role for choice in choices if choice.now), None)
        self._choices = Choices([_line(choice) for choice in choices], start=self._now)

    def compose(self) -> ComposeResult:
        yield self._choices

    def wanted(self) -> Size:
        return self._choices.wanted()

    def keys(self) -> list[KeyHint]:
        up_down, _, close = super().keys()
        return [up_down, KeyHint("Enter", "Assign"), close]

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        role = Role(event.id)
        self.close(None if role == self._now else role)


def _line(choice: RoleChoice) -> Choice:
    reason = "" if choice.now else choice.reason
    return Choice(
        choice.role,
        choice.role.capitalize(),
        "now" if choice.now else "",
        reason,
        tone=TONES.get(choice.role, "text"),
    )

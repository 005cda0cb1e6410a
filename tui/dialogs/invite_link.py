"""Inviting by a link that can be shared (I2)."""

from collections.abc import Sequence
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.dialogs.choose_role import RoleChoice
from tui.dialogs.form import field_row
from tui.dialogs.invite_part import Part
from tui.domain.invites import MOST_USES, InviteLinkAsk
from tui.domain.names import text_problem, tidy
from tui.domain.roles import Role
from tui.widgets.field import Field


class LinkPart(Part):
    """What it is called, how often it may be used, the role on joining, the expiry."""

    def __init__(self, roles: Sequence[RoleChoice]) -> None:
        super().__init__(roles, id="link")
        self._label = Field(placeholder="what you will know it by")
        self._uses = Field(placeholder="any number of people")
        self._uses.restrict = "[0-9]*"

    def compose(self) -> ComposeResult:
        yield field_row("Label", self._label)
        yield field_row("Uses", self._uses)
        yield self.role_and_expiry()

    @property
    def word(self) -> str:
        return "Make link"

    @property
    def said(self) -> str:
        return self._problem or f"Whoever has the link can join as {self.role.capitalize()}."

    @property
    def ask(self) -> InviteLinkAsk | None:
        if self._problem:
            return None
        role: Literal["user", "manager"] = "manager" if self.role == Role.MANAGER else "user"
        uses = int(self._uses.value) if self._uses.value else None
        return InviteLinkAsk(role, self.expires_in, uses, tidy(self._label.value) or None)

    @property
    def _problem(self) -> str:
        label, uses = tidy(self._label.value), self._uses.value
        if label and (problem := text_problem(label)):
            return problem
        if uses and not 1 <= int(uses) <= MOST_USES:
            return f"A link is used between 1 and {MOST_USES:,} times; with nothing here, as often as people like."
        return ""

    @on(Input.Changed)
    def _typed(self) -> None:
        self.post_message(self.Judged())

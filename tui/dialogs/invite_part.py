"""What both ways of inviting have: a role, an expiry, and what they would come to."""

from collections.abc import Iterable, Sequence

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.dialogs.choose_role import TONES, RoleChoice
from tui.dialogs.dialog import plain
from tui.domain.invites import WEEK, InviteLinkAsk, InvitesAsk
from tui.domain.roles import Role
from tui.widgets.choices import Choice
from tui.widgets.dropdown import Dropdown

NEVER = "never"
DAY = 24 * 3600
EXPIRIES = {
    "3600": "in 1 hour",
    str(DAY): "in 1 day",
    str(WEEK): "in 7 days",
    str(30 * DAY): "in 30 days",
    NEVER: NEVER,
}
"""The seconds that an invite lives, as text, and how people say it."""


class Part(Vertical):
    """One way of inviting. Posts `Judged` whenever what it would come to may be another."""

    class Judged(Message):
        """Something was typed or chosen, or is known now."""

    def __init__(self, roles: Sequence[RoleChoice], id: str) -> None:
        super().__init__(id=id)
        lines = [
            Choice(each.role, each.role.capitalize(), reason=each.reason, tone=TONES.get(each.role, "text"))
            for each in roles
        ]
        self._role = Dropdown(lines, Role.USER)
        self._expiry = Dropdown([Choice(seconds, label) for seconds, label in EXPIRIES.items()], str(WEEK))

    @property
    def word(self) -> str:
        """What stands on the main button."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What would come of it, or what is wrong with it."""
        raise NotImplementedError

    @property
    def ask(self) -> InvitesAsk | InviteLinkAsk | None:
        """What is asked of the service; None while there is nothing to ask."""
        raise NotImplementedError

    @property
    def role(self) -> Role:
        """The role on joining."""
        return Role(self._role.value)

    @property
    def expires_in(self) -> int | None:
        """Seconds; None is never."""
        return None if self._expiry.value == NEVER else int(self._expiry.value)

    def role_and_expiry(self) -> Widget:
        """The row in which both are chosen."""
        return Horizontal(*_labelled("Role", self._role), *_labelled("Expires", self._expiry), classes="chosen")

    def on_dropdown_changed(self) -> None:
        self.post_message(self.Judged())


def _labelled(label: str, widget: Widget) -> Iterable[Widget]:
    return Static(plain(label), classes="label"), widget

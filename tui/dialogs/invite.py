"""Inviting people to a workspace, by email or by a link (I1, I2)."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from tui.dialogs.choose_role import RoleChoice
from tui.dialogs.dialog import Dialog, sentence
from tui.dialogs.invite_email import EmailPart, Foresee
from tui.dialogs.invite_link import LinkPart
from tui.dialogs.invite_part import Part
from tui.domain.invites import InviteLinkAsk, InvitesAsk
from tui.widgets.tab_bar import Tab, TabBar

Way = Literal["email", "link"]


@dataclass(frozen=True)
class InviteQuestion:
    """`by_mail` says whether the server mails codes; `note` who cannot reach it, where that must be known.

    The roles that cannot be given by either way have their reasons.
    """

    workspace: str
    email_roles: Sequence[RoleChoice]
    link_roles: Sequence[RoleChoice]
    by_mail: bool
    note: str = ""
    first: Way = "email"


class InviteDialog(Dialog[InvitesAsk | InviteLinkAsk]):
    """What was asked of the service, once it was done. `send` does it: why it was refused, or None."""

    CSS_PATH: ClassVar = ["dialog.tcss", "invite.tcss"]
    AUTO_FOCUS = ""

    def __init__(
        self,
        question: InviteQuestion,
        foresee: Foresee,
        send: Callable[[InvitesAsk | InviteLinkAsk], Awaitable[str | None]],
    ) -> None:
        super().__init__(f"Invite to {question.workspace}", "Send invites", ready=False)
        self._question = question
        self._send = send
        self._parts: dict[str, Part] = {
            "email": EmailPart(question.email_roles, foresee, by_mail=question.by_mail, room=3 if question.note else 4),
            "link": LinkPart(question.link_roles),
        }
        self.set_class(bool(question.note), "-noted")

    def body(self) -> Iterator[Widget]:
        yield TabBar([Tab("email", "Email"), Tab("link", "Link")], self._question.first)
        if self._question.note:
            yield sentence(self._question.note, "-muted note")
        yield from self._parts.values()

    def on_mount(self) -> None:
        self._show_part()
        self._part.query("TextBox, Field").first(Widget).focus()

    def answer(self) -> None:
        if ask := self._part.ask:
            self.submit(lambda: self._send(ask), ask)

    @property
    def _part(self) -> Part:
        return self._parts[self.query_one(TabBar).active]

    @on(TabBar.Changed)
    def _show_part(self) -> None:
        for part in self._parts.values():
            part.display = part is self._part
        self._judge()

    @on(Part.Judged)
    def _judge(self) -> None:
        if self.is_asking:
            return
        part = self._part
        self.say(part.said, "muted" if part.ask else "danger")
        self.relabel(part.word)
        self.ready(part.ask is not None)

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.query_one("#confirm", Button).press()
